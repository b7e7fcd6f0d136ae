"""Screen for orofacial pain, review a prescription, hand out what helps: a guest in dental practice software."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .extension import DentalPain

__all__ = ["DentalPain", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load Flask only for those who ask for the extension; the command line and the rules do without it."""
    if name == "DentalPain":
        from .extension import DentalPain

        return DentalPain
    raise AttributeError(f"module 'dentalpain' has no attribute '{name}'")
