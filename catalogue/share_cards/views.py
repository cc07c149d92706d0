"""The picture itself: drawn when it is first asked for, kept under the key of what it says."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalogue.share_cards.drawing import draw
from catalogue.share_cards.facts import SIZES, facts_of, share_card

#: The address changes with what it shows.
KEPT_SECONDS = 30 * 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, kind: str, pk: int, size: str, key: str) -> HttpResponse:
    """An address of yesterday's facts leads to today's; one for nothing is not found."""
    facts = facts_of(kind, pk) if size in SIZES else None
    if facts is None:
        raise Http404
    if key != facts.key(size):
        return redirect(share_card(kind, pk, facts, size).src)
    name = f"share/{key}.jpg"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            content = file.read()
    else:
        content = draw(facts, SIZES[size])
        default_storage.save(name, ContentFile(content))
    response = HttpResponse(content, content_type="image/jpeg")
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS, immutable=True)
    return response
