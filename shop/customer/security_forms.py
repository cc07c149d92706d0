"""Forms that ask for the password again: another email, and whatever cannot be undone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.limits.counting import count, forget
from shop.users.models import User


def check_password_again(user: User, typed: str, refusal: str) -> None:
    """Raise ValidationError with `refusal` for a wrong password, and for any after too many.

    Counted before the look, so that many at once are counted each.
    """
    if count("password-again", f"account:{user.pk}").is_over:
        raise forms.ValidationError(_("Sai nhiều lần quá. Hãy thử lại sau một giờ."))
    if not user.check_password(typed):
        raise forms.ValidationError(refusal)
    forget("password-again", f"account:{user.pk}")


class PasswordAgainForm(forms.Form):
    """The account's own password, so that an open browser alone is not enough."""

    password = forms.CharField(
        label=gettext_lazy("Mật khẩu hiện tại"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Hãy nhập mật khẩu.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        check_password_again(self.user, typed, _("Mật khẩu chưa đúng."))
        return typed


class ChangeEmailForm(PasswordAgainForm):
    """Another address, which has to be proved before it counts."""

    email = forms.EmailField(
        label=gettext_lazy("Email mới"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
        error_messages={"required": gettext_lazy("Hãy nhập email mới.")},
    )

    field_order = ("email", "password")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.user.email:
            raise forms.ValidationError(_("Đây đã là email của tài khoản."))
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Email này đã có tài khoản khác."))
        return email
