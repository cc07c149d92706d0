"""After a deposit: the goods wait for the rest, unless staff let them go."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shop.payment.models import Payment
from shop.payment.receiving import NotExpected, locked_payment
from shop.payment.trail import Kind, record


@transaction.atomic
def let_goods_go(payment: Payment, *, by: Any, reason: str) -> Payment:
    """Staff let the goods leave before the rest is paid; it stays due. Twice is once.

    Raises NotExpected where no rest is awaited.
    """
    locked = locked_payment(payment.order_id)
    if locked.state != Payment.State.DEPOSITED:
        raise NotExpected(_("Đơn này không chờ phần còn lại sau tiền cọc."))
    if not locked.rest_may_wait:
        locked.rest_may_wait = True
        locked.save(update_fields=["rest_may_wait"])
        words = _("Cho gửi hàng trước khi trả đủ: %(reason)s") % {"reason": reason}
        record(locked, Kind.NOTE, words, amount=locked.outstanding, by=by)
    return locked
