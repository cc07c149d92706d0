"""Deciding about a code: the words of a refusal."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do, người giới thiệu đọc được"),
        max_length=300,
        error_messages={"required": _("Hãy nói vì sao không duyệt.")},
    )
