"""A photograph of a review, to whoever may see it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from catalogue.age import must_ask_age
from shop.reviews.photos.models import ReviewPhoto

#: A photograph that is taken down is gone from browsers after so long, seconds.
KEPT_SECONDS = 3600
DECIDES = "reviews.change_productreview"


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    return _sent(_visible(request, pk), "file")


@require_safe
def thumb(request: HttpRequest, pk: int) -> FileResponse:
    return _sent(_visible(request, pk), "thumb")


def _visible(request: HttpRequest, pk: int) -> ReviewPhoto:
    """Anyone's once its review is approved; before, its writer's and the moderators'."""
    found: ReviewPhoto = get_object_or_404(
        ReviewPhoto.objects.select_related("review__product"), pk=pk
    )
    user: Any = request.user
    review: Any = found.review
    is_shown = (
        review.is_approved
        and review.product.is_listed
        and not must_ask_age(request, review.product)
    )
    is_own = user.is_authenticated and review.user_id == user.pk
    if not (is_shown or is_own or (user.is_staff and user.has_perm(DECIDES))):
        raise Http404
    return found


def _sent(found: ReviewPhoto, size: str) -> FileResponse:
    file = getattr(found, size)
    response = FileResponse(file.open("rb"), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    approved = found.review.is_approved
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}" if approved else "no-store"
    return response
