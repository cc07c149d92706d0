"""Tellers of bank transfers speak here. What is proven to be theirs is stored, then applied."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.payment.messages import apply_message, store_message
from shop.payment.providers.applying import PROVIDERS
from shop.payment.providers.base import Forged, Garbled

logger = logging.getLogger(__name__)
#: No message of theirs is as long, bytes.
MOST_BYTES = 256 * 1024


@csrf_exempt
@require_POST
def told(request: HttpRequest, provider: str) -> HttpResponse:
    """200 once the message is safe, whatever comes of it: told again, it changes nothing.

    401 for one that is not theirs, 400 for one that cannot be read, 404 for a provider that is
    not set up.
    """
    module = PROVIDERS.get(provider)
    if module is None or not module.is_set_up():
        raise Http404
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"success": False}, status=413)
    body = request.body
    try:
        module.verify(request.headers, body, timezone.now())
        message = module.parse(body)
    except Forged as error:
        logger.warning("refused a message to %s: %s", provider, error)
        return JsonResponse({"success": False}, status=401)
    except Garbled as error:
        logger.warning("could not read a message of %s: %s", provider, error)
        return JsonResponse({"success": False}, status=400)
    apply_message(store_message(provider, message.message_id, body))
    return JsonResponse({"success": True})
