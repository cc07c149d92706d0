"""Cash on delivery (thu tiền khi giao)."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.money import format_dong, to_dong
from shop.order.models import Order
from shop.payment.methods.base import PLACED, PaymentContext, PaymentMethod


class CashOnDelivery(PaymentMethod):
    """Paid to the carrier, within `settings.COD_LIMIT`, never for drinks with alcohol."""

    code = "cod"
    label = gettext_lazy("Trả tiền khi nhận hàng")
    hint = gettext_lazy("Bạn trả tiền mặt cho người giao hàng, sau khi xem hàng.")
    badge = "COD"
    initial_status = PLACED

    def refusal(self, context: PaymentContext) -> str | None:
        if context.has_alcohol:
            # Luật 44/2019/QH14, art. 16: sellers of drinks online must take payment without cash.
            return _("Đơn có đồ uống có cồn không được trả tiền mặt (Luật 44/2019/QH14).")
        if context.total > settings.COD_LIMIT:
            return _("Chỉ nhận trả tiền mặt cho đơn đến %(limit)s.") % {
                "limit": format_dong(settings.COD_LIMIT)
            }
        return None

    def surcharge(self, context: PaymentContext) -> Decimal:
        return to_dong(settings.COD_FEE)

    def next_url(self, order: Order) -> str:
        from django.urls import reverse

        return reverse("order:thanks", kwargs={"number": order.number})
