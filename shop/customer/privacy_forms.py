"""The last form of an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.customer.security_forms import PasswordAgainForm
from shop.personal.registry import ErasureWishes


class EraseForm(PasswordAgainForm):
    """The password, what of the public words may stay, and that it cannot be undone."""

    keep_public = forms.BooleanField(
        label=_("Giữ lại đánh giá và câu hỏi đã đăng của tôi, không ghi tên (“Khách đã mua”)"),
        required=False,
        help_text=_("Không đánh dấu thì chúng bị xóa cùng ảnh."),
    )
    understood = forms.BooleanField(
        label=_("Tôi hiểu là không lấy lại được"),
        error_messages={"required": _("Hãy đánh dấu để xác nhận.")},
    )
    field_order = ("keep_public", "understood", "password")

    @property
    def wishes(self) -> ErasureWishes:
        """Of a valid form."""
        return ErasureWishes(keep_public=self.cleaned_data["keep_public"])
