"""One more recipient: who, where, how many of what, with what words."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.address.forms import VietnameseAddressFormMixin
from shop.basket.quantities import read_quantity
from shop.order.models.recipient import GREETING_LENGTH


class RecipientForm(VietnameseAddressFormMixin):
    """The address, a greeting, and a number for each line of the basket."""

    greeting = forms.CharField(
        label=_("Lời chúc riêng"),
        required=False,
        max_length=GREETING_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Để trống: lời chúc chung, viết ở bước thanh toán."),
    )

    def __init__(self, *args: Any, lines: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"line-{line.pk}"] = forms.CharField(
                label=line.product.display_title,
                initial="1" if line.contents is not None or len(lines) == 1 else "0",
                max_length=18,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"required": _("Hãy nhập số lượng.")},
            )

    @property
    def line_fields(self) -> list[Any]:
        return [self[f"line-{line.pk}"] for line in self.lines]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.lines:
            name = f"line-{line.pk}"
            if name in data:
                try:
                    data[name] = read_quantity(data[name])
                    if data[name] > settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD:
                        raise ValidationError(_("Số lượng quá lớn."))
                except ValidationError as refusal:
                    self.add_error(name, refusal)
        if not self.errors and not any(self.quantities.values()):
            raise ValidationError(_("Hãy chọn ít nhất một món cho người này."))
        return data

    @property
    def quantities(self) -> dict[int, int]:
        """How many of each line, by its key; cleaned."""
        return {line.pk: self.cleaned_data[f"line-{line.pk}"] for line in self.lines}
