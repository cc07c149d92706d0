"""The payment of one order: how much is due, how it is paid, how far it has come."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOTHING = Decimal(0)


class PaymentQuerySet(models.QuerySet["Payment"]):
    def overdue(self) -> Self:
        """Held past their deadline: their stock is to be released."""
        return self.filter(state=Payment.State.HELD, held_until__lte=timezone.now())


class Payment(models.Model):
    """What is owed for one order and what became of it. One row for each order.

    held → paid → (partly) refunded, or held → released at its deadline; cash on delivery begins
    as due. With a deposit: held → deposited (work begins) → paid, before the goods leave or by
    `rest_due_on`. Amounts are whole đồng, tax included. Oscar's Source and Transaction are the
    ledger; `received` and `refunded` are its sums, kept here so that the database can refuse
    nonsense. Only `shop.payment.{opening,receiving,releasing,refunding,deposits}` change a row,
    under a lock on the order.
    """

    class State(models.TextChoices):
        HELD = "held", _("Chờ tiền")
        DUE = "due", _("Thu khi giao")
        DEPOSITED = "deposited", _("Đã nhận cọc")
        PAID = "paid", _("Đã nhận tiền")
        PARTLY_REFUNDED = "partly-refunded", _("Đã hoàn một phần")
        REFUNDED = "refunded", _("Đã hoàn hết")
        RELEASED = "released", _("Hết hạn hoặc đã hủy")

    class Part(models.TextChoices):
        WHOLE = "whole", _("Trả đủ")
        DEPOSIT = "deposit", _("Tiền cọc")
        REST = "rest", _("Phần còn lại")

    #: States in which money of the buyer is with the shop, or was.
    SETTLED = (State.PAID, State.PARTLY_REFUNDED, State.REFUNDED)
    #: States in which money is still expected.
    OPEN = (State.HELD, State.DUE, State.DEPOSITED)
    #: Open, and the buyer pays beforehand: by the page of the method.
    PAYABLE = (State.HELD, State.DEPOSITED)

    order = models.OneToOneField(
        "order.Order", on_delete=models.PROTECT, related_name="payment", verbose_name=_("Đơn hàng")
    )
    method = models.CharField(_("Cách trả tiền"), max_length=30)
    state = models.CharField(_("Trạng thái"), max_length=20, choices=State.choices)
    amount = models.DecimalField(_("Phải trả, đồng"), max_digits=12, decimal_places=0)
    deposit = models.DecimalField(
        _("Đặt cọc, đồng"),
        max_digits=12,
        decimal_places=0,
        default=NOTHING,
        help_text=_("Phải trả trước; 0 khi trả đủ một lần."),
    )
    rest_due_on = models.DateField(_("Trả phần còn lại trước ngày"), null=True, blank=True)
    rest_may_wait = models.BooleanField(_("Được gửi hàng trước khi trả đủ"), default=False)
    received = models.DecimalField(
        _("Đã nhận, đồng"), max_digits=12, decimal_places=0, default=NOTHING
    )
    refunded = models.DecimalField(
        _("Đã hoàn, đồng"), max_digits=12, decimal_places=0, default=NOTHING
    )
    held_until = models.DateTimeField(_("Giữ hàng đến"), null=True, blank=True)
    #: The provider's name for it: a Checkout Session, say. Empty where there is none.
    reference = models.CharField(_("Mã bên thanh toán"), max_length=255, blank=True, db_index=True)
    #: What the method has to remember between steps. Its own affair; no secrets.
    memory = models.JSONField(default=dict, blank=True)
    claimed_at = models.DateTimeField(_("Người mua báo đã chuyển lúc"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        app_label = "payment"
        verbose_name = _("Khoản thanh toán")
        verbose_name_plural = _("Khoản thanh toán")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["held_until"], condition=Q(state="held"), name="payment_waiting_by_deadline"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="payment_refunded_within_received",
                condition=Q(refunded__gte=0, refunded__lte=F("received")),
            ),
            models.CheckConstraint(
                name="payment_amount_not_negative", condition=Q(amount__gte=0, received__gte=0)
            ),
            models.CheckConstraint(
                name="payment_deposit_within_amount",
                condition=Q(deposit__gte=0, deposit__lte=F("amount")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} · {self.method_label} · {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether money is still expected."""
        return self.state in self.OPEN

    @property
    def due(self) -> Decimal:
        """What is to be paid now, đồng: a deposit before the rest; nothing once it is settled."""
        if self.part == self.Part.DEPOSIT:
            return max(NOTHING, self.deposit - self.received)
        return self.outstanding

    @property
    def outstanding(self) -> Decimal:
        """All that is still to be paid, now and later, đồng."""
        return max(NOTHING, self.payable - self.received) if self.is_open else NOTHING

    @property
    def uncollected(self) -> Decimal:
        """What parcels that came back unpaid would have brought at the door, đồng.

        Reads the order's parcels, prefetched or not; of a sum that is paid beforehand, none.
        """
        if self.state in self.PAYABLE:
            return NOTHING
        return sum((parcel.uncollected for parcel in self.order.parcels.all()), NOTHING)

    @property
    def payable(self) -> Decimal:
        """What the order costs less what came back unpaid, đồng."""
        return self.amount - self.uncollected

    @property
    def part(self) -> "Payment.Part":
        """Which part of the sum is the next to come, or was the last."""
        if not self.deposit or self.deposit == self.amount:
            return self.Part.WHOLE
        return self.Part.DEPOSIT if self.state == self.State.HELD else self.Part.REST

    @property
    def rest(self) -> Decimal:
        """What the deposit leaves to be paid, đồng; nothing without a deposit."""
        return NOTHING if self.part == self.Part.WHOLE else self.amount - self.deposit

    @property
    def keeps_goods_back(self) -> bool:
        """Whether the goods stay until the rest is paid. Staff may let them go before."""
        return self.state == self.State.DEPOSITED and not self.rest_may_wait

    @property
    def method_label(self) -> str:
        """The way of paying by its name."""
        from shop.payment.registry import method_label

        return method_label(self.method)

    @property
    def has_refund_account(self) -> bool:
        """Whether the buyer named an account for money that goes back by transfer."""
        return hasattr(self, "refund_account")

    @property
    def promised_back(self) -> Decimal:
        """Refunds asked for that have not gone out yet, đồng."""
        waiting = self.refunds.filter(state__in=Refund.WAITING)
        return waiting.aggregate(sum=models.Sum("amount"))["sum"] or NOTHING

    @property
    def refundable(self) -> Decimal:
        """What may still be given back, đồng."""
        return self.received - self.refunded - self.promised_back


class Refund(models.Model):
    """Money to give back, or given back. `key` names it to the provider: sent twice, paid once."""

    class State(models.TextChoices):
        ASKED = "asked", _("Chờ hoàn")
        SENT = "sent", _("Đã gửi lệnh")
        DONE = "done", _("Đã hoàn")
        FAILED = "failed", _("Không hoàn được")

    class Bearer(models.TextChoices):
        PRODUCER = "producer", _("Nhà sản xuất")
        SHOP = "shop", _("Cửa hàng")

    #: Not gone out yet, but promised.
    WAITING = (State.ASKED, State.SENT)
    #: A person has to look after it: promised, or what could not be sent.
    UNFINISHED = (*WAITING, State.FAILED)

    payment = models.ForeignKey(
        Payment,
        on_delete=models.PROTECT,
        related_name="refunds",
        verbose_name=_("Khoản thanh toán"),
    )
    key = models.CharField(max_length=60, unique=True)
    amount = models.DecimalField(_("Số tiền, đồng"), max_digits=12, decimal_places=0)
    reason = models.CharField(_("Lý do"), max_length=300)
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.ASKED
    )
    reference = models.CharField(_("Mã giao dịch hoàn"), max_length=255, blank=True, db_index=True)
    error = models.CharField(_("Lỗi"), max_length=500, blank=True)
    borne_by = models.CharField(
        _("Bên chịu"),
        max_length=10,
        choices=Bearer.choices,
        blank=True,
        help_text=_("Bỏ trống: tiền hàng do nhà sản xuất chịu, phần ngoài hàng do cửa hàng."),
    )
    parcel = models.ForeignKey(
        "order.Parcel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Kiện"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người yêu cầu"),
    )
    asked_at = models.DateTimeField(_("Yêu cầu lúc"), auto_now_add=True)
    done_at = models.DateTimeField(_("Hoàn lúc"), null=True, blank=True)

    class Meta:
        app_label = "payment"
        verbose_name = _("Khoản hoàn tiền")
        verbose_name_plural = _("Khoản hoàn tiền")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="refund_amount_positive", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.amount}"

    @property
    def needs_account(self) -> bool:
        """A person has to transfer it, and the buyer has not said where to."""
        from shop.payment.registry import method_of

        method = method_of(self.payment.method)
        itself = method is not None and method.refunds_itself
        return self.state in self.WAITING and not itself and not self.payment.has_refund_account


class RefundLine(models.Model):
    """How many of one order line a refund is for, and whether they may be sold again."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="refund_lines")
    quantity = models.PositiveIntegerField(_("Số lượng"))
    amount = models.DecimalField(_("Số tiền, đồng"), max_digits=12, decimal_places=0)
    restock = models.BooleanField(_("Nhập lại kho"), default=False)

    class Meta:
        app_label = "payment"
        verbose_name = _("Dòng hoàn tiền")
        verbose_name_plural = _("Dòng hoàn tiền")
        constraints = [
            models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once"),
            models.CheckConstraint(
                name="refund_line_sane", condition=Q(quantity__gt=0, amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id}: {self.line_id} × {self.quantity}"


class PaymentEvent(models.Model):
    """The audit trail: who did what to a payment, when. Written once, never changed."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Nhận tiền")
        QUEUED = "queued", _("Đưa vào hàng chờ xử lý")
        RESOLVED = "resolved", _("Xử lý khoản chờ")
        CLAIMED = "claimed", _("Người mua báo đã chuyển")
        EXTENDED = "extended", _("Gia hạn giữ hàng")
        LINK_SENT = "link-sent", _("Gửi lại đường dẫn trả tiền")
        RELEASED = "released", _("Nhả hàng")
        CHANGED = "changed", _("Đổi cách trả tiền")
        REFUND_ASKED = "refund-asked", _("Yêu cầu hoàn tiền")
        REFUND_DONE = "refund-done", _("Đã hoàn tiền")
        REFUND_FAILED = "refund-failed", _("Hoàn tiền không thành")
        NOTE = "note", _("Ghi chú")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "payment"
        verbose_name = _("Việc đã làm")
        verbose_name_plural = _("Việc đã làm")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"
