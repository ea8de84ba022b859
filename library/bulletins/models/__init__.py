"""The tables of bulletins."""

from .bulletins import Bulletin, BulletinState
from .pieces import Piece, Voice

__all__ = ["Bulletin", "BulletinState", "Piece", "Voice"]
