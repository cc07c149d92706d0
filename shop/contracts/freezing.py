"""Reading an order that was just written into the summary that both sides keep."""

from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.contracts.models import OrderSummary
from shop.contracts.terms import terms_in_force, version_of
from shop.invoices.models import InvoiceRequest
from shop.order.letters import parcels_with_lines
from shop.order.models import Line, Order, Parcel
from shop.payment.registry import method_of
from shop.phone import display_phone
from shop.seller import default_seller

#: Shape of `OrderSummary.facts`. Raised when a reader of older summaries has to know.
FORMAT = 1


def freeze_summary(
    order: Order, invoice: InvoiceRequest | None = None, parcels: list[Parcel] | None = None
) -> OrderSummary:
    """Write the contract of `order`, in the transaction that places it and after all its rows.

    `parcels` are the order's with their lines, where they were read already (`parcels_with_lines`).
    The language in use is the buyer's. Raises IntegrityError for a second time.
    """
    terms = terms_in_force(order.language)
    return OrderSummary.objects.create(
        order=order,
        facts=facts_of(order, parcels or parcels_with_lines(order), terms, invoice),
        terms_version=version_of(terms),
    )


def facts_of(
    order: Order,
    parcels: list[Parcel],
    terms: list[dict[str, str]],
    invoice: InvoiceRequest | None,
) -> dict[str, Any]:
    """The order as plain data. Sums are whole đồng, tax included; moments ISO 8601 with zone."""
    prefetch_related_objects([order], "discounts", "surcharges")
    lines = [line for parcel in parcels for line in parcel.lines.all()]
    method = method_of(order.payment_method)
    return {
        "format": FORMAT,
        "number": order.number,
        "placed_at": _moment(order.date_placed),
        "language": order.language,
        "seller": _seller(),
        "buyer": _buyer(order),
        "parcels": [_parcel(parcel) for parcel in parcels],
        "goods_total": _sum(line.line_price_before_discounts_incl_tax for line in lines),
        "discounts": [
            {
                "name": each.offer_name or "",
                "code": each.voucher_code or "",
                "amount": int(each.amount),
            }
            for each in sorted(order.discounts.all(), key=_key)
            if each.amount and not each.is_shipping_discount
        ],
        "shipping": int(order.shipping_incl_tax),
        "surcharges": [
            {"name": each.name, "amount": int(each.incl_tax)}
            for each in sorted(order.surcharges.all(), key=_key)
        ],
        "total": int(order.total_incl_tax),
        "payment": str(method.label) if method else order.payment_method,
        "deposit": _deposit(order),
        "age_confirmed_at": _moment(order.age_confirmed_at) if order.age_confirmed_at else "",
        "invoice": _invoice(invoice),
        "terms": terms,
    }


def _deposit(order: Order) -> dict[str, Any] | None:
    """What is paid first and what is left; None for an order that is paid at once."""
    payment = order.payment
    if not payment.rest:
        return None
    return {
        "amount": int(payment.deposit),
        "rest": int(payment.rest),
        "until": payment.rest_due_on.isoformat() if payment.rest_due_on else "",
    }


def _seller() -> dict[str, Any]:
    """The seller that Luật Thương mại điện tử 122/2025/QH15 wants named, as of now."""
    seller = default_seller()
    names = ("address", "representative", "tax_code", "issued", "phone", "email")
    facts = {name: getattr(seller, name) for name in names}
    return {"name": seller.display_name, **facts, "sample": seller.sample}


def _buyer(order: Order) -> dict[str, Any]:
    address = order.shipping_address
    return {
        "name": address.first_name,
        "phone": display_phone(str(address.phone_number or "")),
        "address": [part for part in (address.line1, address.line3, address.line4) if part],
        "email": order.contact_email,
        "note": order.buyer_note,
    }


def _parcel(parcel: Parcel) -> dict[str, Any]:
    return {
        "position": parcel.position,
        "producer": parcel.producer.display_name,
        "to": [] if parcel.recipient is None else parcel.address.active_address_fields(),
        "method": parcel.method_name,
        "charge": int(parcel.charge),
        "lines": [_line(line) for line in parcel.lines.all()],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "title": _title(line),
        "net": line.net_note,
        "certificate": line.certificate_text,
        "quantity": line.quantity,
        "unit_price": int(line.unit_price_incl_tax),
        "total": int(line.line_price_before_discounts_incl_tax),
        "is_alcohol": line.is_alcohol,
    }


def _title(line: Line) -> str:
    """A thing in a gift box with the box that it is in."""
    if line.box is None or line.is_wrapping:
        return line.title
    return _("%(title)s (trong “%(box)s”)") % {"title": line.title, "box": line.box.title}


def _invoice(request: InvoiceRequest | None) -> dict[str, str] | None:
    if request is None:
        return None
    names = ("company_name", "tax_code", "address", "email")
    return {name: getattr(request, name) for name in names}


def _key(row: Any) -> int:
    return row.pk


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _sum(amounts: Any) -> int:
    return int(sum(amounts, Decimal(0)))
