"""How often one visitor may do what costs the shop, its mailboxes or its secrets.

Figures are samples, generous on purpose: a whole commune may stand behind one address. Each may be
changed by name in `RATE_LIMITS`; the names and the addresses they guard are in `shop.limits.rules`.
"""

from django.core.exceptions import ImproperlyConfigured

from shop.limits.rates import rate
from shop.settings.env import env

#: How often / in what time: `s`, `m`, `h`, `d`, with a number before for several.
_RATES = {
    "search": "240/m",
    "suggestions": "600/m",
    "trace": "240/m",
    "places": "600/m",
    "basket": "300/m",
    "checkout": "300/m",
    "placing": "60/10m",
    "coupons": "30/10m",
    "secret-links": "60/10m",
    "sign-in": "120/10m",
    "wrong-passwords": "60/15m",
    "wrong-passwords-of-account": "50/h",
    "wrong-passwords-of-device": "10/15m",
    "password-again": "10/h",
    "sign-up": "60/h",
    "second-step": "30/10m",
    "claims": "60/h",
    "letters": "60/h",
    "letters-to-mailbox": "5/h",
    "questions": "60/h",
    "reviews": "60/h",
    "quotes": "60/h",
    "messages": "60/h",
    "joining": "60/h",
    "sheets": "60/10m",
    "papers": "120/10m",
    "exports": "60/h",
    "personal-data": "20/h",
    "share-cards": "600/m",
    "webhooks": "120/m",
    "reports": "60/m",
}


def _rates() -> dict[str, str]:
    """The figures above with those of `RATE_LIMITS`, such as `search=600/m,coupons=10/h`."""
    changed: dict[str, str] = env.dict("RATE_LIMITS", {})
    if strange := changed.keys() - _RATES.keys():
        raise ImproperlyConfigured(f"RATE_LIMITS: no limit is called {', '.join(sorted(strange))}.")
    try:
        for text in changed.values():
            rate(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"RATE_LIMITS: {error}.") from error
    return _RATES | changed


#: Off for measuring speed from one address only.
RATE_LIMITS_ON = env.bool("RATE_LIMITS_ON", True)
RATE_LIMITS: dict[str, str] = _rates()
