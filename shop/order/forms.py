"""What a buyer types about an order that is placed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.address.forms import VietnameseAddressFormMixin
from shop.order.models.message import MESSAGE_LENGTH


class QuestionForm(forms.Form):
    """A few words to who sends a parcel, or to the shop."""

    text = forms.CharField(
        label=_("Bạn muốn hỏi gì"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy viết câu hỏi.")},
    )


class AnswerForm(forms.Form):
    """What staff answer."""

    text = forms.CharField(
        label=_("Trả lời người mua"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy viết câu trả lời.")},
    )


class MoveForm(VietnameseAddressFormMixin):
    """Another name, telephone or place for an order. `ask` comes from the second look."""
