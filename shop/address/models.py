from oscar.apps.address.abstract_models import AbstractUserAddress

from shop.address.fields import VietnameseAddressMixin


class UserAddress(VietnameseAddressMixin, AbstractUserAddress):
    """An address in a buyer's address book."""


from oscar.apps.address.models import *  # noqa: E402, F403
