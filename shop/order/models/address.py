from django.db import models
from oscar.apps.address.abstract_models import AbstractShippingAddress

from catalogue.text import fold
from shop.address.fields import VietnameseAddressMixin


class ShippingAddress(VietnameseAddressMixin, AbstractShippingAddress):
    """Where one order goes: a copy in words, never rewritten."""

    class Meta(AbstractShippingAddress.Meta):
        app_label = "order"
        # Cash at the door asks what a number did before (`shop.payment.methods.cod.history`).
        indexes = [models.Index(fields=["phone_number"], name="order_address_by_phone")]

    def _update_search_text(self) -> None:
        # Oscar's column. Staff type "nguyen thi hoa" where it says Nguyễn Thị Hoà.
        self.search_text = fold(f"{self.first_name} {self.line1}")
