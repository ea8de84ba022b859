"""The rows of the accounts package: offices, communities, people, memberships, invitations."""

from .invitations import Invitation
from .offices import Office, OfficePathError
from .people import Community, Membership, User

__all__ = ["Community", "Invitation", "Membership", "Office", "OfficePathError", "User"]
