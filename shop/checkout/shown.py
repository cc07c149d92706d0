"""What the buyer saw before the last click: carried in the form, compared when it comes back."""

from decimal import Decimal
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from catalogue.money import format_dong
from shop.checkout.quote import Quote

SALT = "shop.checkout.shown"
#: A form older than this is shown again before it is taken at its word, seconds.
OLDEST = 2 * 24 * 60 * 60


def facts_of(quote: Quote) -> dict[str, Any]:
    """Lines, prices and fees of a quote as plain data."""
    return {
        "lines": {
            line.line_reference: [
                line.quantity,
                str(line.unit_price_incl_tax or ""),
                line.product.display_title,
            ]
            for line in quote.lines
        },
        "discount": str(sum((each.amount for each in quote.discounts), Decimal(0))),
        "shipping": quote.shipping.code if quote.shipping is not None else "",
        "parcels": [str(charge.amount) for charge in quote.charges],
        "promised": [str(charge.promise or "") for charge in quote.charges],
        "surcharge": str(quote.surcharge),
        "total": str(quote.total),
    }


def seal(quote: Quote) -> str:
    """The facts for the form's hidden field, signed so that only we can have written them."""
    return signing.dumps(facts_of(quote), salt=SALT, compress=True)


def unseal(text: str) -> dict[str, Any] | None:
    """The facts that the form was shown with; None for anything that is not ours or too old."""
    try:
        facts = signing.loads(text, salt=SALT, max_age=OLDEST)
    except signing.BadSignature:
        return None
    return facts if isinstance(facts, dict) else None


def changes_since(shown: dict[str, Any] | None, quote: Quote) -> list[str]:
    """What is different now, in words for the buyer; nothing when all is as it was shown."""
    now = facts_of(quote)
    if shown is None:
        return [_("Đây là tổng tiền của đơn. Mời bạn xem lại rồi bấm “Đặt hàng”.")]
    changes = _line_changes(shown["lines"], now["lines"])
    if shown["discount"] != now["discount"]:
        changes.append(
            _("Phần giảm giá đổi từ %(old)s thành %(new)s.")
            % {"old": format_dong(shown["discount"]), "new": format_dong(now["discount"])}
        )
    if shown["parcels"] != now["parcels"] or shown["shipping"] != now["shipping"]:
        changes.append(_shipping_change(shown, now))
    elif shown.get("promised", now["promised"]) != now["promised"]:
        changes.append(
            _("Ngày giao dự kiến nay là %(days)s.") % {"days": "; ".join(now["promised"])}
        )
    if shown["surcharge"] != now["surcharge"]:
        changes.append(
            _("Phí của cách trả tiền nay là %(new)s.") % {"new": format_dong(now["surcharge"])}
        )
    if not changes and shown["total"] != now["total"]:
        changes.append(
            _("Tổng tiền đổi từ %(old)s thành %(new)s.")
            % {"old": format_dong(shown["total"]), "new": format_dong(now["total"])}
        )
    return changes


def _shipping_change(shown: dict[str, Any], now: dict[str, Any]) -> str:
    new = format_dong(sum(map(Decimal, now["parcels"]), Decimal(0)))
    if not shown["shipping"]:
        return _("Phí giao hàng đến địa chỉ này là %(new)s.") % {"new": new}
    old = format_dong(sum(map(Decimal, shown["parcels"]), Decimal(0)))
    return _("Phí giao hàng đổi từ %(old)s thành %(new)s.") % {"old": old, "new": new}


def _line_changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    changes = []
    for key, (quantity, price, title) in new.items():
        if key not in old:
            changes.append(_("Giỏ hàng có thêm %(title)s.") % {"title": title})
            continue
        old_quantity, old_price, _title = old[key]
        if old_quantity != quantity:
            changes.append(
                _("Số lượng %(title)s đổi từ %(old)s thành %(new)s.")
                % {"title": title, "old": old_quantity, "new": quantity}
            )
        if old_price != price and price:
            changes.append(
                _("Giá %(title)s đổi từ %(old)s thành %(new)s.")
                % {"title": title, "old": format_dong(old_price or 0), "new": format_dong(price)}
            )
    for key, (_quantity, _price, title) in old.items():
        if key not in new:
            changes.append(_("%(title)s không còn trong giỏ.") % {"title": title})
    return changes
