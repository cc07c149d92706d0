"""Cash on delivery (thu tiền khi giao)."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.money import format_dong, to_dong
from shop.order.models import Order
from shop.payment.methods.base import PLACED, PaymentContext, PaymentMethod
from shop.payment.methods.cod.history import PhoneHistory

#: The order and its stock wait for a call to the buyer.
TO_CONFIRM = "to-confirm"


class CashOnDelivery(PaymentMethod):
    """Paid to the carrier, never for drinks with alcohol, within limits (`shop.settings.buying`).

    `COD_LIMIT` holds for every order, `COD_NEW_PHONE_LIMIT` for a number to which nothing was
    delivered yet; a number that refused `COD_MOST_REFUSED` orders pays beforehand. From
    `COD_CONFIRM_FROM` on the order waits until staff have called (`cod.confirming`). Its fee is the
    delivery rules'.
    """

    code = "cod"
    label = gettext_lazy("Trả tiền khi nhận hàng")
    hint = gettext_lazy("Bạn trả tiền mặt cho người giao hàng, sau khi xem hàng.")
    badge = "COD"
    initial_status = PLACED

    def status_for(self, context: PaymentContext) -> str:
        return TO_CONFIRM if context.total >= settings.COD_CONFIRM_FROM else PLACED

    def refusal(self, context: PaymentContext) -> str | None:
        if context.has_alcohol:
            # Luật 44/2019/QH14, art. 16: sellers of drinks online must take payment without cash.
            return _("Đơn có đồ uống có cồn không được trả tiền mặt (Luật 44/2019/QH14).")
        if context.is_gift:
            return _("Quà tặng thì không thu tiền của người nhận. Hãy chọn cách khác.")
        if context.total > settings.COD_LIMIT:
            return _("Chỉ nhận trả tiền mặt cho đơn đến %(limit)s.") % {
                "limit": format_dong(settings.COD_LIMIT)
            }
        return _refusal_by_phone(context)

    def surcharge(self, context: PaymentContext) -> Decimal:
        return to_dong(context.cod_fee)

    def next_url(self, order: Order) -> str:
        from django.urls import reverse

        return reverse("order:thanks", kwargs={"number": order.number})


def _refusal_by_phone(context: PaymentContext) -> str | None:
    """What the number has done decides; nothing while it is not typed yet."""
    if not context.phone:
        return None
    history = PhoneHistory(context.phone)
    if history.refused >= settings.COD_MOST_REFUSED:
        # Says nothing of whose orders they were: anybody may type any number.
        return _("Số điện thoại này chưa dùng được cách trả tiền mặt. Hãy chọn cách khác.")
    if context.total > settings.COD_NEW_PHONE_LIMIT and history.is_new:
        return _(
            "Đơn đầu tiên của một số điện thoại chỉ được trả tiền mặt đến %(limit)s. "
            "Hãy chọn cách khác."
        ) % {"limit": format_dong(settings.COD_NEW_PHONE_LIMIT)}
    return None
