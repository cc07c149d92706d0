"""From a proposed code to a voucher, or not: a discount is the shop's money."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from shop.promotion.benefit import make_benefit
from shop.promotion.models import PromoCode

#: The range that codes share: all goods; the benefit leaves out strong drinks.
GOODS = "quang-ba-moi-hang"


class NotPossible(Exception):
    """The code is not where it was when it was looked at. The message is for the person."""


@transaction.atomic
def approve(code: PromoCode, *, by: Any) -> PromoCode:
    """Make the voucher. A second time changes nothing. Raises NotPossible for one refused."""
    locked = _locked(code)
    if locked.state == PromoCode.State.APPROVED:
        return locked
    if locked.state == PromoCode.State.REFUSED:
        raise NotPossible(_("Mã này đã bị từ chối. Hãy để người giới thiệu đề nghị mã khác."))
    if locked.ends_on < timezone.localdate():
        raise NotPossible(_("Mã này đã qua ngày cuối. Hãy đề nghị mã khác."))
    Voucher = get_model("voucher", "Voucher")
    if Voucher.objects.filter(code=locked.code).exists():
        raise NotPossible(_("Cửa hàng đã có một mã giảm giá “%(code)s”.") % {"code": locked.code})
    offer = _offer_of(locked)
    voucher = Voucher.objects.create(
        name=f"{locked.code} · {locked.campaign}"[:128],
        code=locked.code,
        usage=Voucher.ONCE_PER_CUSTOMER if locked.once_per_customer else Voucher.MULTI_USE,
        start_datetime=_midnight(locked.starts_on),
        end_datetime=_midnight(locked.ends_on + timedelta(days=1)) - timedelta(seconds=1),
    )
    voucher.offers.add(offer)
    locked.offer, locked.voucher = offer, voucher
    _decided(locked, PromoCode.State.APPROVED, by)
    return locked


@transaction.atomic
def refuse(code: PromoCode, reason: str, *, by: Any) -> PromoCode:
    """Say no, with a reason that the promoter reads. Raises NotPossible for one approved."""
    locked = _locked(code)
    if locked.state == PromoCode.State.APPROVED:
        raise NotPossible(_("Mã này đã được duyệt. Muốn thôi thì hãy dừng mã."))
    if locked.state == PromoCode.State.PROPOSED:
        locked.reason = reason
        _decided(locked, PromoCode.State.REFUSED, by)
    return locked


@transaction.atomic
def stop(code: PromoCode) -> PromoCode:
    """From now on nobody can use it; orders that did keep what they got. Twice is once."""
    locked = _locked(code)
    Voucher = get_model("voucher", "Voucher")
    if locked.voucher_id:
        voucher = Voucher.objects.select_for_update().get(pk=locked.voucher_id)
        now = timezone.now()
        if voucher.end_datetime > now:
            voucher.end_datetime = now
            voucher.start_datetime = min(voucher.start_datetime, now)
            voucher.save(update_fields=["start_datetime", "end_datetime"])
        locked.voucher = voucher
    return locked


def _locked(code: PromoCode) -> PromoCode:
    return PromoCode.objects.select_for_update(of=("self",)).get(pk=code.pk)


def _decided(code: PromoCode, state: str, by: Any) -> None:
    code.state = state
    code.decided_by = by
    code.decided_at = timezone.now()
    code.save()


def _offer_of(code: PromoCode) -> Any:
    """The offer with its limits. One application an order, so that its uses are its orders.

    `max_global_applications` makes placing lock it (`shop.order.placing`): the last use is had by
    one of two buyers at once, and a cancelled order gives it back.
    """
    Condition, ConditionalOffer, Range = (
        get_model("offer", name) for name in ("Condition", "ConditionalOffer", "Range")
    )
    goods, _made = Range.objects.get_or_create(
        slug=GOODS, defaults={"name": "Quảng bá: mọi hàng", "includes_all_products": True}
    )
    condition = (
        Condition.objects.create(range=goods, type=Condition.VALUE, value=code.least_basket)
        if code.least_basket
        else Condition.objects.create(range=goods, type=Condition.COUNT, value=1)
    )
    return ConditionalOffer.objects.create(
        name=f"Mã {code.code}",
        offer_type=ConditionalOffer.VOUCHER,
        condition=condition,
        benefit=make_benefit(code.kind, code.value, goods),
        max_basket_applications=1,
        max_global_applications=code.most_uses,
    )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
