"""What was asked of a carrier, and how carriers name our places."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.carriers.ghn.places import GhnPlace

__all__ = ["GhnPlace", "Shipment"]


class Shipment(models.Model):
    """A carrier was asked to fetch a parcel. One that is not cancelled at a time.

    `reference` is our name of it, under which the carrier makes it once however often it is asked.
    `fee` is đồng, what the carrier told; the buyer was charged by our own table.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Đang gọi")
        CREATED = "created", _("Đã nhận gọi")
        CANCELLED = "cancelled", _("Đã hủy")

    parcel = models.ForeignKey(
        "order.Parcel",
        on_delete=models.CASCADE,
        related_name="shipments",
        verbose_name=_("Kiện hàng"),
    )
    carrier = models.CharField(_("Bên vận chuyển"), max_length=30)
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.ASKED
    )
    reference = models.CharField(_("Mã của ta"), max_length=50, unique=True)
    tracking_number = models.CharField(_("Mã vận đơn"), max_length=100, blank=True)
    fee = models.DecimalField(
        _("Phí bên vận chuyển báo, đồng"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    #: Places in the carrier's own codes that somebody chose for this parcel, by side (from, to).
    places = models.JSONField(_("Nơi theo bên vận chuyển"), default=dict, blank=True)
    was_asked = models.BooleanField(_("Đã từng gọi"), default=False)
    expected_on = models.DateField(_("Bên vận chuyển hẹn giao"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("Gọi lúc"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người gọi"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Lần gọi bên vận chuyển")
        verbose_name_plural = _("Lần gọi bên vận chuyển")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parcel"],
                condition=~Q(state="cancelled"),
                name="one_shipment_of_a_parcel",
            ),
            models.UniqueConstraint(
                fields=["carrier", "tracking_number"],
                condition=~Q(tracking_number=""),
                name="tracking_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_number or self.reference
