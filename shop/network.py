"""The network address of whoever asks."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the machine that asks; behind proxies of ours, the one that the first saw.

    Each of the `TRUSTED_PROXIES` adds to the right of `X-Forwarded-For` whom it heard from; what
    stands to the left of theirs the visitor wrote, and counts for nothing.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    told = _plain(named[-proxies]) if 0 < proxies <= len(named) else None
    return told or _plain(seen) or seen or None


def _plain(text: str) -> str | None:
    """The address in its usual spelling; None of what is none.

    A socket that listens for both kinds names an IPv4 address `::ffff:203.0.113.7`, and all of
    those lie in one /64.
    """
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def client_network(request: HttpRequest) -> str | None:
    """What counts as one visitor: an IPv4 address, or the /64 that an IPv6 line is given whole."""
    address = client_address(request)
    try:
        version = ip_address(address or "").version
    except ValueError:
        return address
    if version == 4:
        return address
    return str(ip_network(f"{address}/64", strict=False).network_address)
