"""Stock and price of one product from one producer. Stock is promised by conditional update."""

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractStockRecord
from oscar.apps.partner.exceptions import InvalidStockAdjustment

from shop.pagecache.watching import telling_by_itself
from shop.partner.words_told import FEW_PIECES, tell_if_words_change

#: With more than so many left nobody needs to hear of an order. Not nought: of two orders at the
#: same moment each may still count what the other takes.
NEARLY_GONE = 20


class OutOfStock(Exception):
    """There is less left than asked for. Carries the stock record and how many are left."""

    def __init__(self, stockrecord: "StockRecord", asked: int, left: int) -> None:
        self.stockrecord = stockrecord
        self.asked = asked
        self.left = left
        super().__init__(f"asked for {asked} of {stockrecord.partner_sku}, {left} left")


class StockRecordQuerySet(models.QuerySet["StockRecord"]):
    def with_left(self) -> Self:
        """Annotates `left`: in stock and promised to nobody."""
        return self.annotate(left=Coalesce(F("num_in_stock"), 0) - Coalesce(F("num_allocated"), 0))

    def in_stock(self) -> Self:
        """At least one left to promise."""
        return self.filter(num_in_stock__gt=Coalesce(F("num_allocated"), 0))


class StockRecord(AbstractStockRecord):
    """Price in whole đồng, tax included; `num_allocated` is promised to orders not yet sent."""

    price = models.DecimalField(
        _("Giá bán, đồng"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    sale_price = models.DecimalField(
        _("Giá khuyến mại, đồng"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    sale_starts_at = models.DateTimeField(_("Khuyến mại từ"), null=True, blank=True)
    sale_ends_at = models.DateTimeField(_("Khuyến mại đến"), null=True, blank=True)

    objects = StockRecordQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):
        verbose_name = _("Giá và tồn kho")
        verbose_name_plural = _("Giá và tồn kho")
        constraints = [
            # The last line of defence: whatever the code does, nothing is promised twice.
            models.CheckConstraint(
                name="stock_promised_within_stock",
                condition=Q(num_allocated__isnull=True)
                | Q(num_allocated__gte=0, num_allocated__lte=F("num_in_stock")),
            ),
            models.CheckConstraint(
                name="stock_sale_below_price",
                condition=Q(sale_price__isnull=True) | Q(sale_price__lt=F("price")),
            ),
        ]

    def clean(self) -> None:
        if self.sale_price is not None and self.product.is_unpromotable:
            raise ValidationError(
                {"sale_price": _("Rượu từ 15 độ không được khuyến mại (Luật 44/2019/QH14).")}
            )
        if self.num_in_stock is not None and self.num_in_stock < (self.num_allocated or 0):
            raise ValidationError(
                {
                    "num_in_stock": _("Đã có %(n)s được đặt; tồn kho không thể ít hơn.")
                    % {"n": self.num_allocated}
                }
            )

    # --- Price ------------------------------------------------------------------------------

    def is_on_sale(self, now: datetime | None = None) -> bool:
        if self.sale_price is None or self.price is None or self.product.is_unpromotable:
            return False
        now = now or timezone.now()
        started = self.sale_starts_at is None or self.sale_starts_at <= now
        ended = self.sale_ends_at is not None and self.sale_ends_at <= now
        return started and not ended

    def current_price(self, now: datetime | None = None) -> Decimal | None:
        """What one costs at `now`, đồng, tax included; None when not for sale."""
        return self.sale_price if self.is_on_sale(now) else self.price

    # --- Stock: each change is one conditional statement ------------------------------------

    def allocate(self, quantity: int) -> None:
        """Promise `quantity` to an order. Raises OutOfStock when fewer are left."""
        if not self.can_track_allocations:
            return
        with telling_by_itself():
            done = (
                StockRecord.objects.with_left()
                .filter(pk=self.pk, left__gte=quantity)
                .update(
                    num_allocated=Coalesce(F("num_allocated"), 0) + quantity,
                    date_updated=timezone.now(),
                )
            )
        if not done:
            self.refresh_from_db(fields=["num_allocated", "num_in_stock"])
            raise OutOfStock(self, quantity, max(0, self.net_stock_level))
        # Not read again: this object is as old as the basket, the row is right.
        self.num_allocated = (self.num_allocated or 0) + quantity  # type: ignore[has-type]
        if self.net_stock_level <= max(NEARLY_GONE, self.low_stock_threshold or 0):
            self._tell()
        self._tell_pages(-quantity)

    allocate.alters_data = True  # type: ignore[attr-defined]

    def consume_allocation(self, quantity: int) -> None:
        """Goods left the house: fewer in stock, fewer promised.

        Raises InvalidStockAdjustment when less than `quantity` was promised.
        """
        if not self.can_track_allocations:
            return
        self._change_promised(
            quantity,
            num_allocated=F("num_allocated") - quantity,
            num_in_stock=F("num_in_stock") - quantity,
        )

    consume_allocation.alters_data = True  # type: ignore[attr-defined]

    def cancel_allocation(self, quantity: int) -> None:
        """The order fell through: what was promised may be sold again.

        Raises InvalidStockAdjustment when less than `quantity` was promised.
        """
        if not self.can_track_allocations:
            return
        self._change_promised(quantity, num_allocated=F("num_allocated") - quantity)
        self._tell_pages(quantity)

    cancel_allocation.alters_data = True  # type: ignore[attr-defined]

    def _change_promised(self, quantity: int, **changes: Any) -> None:
        with telling_by_itself():
            done = StockRecord.objects.filter(pk=self.pk, num_allocated__gte=quantity).update(
                **changes, date_updated=timezone.now()
            )
        if not done:
            raise InvalidStockAdjustment(
                f"fewer than {quantity} of {self.partner_sku} are promised"
            )
        self.refresh_from_db(fields=["num_allocated", "num_in_stock"])
        self._tell()

    def _tell(self) -> None:
        """Search, alerts and the like hear of it once it is committed, not under the lock."""
        transaction.on_commit(self._tell_of_itself, robust=True)

    def _tell_of_itself(self) -> None:
        with telling_by_itself():
            self.post_save_signal()

    def _tell_pages(self, change: int) -> None:
        """Kept pages are dropped when so many more (fewer) left make another word."""
        if self.net_stock_level - max(change, 0) <= FEW_PIECES:
            transaction.on_commit(partial(tell_if_words_change, self.pk, change), robust=True)
