"""Forms of the account: sign-in, sign-up, profile, passwords."""

import re
from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    BaseUserCreationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.customer.letters import write_password_letter
from shop.customer.security_forms import check_password_again
from shop.personal.fields import ConsentFieldsMixin
from shop.phone import PhoneField
from shop.traps import TrapMixin
from shop.users.models import User

_EMAIL_ATTRS = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
#: A scheme, "www.", an address, or a dot between letters as in "evil.vn". Names of people have
#: none of these: "Ng. Văn A", "Ng.Văn A", "T.M. Hoa".
_LIKE_A_LINK = re.compile(r"://|www\.|@|\w{2,}\.(?:[a-z]{2,}|[A-Z]{2,})\b")


class SignInForm(AuthenticationForm):
    """Email or telephone number, and password. Every failure is answered in the same words."""

    username = forms.CharField(
        label=_("Email hoặc số điện thoại"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "Email, số điện thoại hoặc mật khẩu chưa đúng. Mật khẩu phân biệt chữ hoa, chữ thường."
        ),
    }


class SignUpForm(TrapMixin, ConsentFieldsMixin, BaseUserCreationForm):
    """A new account: name, email, phone if they like, password."""

    first_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(label=_("Email"), widget=forms.EmailInput(attrs=_EMAIL_ATTRS))
    phone = PhoneField(label=_("Số điện thoại"), required=False)
    password1 = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 10 ký tự, không quá phổ biến."),
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    error_messages = {"password_mismatch": _("Hai mật khẩu chưa giống nhau.")}

    class Meta:
        model = User
        fields = ("first_name", "email", "phone")

    def clean_first_name(self) -> str:
        return _name_without_links(self.cleaned_data["first_name"])

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _("Email này đã có tài khoản. Bạn có thể đăng nhập hoặc lấy lại mật khẩu.")
            )
        return email

    def clean_phone(self) -> str | None:
        return _free_phone(self.cleaned_data["phone"], self.instance)

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=False)
        user.language = get_language() or "vi"
        if commit:
            user.save()
        return user


class ProfileForm(forms.ModelForm):
    """Name, phone and language. The email has a page of its own: it has to be proved."""

    phone = PhoneField(label=_("Số điện thoại"), required=False)

    class Meta:
        model = User
        fields = ("first_name", "phone", "language")
        widgets = {"first_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        self.fields["language"].label = _("Ngôn ngữ của thư gửi cho bạn")

    def clean_first_name(self) -> str:
        return _name_without_links(self.cleaned_data["first_name"])

    def clean_phone(self) -> str | None:
        return _free_phone(self.cleaned_data["phone"], self.instance)


class OwnPasswordChangeForm(PasswordChangeForm):
    error_messages = {
        "password_mismatch": _("Hai mật khẩu chưa giống nhau."),
        "password_incorrect": _("Mật khẩu cũ chưa đúng."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Mật khẩu cũ")
        _name_new_passwords(self)

    def clean_old_password(self) -> str:
        typed: str = self.cleaned_data["old_password"]
        check_password_again(self.user, typed, str(self.error_messages["password_incorrect"]))
        return typed


class NewPasswordForm(SetPasswordForm):
    error_messages = {"password_mismatch": _("Hai mật khẩu chưa giống nhau.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_passwords(self)


class ForgotPasswordForm(TrapMixin, PasswordResetForm):
    """Writes a letter with a one-time link; says the same whether or not there is an account."""

    email = forms.EmailField(
        label=_("Email"), max_length=254, widget=forms.EmailInput(attrs=_EMAIL_ATTRS)
    )

    def save(self, *args: Any, **kwargs: Any) -> None:
        for user in self.get_users(self.cleaned_data["email"].strip().lower()):
            write_password_letter(user)


def _name_without_links(name: str) -> str:
    """Names are written into letters: what a mail program would make a link of is refused."""
    if _LIKE_A_LINK.search(name):
        raise forms.ValidationError(_("Họ tên không được chứa địa chỉ trang web."))
    return name


def _name_new_passwords(form: forms.Form) -> None:
    form.fields["new_password1"].label = _("Mật khẩu mới")
    form.fields["new_password1"].help_text = _("Ít nhất 10 ký tự, không quá phổ biến.")
    form.fields["new_password2"].label = _("Nhập lại mật khẩu mới")
    form.fields["new_password2"].help_text = ""


def _free_phone(phone: str, owner: User) -> str | None:
    if not phone:
        return None
    if User.objects.filter(phone=phone).exclude(pk=owner.pk).exists():
        raise forms.ValidationError(_("Số điện thoại này đã thuộc một tài khoản khác."))
    return phone
