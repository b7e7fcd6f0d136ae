"""A FHIR R4 server as practice software, and the sign-in of SMART App Launch 2."""

from .access import Access, FixedAccess
from .adapter import FhirServer
from .client_keys import ClientKey, ClientSecret
from .shelf import MemoryShelf, Shelf
from .smart import SmartClient
from .transport import Limits

__all__ = [
    "Access",
    "ClientKey",
    "ClientSecret",
    "FhirServer",
    "FixedAccess",
    "Limits",
    "MemoryShelf",
    "Shelf",
    "SmartClient",
]
