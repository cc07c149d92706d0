from oscar.apps.address.abstract_models import AbstractShippingAddress

from shop.address.fields import VietnameseAddressMixin


class ShippingAddress(VietnameseAddressMixin, AbstractShippingAddress):
    """Where one order goes: a copy in words, never rewritten."""

    class Meta(AbstractShippingAddress.Meta):
        app_label = "order"
