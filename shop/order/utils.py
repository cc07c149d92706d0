"""Oscar's order writer with our rows: parcels, frozen lines, counters that do not lose a use."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.order import utils
from oscar.apps.order.signals import order_placed
from oscar.core.loading import get_model

from catalogue.certificate_words import stars_text
from catalogue.prefetched import as_prefetched
from shop.giving.wishes import GiftWishes
from shop.giving.writing import write_recipients
from shop.order.models import Line, Order, OrderBox, Parcel
from shop.order.numbers import random_number
from shop.shipping.charging import ParcelCharge
from shop.shipping.pieces import Piece

LinePrice = get_model("order", "LinePrice")

CERTIFICATE_TEXT_LENGTH = 200
NET_TEXT_LENGTH = 60


class OrderNumberGenerator:
    """Asked by Oscar for a number; the basket has no say in it."""

    def order_number(self, basket: Any) -> str:
        return random_number()


class OrderCreator(utils.OrderCreator):
    """Writes one order with `charges`, one parcel each. Stock was allocated before (placing)."""

    def __init__(
        self,
        charges: Sequence[ParcelCharge] = (),
        *,
        gift: GiftWishes | None = None,
        cod_fees: Sequence[Decimal] = (),
    ) -> None:
        """`cod_fees` are the parcels' parts of what cash at the door costs more, for the record."""
        self.charges = charges
        self.gift = gift
        self.cod_fees = cod_fees or [Decimal(0)] * len(charges)
        self.prices: list[Any] = []
        #: What was written, with all that letters and the contract ask of it.
        self.parcels: list[Parcel] = []
        self.lines: list[Line] = []
        #: Each piece of each basket line, by the line's key, with the parcel it travels in.
        self.pieces: dict[int, list[tuple[Piece, Parcel]]] = {}

    def place_order(
        self,
        basket: Any,
        total: Any,
        shipping_method: Any,
        shipping_charge: Any,
        user: Any = None,
        shipping_address: Any = None,
        **columns: Any,
    ) -> Order:
        """As Oscar's, in the transaction of placing, which holds and judged the vouchers already.

        Raises IntegrityError for a number that another order has.
        """
        number, status = columns.pop("order_number"), columns.pop("status")
        order = self.create_order_model(
            user,
            basket,
            shipping_address,
            shipping_method,
            shipping_charge,
            None,
            total,
            number,
            status,
            **columns,
        )
        self._write_discounts(order, basket, shipping_method)
        for voucher in basket.vouchers.all():
            self.record_voucher_usage(order, voucher, user)
        for line in basket.all_lines():
            self.create_line_models(order, line)
        LinePrice.objects.bulk_create(self.prices)
        for parcel in self.parcels:
            as_prefetched(parcel, "lines", [each for each in self.lines if each.parcel is parcel])
        if not basket.offer_applications:
            as_prefetched(order, "discounts", [])
        if columns["surcharges"] is None:
            as_prefetched(order, "surcharges", [])
        order_placed.send(sender=self, order=order, user=user)
        return order

    def _write_discounts(self, order: Order, basket: Any, shipping_method: Any) -> None:
        for application in basket.offer_applications:
            application["message"] = application["offer"].apply_deferred_benefit(
                basket, order, application
            )
            if application["result"].affects_shipping:
                application["discount"] = shipping_method.discount(basket)
                if application["discount"] <= 0:
                    continue
            self.create_discount_model(order, application)
            self.record_discount(application)

    def create_order_model(self, *args: Any, **kwargs: Any) -> Order:
        order = super().create_order_model(*args, **kwargs)
        recipients = write_recipients(order, [charge.plan for charge in self.charges], self.gift)
        self.parcels = Parcel.objects.bulk_create(
            Parcel(
                order=order,
                producer=charge.plan.producer,
                recipient=recipients.get(getattr(charge.plan.recipient, "pk", None)),
                position=position,
                method_code=order.shipping_code,
                method_name=str(order.shipping_method),
                weight_grams=charge.plan.weight_grams,
                charge=charge.amount,
                charge_breakdown={**charge.breakdown, "cod_fee": str(cod_fee)},
                is_chilled=charge.plan.is_chilled,
                **self._promised(charge),
            )
            for position, (charge, cod_fee) in enumerate(
                zip(self.charges, self.cod_fees, strict=True), start=1
            )
        )
        for charge, parcel in zip(self.charges, self.parcels, strict=True):
            for piece in charge.plan.pieces:
                self.pieces.setdefault(piece.line.pk, []).append((piece, parcel))
        return order

    def _promised(self, charge: ParcelCharge) -> dict[str, date]:
        """The days promised to the buyer: the wished one where there is one."""
        wished = self.gift.deliver_on if self.gift is not None else None
        if wished is not None:
            return {"promised_from": wished, "promised_to": wished}
        if charge.promise is None:
            return {}
        return {"promised_from": charge.promise.earliest, "promised_to": charge.promise.latest}

    def create_line_models(
        self, order: Order, basket_line: Any, extra_line_fields: dict[str, Any] | None = None
    ) -> None:
        """One line for each piece of a basket line; those of a gift box point at their box."""
        boxes = self._write_boxes(order, basket_line)
        for piece, parcel in self.pieces[basket_line.pk]:
            box = boxes.get(parcel.recipient_id)
            fields = {
                **frozen_facts(piece.product),
                "parcel": parcel,
                "shop_share": piece.stockrecord.partner.share_of_shop,
                "supply_price": piece.supplied,
                "from_page": basket_line.from_page,
                "from_campaign": basket_line.from_campaign,
                **(extra_line_fields or {}),
            }
            if box is not None:
                fields |= {"box": box, "is_wrapping": piece.is_wrapping}
            if box is not None and piece.is_wrapping:
                fields["title"] = _("Hộp và gói quà “%(box)s”") % {"box": box.title}
                if piece.stockrecord.num_in_stock is None:
                    fields["num_allocated"] = 0
            self.lines.append(super().create_line_models(order, piece, fields))

    def _write_boxes(self, order: Order, line: Any) -> dict[int | None, OrderBox]:
        """The boxes of a basket line: one row for each recipient who gets some of them."""
        if line.contents is None:
            return {}
        gift = line.contents.gift
        given: dict[int | None, list[Piece]] = {}
        for piece, parcel in self.pieces[line.pk]:
            given.setdefault(parcel.recipient_id, []).append(piece)
        return {
            recipient: OrderBox.objects.create(
                order=order,
                product=line.product,
                design=line.design,
                title=line.product.display_title[:255],
                quantity=pieces[0].units,
                price=sum((piece.before for piece in pieces), Decimal(0)),
                packing=gift.packing,
                picture=first_picture_of((line.product,)),
                good_until=self._good_until(pieces[0]),
            )
            for recipient, pieces in given.items()
        }

    def _good_until(self, piece: Piece) -> date | None:
        """Until when what is in a box must keep, by the day that its parcel arrives."""
        contents = piece.contents
        if contents is None or not contents.gift.min_days_left:
            return None
        charge = next(each for each in self.charges if piece in each.plan.pieces)
        return contents.good_until(self._promised(charge)["promised_to"])

    def create_line_price_models(self, order: Order, order_line: Any, basket_line: Any) -> None:
        """Kept for one statement at the end."""
        self.prices.extend(
            LinePrice(
                order=order,
                line=order_line,
                quantity=quantity,
                price_incl_tax=incl_tax,
                price_excl_tax=excl_tax,
                tax_code=basket_line.tax_code,
            )
            for incl_tax, excl_tax, quantity in basket_line.get_price_breakdown()
        )

    def create_line_attributes(self, order: Order, order_line: Any, basket_line: Any) -> None:
        """Nothing: products here ask for no options."""

    def update_stock_records(self, line: Any) -> None:
        """Nothing: placing allocated every row, in key order, before it wrote a word."""

    def record_discount(self, discount: dict[str, Any]) -> None:
        """Counted in the database, so that two orders at once are both counted."""
        offer = discount["offer"]
        type(offer).objects.filter(pk=offer.pk).update(
            num_applications=F("num_applications") + discount["freq"],
            total_discount=F("total_discount") + discount["discount"],
            num_orders=F("num_orders") + 1,
        )
        voucher = discount.get("voucher")
        if voucher:
            type(voucher).objects.filter(pk=voucher.pk).update(
                total_discount=F("total_discount") + discount["discount"]
            )

    def record_voucher_usage(self, order: Order, voucher: Any, user: Any) -> None:
        buyer = user if user is not None and user.is_authenticated else None
        voucher.applications.create(order=order, user=buyer)
        type(voucher).objects.filter(pk=voucher.pk).update(num_orders=F("num_orders") + 1)


def frozen_facts(product: Any) -> dict[str, Any]:
    """What an order line remembers of a product as it is sold today."""
    today = timezone.localdate()
    certificate = product.current_certificate(today)
    stars = certificate.stars_on(today) if certificate else 0
    words = ""
    if certificate is not None and stars:
        words = _("%(stars)s, %(number)s ngày %(day)s") % {
            "stars": stars_text(stars),
            "number": certificate.decision_number,
            "day": f"{certificate.decided_on:%d/%m/%Y}",
        }
    return {
        "title": product.display_title[:255],
        "net_text": net_text_of(product)[:NET_TEXT_LENGTH],
        "certificate_text": words[:CERTIFICATE_TEXT_LENGTH],
        "picture": first_picture_of((product, product.parent)),
        "is_alcohol": product.is_alcohol,
    }


def net_text_of(product: Any) -> str:
    """Net quantity, a variant's own or its parent's."""
    if product.net_quantity is None and product.is_child:
        return product.parent.net_text
    return product.net_text


def first_picture_of(owners: Iterable[Any]) -> Any:
    for owner in owners:
        if owner is not None and (images := list(owner.images.all())):
            return images[0].picture
    return None
