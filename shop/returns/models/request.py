"""One report of a buyer about one parcel: lines, photographs, the answer and what came of it."""

import uuid
from pathlib import PurePath
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shop.private_files import private_storage

WORDS_LENGTH = 1000


class ReturnRequestQuerySet(models.QuerySet["ReturnRequest"]):
    def waiting(self) -> Self:
        """Those that somebody of the shop has to look at."""
        return self.filter(state=ReturnRequest.State.NEW)

    def goods_awaited(self) -> Self:
        return self.filter(goods=ReturnRequest.Goods.AWAITED)


class ReturnRequest(models.Model):
    """What a buyer says was wrong with goods of one parcel. Money moves by `refund`, never here.

    new ⇄ asked → agreed | refused | withdrawn. Changed only by `shop.returns.{asking,deciding,
    goods}`, under a lock on the order. `key` is the form's own: sent twice, it is one request.
    """

    class Reason(models.TextChoices):
        BROKEN = "broken", _("Vỡ, móp, hư hại")
        SPOILED = "spoiled", _("Hỏng, ôi, hết hạn")
        WRONG = "wrong", _("Nhầm hàng")
        MISSING = "missing", _("Thiếu hàng")
        NEVER_CAME = "never-came", _("Kiện không đến")
        NOT_AS_SAID = "not-as-said", _("Không đúng như mô tả")
        RECALLED = "recalled", _("Lô bị thu hồi")
        CHANGED_MIND = "changed-mind", _("Đổi ý, không cần nữa")

    class Wish(models.TextChoices):
        REFUND = "refund", _("Hoàn tiền")
        REPLACE = "replace", _("Gửi bù, đổi hàng")
        TELL = "tell", _("Chỉ báo cho biết")

    class State(models.TextChoices):
        NEW = "new", _("Chờ cửa hàng trả lời")
        ASKED = "asked", _("Chờ người mua bổ sung")
        AGREED = "agreed", _("Đã đồng ý")
        REFUSED = "refused", _("Không đồng ý")
        WITHDRAWN = "withdrawn", _("Người mua rút lại")

    class Goods(models.TextChoices):
        STAY = "stay", _("Không cần gửi lại")
        AWAITED = "awaited", _("Chờ hàng gửi lại")
        CAME = "came", _("Hàng đã về")

    class Bearer(models.TextChoices):
        PRODUCER = "producer", _("Nhà sản xuất")
        SHOP = "shop", _("Cửa hàng")

    #: Not decided yet: its lines take no second request.
    OPEN = (State.NEW, State.ASKED)

    order = models.ForeignKey(
        "order.Order", on_delete=models.PROTECT, related_name="returns", verbose_name=_("Đơn hàng")
    )
    parcel = models.ForeignKey(
        "order.Parcel", on_delete=models.PROTECT, related_name="returns", verbose_name=_("Kiện")
    )
    key = models.CharField(max_length=60, unique=True)
    reason = models.CharField(_("Lý do"), max_length=15, choices=Reason.choices)
    words = models.TextField(_("Chuyện gì đã xảy ra"), max_length=WORDS_LENGTH)
    wish = models.CharField(_("Bạn muốn"), max_length=10, choices=Wish.choices)
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.NEW
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người báo"),
    )
    asked_at = models.DateTimeField(_("Báo lúc"), auto_now_add=True)

    outcome = models.CharField(_("Kết quả"), max_length=10, choices=Wish.choices, blank=True)
    answer = models.TextField(_("Lời trả lời"), max_length=WORDS_LENGTH, blank=True)
    borne_by = models.CharField(
        _("Bên chịu"), max_length=10, choices=Bearer.choices, default=Bearer.PRODUCER
    )
    refund = models.OneToOneField(
        "payment.Refund",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="for_return",
        verbose_name=_("Khoản hoàn tiền"),
    )
    goods = models.CharField(
        _("Hàng gửi lại"), max_length=10, choices=Goods.choices, default=Goods.STAY
    )
    goods_came_at = models.DateTimeField(_("Hàng về lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người quyết định"),
    )
    decided_at = models.DateTimeField(_("Quyết định lúc"), null=True, blank=True)

    objects = ReturnRequestQuerySet.as_manager()

    class Meta:
        app_label = "returns"
        verbose_name = _("Yêu cầu trả hàng")
        verbose_name_plural = _("Yêu cầu trả hàng")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="new"), name="return_request_waiting"
            )
        ]

    def __str__(self) -> str:
        reason, state = self.get_reason_display(), self.get_state_display()
        return f"{self.parcel_id} · {reason} · {state}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def needs_account(self) -> bool:
        """Money is promised that somebody has to transfer, and the buyer named no account yet."""
        return self.refund is not None and self.refund.needs_account


class ReturnLine(models.Model):
    """So many of one order line: asked for, agreed on, and what became of what came back."""

    request = models.ForeignKey(ReturnRequest, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="return_lines")
    quantity = models.PositiveIntegerField(_("Số lượng"))
    agreed = models.PositiveIntegerField(_("Số lượng đồng ý"), default=0)
    #: Follows the request's state: a line is in one open request at a time.
    is_open = models.BooleanField(default=True)
    restocked = models.PositiveIntegerField(_("Nhập lại kho"), default=0)
    written_off = models.PositiveIntegerField(_("Bỏ đi"), default=0)
    lot = models.ForeignKey(
        "catalogue.Lot",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="return_lines",
        verbose_name=_("Nhập vào lô"),
    )

    class Meta:
        app_label = "returns"
        verbose_name = _("Món trả lại")
        verbose_name_plural = _("Món trả lại")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "line"], name="return_line_once"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(is_open=True), name="one_open_return_a_line"
            ),
            models.CheckConstraint(
                name="return_line_sane",
                condition=Q(quantity__gt=0, agreed__lte=F("quantity"))
                & Q(agreed__gte=F("restocked") + F("written_off")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} × {self.quantity}"


def _place_of_photo(photo: "ReturnPhoto", name: str) -> str:
    """A name that nobody guesses, and nothing of the file's own."""
    return f"returns/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


class ReturnPhoto(models.Model):
    """What was photographed, by the buyer or the producer. Seen by them and staff only."""

    request = models.ForeignKey(ReturnRequest, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(
        _("Ảnh"), upload_to=_place_of_photo, storage=private_storage, max_length=250
    )
    is_of_producer = models.BooleanField(_("Của nhà sản xuất"), default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "returns"
        verbose_name = _("Ảnh của yêu cầu")
        verbose_name_plural = _("Ảnh của yêu cầu")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file.name)
