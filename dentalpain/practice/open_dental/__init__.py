"""Open Dental, read over SQL with an account that may do nothing else; documents go through its API or hot folder."""

from .adapter import OpenDental
from .api import Api
from .api_documents import ApiDocuments
from .api_keys import ApiKeys
from .hot_folder import HotFolder

__all__ = ["Api", "ApiDocuments", "ApiKeys", "HotFolder", "OpenDental"]
