"""What pages may load and ask of the device: the Content-Security-Policy of public pages and of the admin, the Permissions-Policy."""

from collections.abc import Sequence
from typing import Any

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

Policy = dict[str, list[Any]]  # django-csp: words, and the mark of a nonce

PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(self), camera=(), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), picture-in-picture=(self), usb=()"
)


#: The same for a page that offers to find what is near: it may ask for the place of the device, after a tap.
PERMISSIONS_POLICY_WITH_PLACE = PERMISSIONS_POLICY.replace("geolocation=()", "geolocation=(self)")


#: The same for a form on which staff record a voice: it may ask for the microphone, after a tap.
PERMISSIONS_POLICY_WITH_MICROPHONE = PERMISSIONS_POLICY.replace("microphone=()", "microphone=(self)")


def public_policy(media_origins: Sequence[str]) -> Policy:
    """Public pages: everything from the site itself, media also from the bucket that they are sent from; no script in a page."""
    return {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *media_origins],
        "media-src": [SELF, *media_origins],
        "font-src": [SELF],
        "connect-src": [SELF, *media_origins],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }


def admin_policy(media_origins: Sequence[str]) -> Policy:
    """The admin: the same, but Wagtail's forms begin with scripts in the page, without a nonce, and its editor of rich text writes styles;
    and previews stand in the admin's own frames.
    """
    return public_policy(media_origins) | {
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
