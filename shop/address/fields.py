"""A Vietnamese address of two tiers: province, ward, and the rest in words."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.phone import display_phone
from shop.places.names import named_for_reader


class VietnameseAddressMixin(models.Model):
    """Uses Oscar's columns: `first_name` họ tên, `line1` street or hamlet, `line3` ward name,
    `line4` province name. Codes are kept beside the names as they were when written, so that an
    order's address is never rewritten when a map changes (NQ 1658/NQ-UBTVQH15 and after).
    """

    province_code = models.CharField(_("Mã tỉnh, thành phố"), max_length=5, blank=True)
    ward_code = models.CharField(_("Mã xã, phường"), max_length=5, blank=True)

    if TYPE_CHECKING:  # Oscar's columns, of the model that this is mixed into
        first_name: str
        line1: str
        line3: str
        line4: str
        phone_number: Any

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return self.first_name

    @property
    def phone_text(self) -> str:
        """The number as people read it: `0912 345 678`."""
        return display_phone(str(self.phone_number)) if self.phone_number else ""

    @property
    def place_lines(self) -> list[str]:
        """The address without the name: street, ward, province, in the reader's language."""
        units = (named_for_reader(self.line3), named_for_reader(self.line4))
        return [line for line in (self.line1, *units) if line]

    def active_address_fields(self) -> list[str]:
        return [line for line in (self.first_name, *self.place_lines) if line]
