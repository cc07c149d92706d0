"""The network address of whoever asks."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the machine that asks; behind proxies of ours, the one that the first saw.

    Each of the `TRUSTED_PROXIES` adds to the right of `X-Forwarded-For` whom it heard from; what
    stands to the left of theirs the visitor wrote, and counts for nothing.
    """
    seen: str | None = request.META.get("REMOTE_ADDR") or None
    proxies = settings.TRUSTED_PROXIES
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not proxies or len(named) < proxies:
        return seen
    try:
        return str(ip_address(named[-proxies].strip()))
    except ValueError:
        return seen


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
