"""What a company types when it answers a quote."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AcceptForm(forms.Form):
    """Who says yes, and to what."""

    name = forms.CharField(
        label=_("Họ và tên người chấp nhận"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Hãy ghi họ và tên người chấp nhận.")},
    )
    agrees = forms.BooleanField(
        label=_("Tôi đồng ý với báo giá này và điều khoản mua bán của cửa hàng."),
        error_messages={"required": _("Hãy đánh dấu đồng ý.")},
    )


class DeclineForm(forms.Form):
    """Why not; staff read it."""

    words = forms.CharField(
        label=_("Vì sao, để chúng tôi báo lại cho đúng"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi vài chữ: giá, thời gian, hay điều khác.")},
    )
