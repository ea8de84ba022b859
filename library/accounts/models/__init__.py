"""The rows of the accounts package: offices, communities, people, memberships, invitations, addresses of the log."""

from .invitations import Invitation
from .log_addresses import LogAddress
from .offices import Office, OfficePathError
from .people import Community, Membership, User

__all__ = ["Community", "Invitation", "LogAddress", "Membership", "Office", "OfficePathError", "User"]
