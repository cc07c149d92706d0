"""Reviews with their photographs and votes, and who does not want to be asked for one."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump
from shop.reviews.models import NoInvitation, ProductReview, ReviewPhoto, Vote


class ReviewsRoom(Room):
    name = "reviews"
    title = gettext_lazy("Đánh giá của bạn")
    holds = (
        "reviews.ProductReview",
        "reviews.ReviewPhoto",
        "reviews.Vote",
        "reviews.NoInvitation",
        "reviews.ReviewInvitation",
    )

    def export(self, person: Person) -> Any:
        return {
            "reviews": dump(_of(person), also=("product__title",)),
            "photos": dump(ReviewPhoto.objects.filter(review__in=_of(person))),
            "votes": dump(Vote.objects.filter(person.by_user())),
            "not_to_be_asked": dump(NoInvitation.objects.filter(person.by_email())),
        }

    def files(self, person: Person) -> Iterable[Any]:
        return [photo.file for photo in ReviewPhoto.objects.filter(review__in=_of(person))]

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        reviews = _of(person)
        if wishes.keep_public:
            reviews.filter(status=ProductReview.APPROVED).update(
                user=None, name="", email="", homepage=""
            )
        for photo in ReviewPhoto.objects.filter(review__in=reviews):
            trace.drop(photo.file, photo.thumb)
        NoInvitation.objects.filter(person.by_email()).delete()
        return delete(reviews)


def _of(person: Person) -> Any:
    return ProductReview.objects.filter(person.by_user() | person.by_email())
