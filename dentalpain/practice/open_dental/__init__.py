"""Open Dental, read over SQL with an account that may do nothing else; documents go through its image hot folder."""

from .adapter import OpenDental
from .hot_folder import HotFolder

__all__ = ["HotFolder", "OpenDental"]
