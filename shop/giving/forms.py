"""The gift's part of the checkout form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.giving.cards import PLAIN, CardDesign, designs
from shop.giving.wishes import GiftWishes
from shop.order.models.recipient import GREETING_LENGTH, SENDER_LENGTH
from shop.phone import PhoneField


class GiftFieldsMixin(forms.Form):
    """Whether it is a gift, its card, its day, and who gives it. All of it optional."""

    is_gift = forms.BooleanField(
        label=_("Đây là quà tặng"),
        required=False,
        help_text=_("Kiện không có giá tiền; người nhận không phải trả gì."),
    )
    card = forms.ChoiceField(label=_("Mẫu thiệp"), required=False, widget=forms.RadioSelect)
    greeting = forms.CharField(
        label=_("Lời chúc trên thiệp"),
        required=False,
        max_length=GREETING_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("Thiệp chỉ đủ chỗ cho %(limit_value)d chữ, bạn đã viết %(show_value)d.")
        },
    )
    sender_name = forms.CharField(
        label=_("Ký tên người tặng"), required=False, max_length=SENDER_LENGTH
    )
    buyer_phone = PhoneField(
        label=_("Điện thoại của người tặng"),
        required=False,
        help_text=_("Để chúng tôi hỏi bạn, không hỏi người nhận, khi cần."),
    )
    deliver_on = forms.DateField(
        label=_("Muốn đến ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Hãy chọn một ngày.")},
    )

    def __init__(self, *args: Any, has_recipients: bool = False, **kwargs: Any) -> None:
        """With recipients named before, the order is a gift whether ticked or not."""
        super().__init__(*args, **kwargs)
        self.has_recipients = has_recipients
        # Needed once it is a gift: not called optional beside its name.
        self.fields["buyer_phone"].is_asked_for = True  # type: ignore[attr-defined]
        if has_recipients:
            del self.fields["is_gift"], self.fields["buyer_phone"]
        field: Any = self.fields["card"]
        field.choices = [(each.code, each.label) for each in designs()]

    def clean_buyer_phone(self) -> str:
        phone: str = self.cleaned_data.get("buyer_phone", "")
        if self.cleaned_data.get("is_gift") and not phone:
            raise ValidationError(_("Hãy ghi số điện thoại của bạn, người tặng."))
        return phone

    @property
    def card_choices(self) -> list[tuple[CardDesign, bool]]:
        """Each design with whether it is chosen."""
        chosen = self["card"].value() or PLAIN
        return [(design, design.code == chosen) for design in designs()]

    @property
    def gift(self) -> GiftWishes | None:
        """What was wished, cleaned; None for an order that is no gift."""
        data = self.cleaned_data
        if not (self.has_recipients or data.get("is_gift")):
            return None
        return GiftWishes(
            greeting=data.get("greeting", ""),
            sender_name=data.get("sender_name", ""),
            card=data.get("card") or PLAIN,
            deliver_on=data.get("deliver_on"),
        )
