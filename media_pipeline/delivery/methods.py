"""The table of delivery methods, and where each sends browsers: the settings build the Content-Security-Policy from it.

Must import no model: the settings read it before Django starts.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class DeliveryMethod:
    """One way in which stored bytes reach a browser. ``from_storage``: the browser asks the storage itself."""

    name: str
    from_storage: bool = False


DELIVERY_METHODS = {
    method.name: method for method in (DeliveryMethod("app"), DeliveryMethod("accel"), DeliveryMethod("redirect", from_storage=True))
}


def origins_of(method: str, storage: str, endpoint: str, region: str) -> list[str]:
    """The origins that browsers are sent to: none, or those of the bucket.

    ``storage`` is the setting MEDIA_STORAGE. S3 names a bucket as a folder or as a host name; which of the two a client library
    chooses depends on the server, so both are listed. An unknown method gives none; a system check names it.
    """
    asks_storage = method in DELIVERY_METHODS and DELIVERY_METHODS[method].from_storage
    if not asks_storage or not storage.startswith("s3://"):
        return []
    bucket = storage.removeprefix("s3://").partition("/")[0]
    servers = [urlsplit(endpoint)] if endpoint else [urlsplit(f"https://s3.{region}.amazonaws.com"), urlsplit("https://s3.amazonaws.com")]
    return [
        origin for server in servers for origin in (f"{server.scheme}://{server.netloc}", f"{server.scheme}://{bucket}.{server.netloc}")
    ]
