"""`/webhooks/van-chuyen/<carrier>/`: carriers tell here what happens to parcels."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.carriers.base import Garbled
from shop.carriers.registry import carrier_of
from shop.carriers.telling import enter_message

logger = logging.getLogger(__name__)
#: No message of theirs is as long, bytes.
MOST_BYTES = 64 * 1024


@csrf_exempt
@require_POST
def told(request: HttpRequest, carrier: str) -> HttpResponse:
    """200 once what was told is kept, whatever comes of it; told again, it changes nothing.

    401 for a message that is not theirs, 400 for one that cannot be read, 404 for a carrier that
    is not set up.
    """
    found = carrier_of(carrier)
    if found is None or not found.comes_when_called:
        raise Http404
    if not found.is_theirs(request):
        logger.warning("refused a message to %s", carrier)
        return JsonResponse({"success": False}, status=401)
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"success": False}, status=413)
    try:
        message = found.read(request.body)
    except Garbled as error:
        logger.warning("could not read a message of %s: %s", carrier, error)
        return JsonResponse({"success": False}, status=400)
    is_ours = message is not None and enter_message(found, message)
    return JsonResponse({"success": True, "known": is_ours})
