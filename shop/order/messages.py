"""What a producer tells the buyer of a parcel."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shop.order.letters import write_parcel_message
from shop.order.models import Order, OrderMessage, Parcel
from shop.order.steps import StepNotPossible

#: More about one parcel is no news any more.
MOST_MESSAGES = 10


@transaction.atomic
def tell_buyer(parcel: Parcel, text: str, *, by: Any) -> OrderMessage:
    """Keep it with the parcel, where the buyer reads it on the order's page, and write a letter.

    The producer learns no address by it. Raises StepNotPossible after too many.
    """
    Order.objects.select_for_update().get(pk=parcel.order_id)
    if parcel.messages.count() >= MOST_MESSAGES:
        raise StepNotPossible(_("Đã gửi 10 lời nhắn cho kiện này. Cần hơn, hãy gọi điện."))
    message = OrderMessage.objects.create(parcel=parcel, by=by, text=text.strip())
    write_parcel_message(parcel, message.text)
    return message
