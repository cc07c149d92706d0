"""How often one visitor may make the shop write to an address."""

from django.core.cache import cache
from django.http import HttpRequest

from shop.network import client_address

HOUR_SECONDS = 60 * 60
#: Alerts that one network address, and one email address, may ask for in an hour.
MOST_FROM_A_NETWORK = 20
MOST_TO_AN_ADDRESS = 5


def may_ask(request: HttpRequest, email: str, *, what: str = "alerts") -> bool:
    """Count this request for `what`; False once there were too many of them in this hour."""
    network = client_address(request) or "unknown"
    # Both are counted, whichever says no.
    return all(
        [
            _count(f"{what}:from:{network}") <= MOST_FROM_A_NETWORK,
            _count(f"{what}:to:{email.lower()}") <= MOST_TO_AN_ADDRESS,
        ]
    )


def _count(key: str) -> int:
    cache.add(key, 0, HOUR_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, HOUR_SECONDS)
        return 1
