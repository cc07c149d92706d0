"""The official client, as the settings have it."""

import stripe
from django.conf import settings

#: Longest wait for an answer, seconds: a buyer is looking at a blank page meanwhile.
TIMEOUT_SECONDS = 10
RETRIES = 1


def client() -> stripe.StripeClient:
    """Raises nothing; what it is asked may raise `stripe.StripeError`."""
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses={"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else {},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )
