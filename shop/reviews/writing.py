"""Who may review what, and what becomes of it. Everything waits for a moderator."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Product
from shop.order.models import Line, Parcel
from shop.producers.models import NoticeKind
from shop.producers.notices import News, tell
from shop.reviews.models import ProductReview, ReviewPhoto
from shop.reviews.photos.keeping import add_photos


def purchase_of(user: Any, product: Product) -> Line | None:
    """The latest line by which this person got the product, or a variant of it."""
    if not user.is_authenticated:
        return None
    return (
        Line.objects.filter(
            Q(product=product) | Q(product__parent=product),
            order__user=user,
            parcel__status=Parcel.Status.DELIVERED,
        )
        .order_by("-pk")
        .first()
    )


def review_by(user: Any, product: Product) -> ProductReview | None:
    """What this person wrote of the product, whatever became of it."""
    if not user.is_authenticated:
        return None
    return ProductReview.objects.filter(user=user, product=product).first()


def why_not(user: Any, product: Product) -> str:
    """Why this person may not write a review now; empty when they may."""
    if product.producer is not None and product.producer.has_member(user):
        return _("Đây là hàng của nhà bạn: người mua đánh giá, bạn trả lời.")
    written = review_by(user, product)
    if written is not None and written.status == ProductReview.APPROVED:
        return _("Bạn đã đánh giá món này, và đánh giá đã được đăng.")
    if written is None and purchase_of(user, product) is None:
        return _("Chỉ người đã mua và nhận hàng ở đây mới đánh giá được món này.")
    return ""


class AlreadyWritten(Exception):
    """The same review came in twice at once; the first one counts."""


def hand_in(
    user: Any,
    product: Product,
    *,
    photos: Sequence[UploadedFile] = (),
    drop: Iterable[ReviewPhoto] = (),
    **words: Any,
) -> ProductReview:
    """Store `score`, `title`, `body`, new or mended; a moderator reads it next.

    `photos` passed the gate and are added, `drop` are the review's own and go. Raises
    AlreadyWritten.
    """
    review = review_by(user, product) or ProductReview(user=user, product=product)
    for name, value in words.items():
        setattr(review, name, value)
    review.line = review.line or purchase_of(user, product)
    review.status, review.rejected_because = ProductReview.FOR_MODERATION, ""
    try:
        with transaction.atomic():
            review.save()
            for photo in drop:
                photo.delete()
            add_photos(review, list(photos))
    except IntegrityError as error:
        raise AlreadyWritten from error
    return review


class ChangedSince(Exception):
    """The buyer changed the words after the moderator had read them."""


@transaction.atomic
def decide(
    review: ProductReview, *, approve: bool, reason: str = "", seen: str | None = None
) -> ProductReview:
    """A moderator's word; harmless when said twice. The product's average follows.

    `seen` is the `version` that was read; raises ChangedSince when the words are others by now.
    """
    found = ProductReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if seen is not None and seen != found.version:
        raise ChangedSince
    found.status = ProductReview.APPROVED if approve else ProductReview.REJECTED
    found.rejected_because = "" if approve else reason
    found.save()
    if approve and found.product.producer_id is not None:
        title = found.product.title
        tell(
            News(
                found.product.producer_id,
                NoticeKind.REVIEWS,
                key=f"review:{found.pk}",
                words=lambda: _("Người mua đánh giá %(title)s.") % {"title": title},
                path=reverse("producers:reviews"),
            )
        )
    return found


def answer(review: ProductReview, text: str) -> None:
    """The producer's words under a review that others read; empty takes them back."""
    text = text.strip()
    ProductReview.objects.filter(pk=review.pk, status=ProductReview.APPROVED).update(
        answer=text, answered_at=timezone.now() if text else None
    )
