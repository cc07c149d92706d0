"""The rules of delivery in words, for the pages that explain them."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models.label import NetUnit
from catalogue.money import format_dong
from catalogue.units import net_quantity_text
from shop.shipping.provinces import places_text
from shop.shipping.rules import DeliveryRules, Per
from shop.shipping.weekdays import weekdays_text


def days_text(days: tuple[int, int]) -> str:
    """`2–4 ngày`."""
    least, most = days
    span = str(most) if least == most else f"{least}–{most}"
    return ngettext("%(days)s ngày", "%(days)s ngày", most) % {"days": span}


def facts_of(rules: DeliveryRules) -> list[tuple[str, str]]:
    """What holds beside the fees by zone, (what, how) each."""
    facts = [
        (_("Chốt đơn trong ngày"), f"{rules.cutoff:%-H:%M}"),
        (_("Chuẩn bị hàng"), _working_days(rules.preparing)),
        (_("Ngày gửi hàng"), _("%(days)s, trừ ngày lễ") % {"days": _days(rules.dispatch_days)}),
        (
            _("Hàng giữ lạnh"),
            _("đi kiện riêng, gửi %(days)s, giao đến: %(places)s")
            % {
                "days": _days(rules.chilled_days & rules.dispatch_days),
                "places": places_text(rules.chilled_provinces) or _("chưa nơi nào"),
            },
        ),
    ]
    if rules.ice_fee:
        facts.append((_("Thùng xốp, đá"), _ice(rules)))
    if rules.liquid_fee:
        facts.append(
            (
                _("Đóng gói chất lỏng"),
                _("%(fee)s mỗi chai, lọ") % {"fee": format_dong(rules.liquid_fee)},
            )
        )
    facts.append((_("Thu tiền khi giao"), _cod(rules)))
    return facts


def _days(mask: int) -> str:
    return weekdays_text(mask)


def _working_days(days: tuple[int, int]) -> str:
    least, most = days
    span = str(most) if least == most else f"{least}–{most}"
    return ngettext("%(days)s ngày làm việc", "%(days)s ngày làm việc", most) % {"days": span}


def _ice(rules: DeliveryRules) -> str:
    fee = format_dong(rules.ice_fee)
    if not rules.ice_step_grams:
        return _("%(fee)s mỗi kiện") % {"fee": fee}
    each = net_quantity_text(Decimal(rules.ice_step_grams), NetUnit.GRAM)
    return _("%(fee)s mỗi %(weight)s") % {"fee": fee, "weight": each}


def _cod(rules: DeliveryRules) -> str:
    if not rules.cod_fee:
        return _("không tính phí")
    return f"{format_dong(rules.cod_fee)} {Per(rules.cod_fee_per).label}"
