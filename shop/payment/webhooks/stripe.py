"""`/webhooks/stripe/`: signed events."""

import json
import logging

import stripe
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.payment.messages import apply_message, store_message

logger = logging.getLogger(__name__)
MOST_BYTES = 1024 * 1024
#: Older messages are replays, seconds.
TOLERANCE = 300


@csrf_exempt
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """200 once the event is safe, whatever comes of it; told again, it changes nothing.

    400 for what is not Stripe's, or old; 404 while Stripe is not set up.
    """
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"error": "too large"}, status=413)
    body = request.body
    try:
        stripe.WebhookSignature.verify_header(
            body,
            request.headers.get("Stripe-Signature"),
            settings.STRIPE_WEBHOOK_SECRET,
            TOLERANCE,
        )
        event = json.loads(body)
        name, kind = str(event["id"]), str(event["type"])
        # Half of a letter cannot be kept.
        f"{name}{kind}".encode()
    except (
        *(stripe.SignatureVerificationError, ValueError, KeyError, TypeError, RecursionError),
    ) as error:
        logger.warning("refused a message to stripe: %s", error)
        return JsonResponse({"error": "not yours"}, status=400)
    apply_message(store_message("stripe", name[:255], body, kind))
    return JsonResponse({"received": True})
