"""How often one visitor may make the shop write to an address."""

from django.core.cache import cache
from django.http import HttpRequest

from shop.network import client_address

HOUR_SECONDS = 60 * 60
#: Alerts that one network address, and one email address, may ask for in an hour.
MOST_FROM_A_NETWORK = 20
MOST_TO_AN_ADDRESS = 5
#: Forms that one network address may send in an hour, where each may be refused and sent again.
MOST_FORMS_FROM_A_NETWORK = 60


def may_ask(request: HttpRequest, email: str, *, what: str = "alerts") -> bool:
    """Count this request for `what`; False once there were too many of them in this hour."""
    network = client_address(request) or "unknown"
    # Both are counted, whichever says no.
    return all(
        [
            count(f"{what}:from:{network}") <= MOST_FROM_A_NETWORK,
            count(f"{what}:to:{email.lower()}") <= MOST_TO_AN_ADDRESS,
        ]
    )


def may_come(request: HttpRequest, *, what: str) -> bool:
    """Count this form for `what`; False once its network sent too many of them in this hour."""
    network = client_address(request) or "unknown"
    return count(f"{what}:forms:{network}") <= MOST_FORMS_FROM_A_NETWORK


def count(key: str) -> int:
    """How often this was counted in this hour, this time with it."""
    cache.add(key, 0, HOUR_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, HOUR_SECONDS)
        return 1
