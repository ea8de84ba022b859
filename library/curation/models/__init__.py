"""Editorial pages, written and published by staff. Records are not pages."""

from .front_pages import FrontPage
from .portals import PortalIndex, PortalText
from .stories import StoryIndex, StoryPage
from .text_pages import SiteRoot, TextPage

__all__ = ["FrontPage", "PortalIndex", "PortalText", "SiteRoot", "StoryIndex", "StoryPage", "TextPage"]
