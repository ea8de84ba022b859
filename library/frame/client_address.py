"""The address of the person who asks, also behind our own web servers: lockouts, limits and logs read it from REMOTE_ADDR."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ClientAddressMiddleware:
    """Puts the client's address into REMOTE_ADDR. Must be the first middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded, peer = request.META.get("HTTP_X_FORWARDED_FOR", ""), request.META.get("REMOTE_ADDR", "")
        request.META["REMOTE_ADDR"] = client_address(forwarded, peer, settings.TRUSTED_PROXIES)
        return self.get_response(request)


def client_address(forwarded: str, peer: str, proxies: int) -> str:
    """The address that our outermost web server saw.

    Each of our ``proxies`` servers adds the address of who asked it at the right end of X-Forwarded-For; what stands further left was
    written by the client and may be false. ``peer`` is who is connected to us. What is no IP address counts for nothing.
    """
    peer = _address(peer) or peer
    if not proxies:
        return peer
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    nearest = hops[-proxies:]
    return _address(nearest[0]) or peer if nearest else peer


def _address(hop: str) -> str:
    """An IP address without port and brackets, that of IPv4 in its own form (not ``::ffff:203.0.113.9``); empty for anything else."""
    host = hop.partition("]")[0].removeprefix("[") if hop.startswith("[") else hop
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
