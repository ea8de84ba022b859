"""Behind our own web servers the client's address is the one that they saw; what the client writes itself counts for nothing."""

import pytest

from library.frame.client_address import client_address

CLIENT, PROXY, INNER = "203.0.113.9", "10.0.0.1", "127.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "peer", "proxies", "expected"),
    [
        ("", CLIENT, 0, CLIENT),
        ("198.51.100.6", CLIENT, 0, CLIENT),  # nobody of ours wrote that header
        (CLIENT, INNER, 1, CLIENT),
        (f"198.51.100.6, {CLIENT}", INNER, 1, CLIENT),  # the client pretended to be another
        (f"198.51.100.6, {CLIENT}, {PROXY}", INNER, 2, CLIENT),
        (CLIENT, INNER, 2, CLIENT),  # an inner server that overwrites the header
        ("", INNER, 1, INNER),
        ("unknown", INNER, 1, INNER),
        ("", "", 1, ""),  # a socket without an address
        (f"{CLIENT}:4711", INNER, 1, CLIENT),
        ("[2001:db8::1]:443", INNER, 1, "2001:db8::1"),
        ("2001:db8::1", INNER, 1, "2001:db8::1"),
        (f"::ffff:{CLIENT}", INNER, 1, CLIENT),  # a server that listens for both kinds of address on one socket
        ("", f"::ffff:{CLIENT}", 0, CLIENT),
    ],
)
def test_the_client_is_who_our_outermost_server_saw(forwarded, peer, proxies, expected):
    assert client_address(forwarded, peer, proxies) == expected
