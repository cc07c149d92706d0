"""What a person wants to remember: Oscar's list, one a person, shared by a secret link."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.wishlists.abstract_models import (
    AbstractLine,
    AbstractWishList,
    AbstractWishListSharedEmail,
)


class WishListQuerySet(models.QuerySet["WishList"]):
    def shared_as(self, key: str) -> Self:
        """The list behind a secret link; none once its owner turned the link off."""
        # PostgreSQL refuses a zero byte outright.
        return self.filter(share_key=key.replace("\x00", "")).exclude(share_key="")


class WishList(AbstractWishList):
    """`share_key` opens the list to whoever has the link; empty: nobody but its owner.

    `shared_name` is all that such a reader learns of the owner.
    """

    share_key = models.CharField(_("Khóa chia sẻ"), max_length=40, blank=True, db_index=True)
    shared_name = models.CharField(_("Tên hiện trên danh sách chia sẻ"), max_length=40, blank=True)

    objects = WishListQuerySet.as_manager()

    class Meta(AbstractWishList.Meta):
        verbose_name = _("Món đã lưu")
        verbose_name_plural = _("Món đã lưu")
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="wishlist_one_a_person"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("wishlists:summary")

    @property
    def is_shared(self) -> bool:
        return bool(self.share_key)

    @property
    def share_url(self) -> str:
        """The whole secret link; empty when it is off."""
        if not self.share_key:
            return ""
        return settings.BASE_URL + reverse("wishlists:shared", args=[self.share_key])


class Line(AbstractLine):
    """One product of a list; `title` stays when the product goes."""


class WishListSharedEmail(AbstractWishListSharedEmail):
    """Oscar's; nothing of ours writes any."""
