"""Forms of questions and answers. What goods may not be said to do is not said here either."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.given_name import GivenNameField
from shop.reviews.forms import ClaimsMixin
from shop.traps import TrapMixin


class QuestionForm(TrapMixin, ClaimsMixin):
    """A question; who has no account leaves an address."""

    text = forms.CharField(
        label=_("Câu hỏi của bạn"),
        min_length=8,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Hãy viết câu hỏi."),
            "min_length": _("Hãy hỏi rõ hơn một chút."),
        },
        help_text=_("Hỏi về món hàng. Về đơn đã đặt, xin hỏi ở trang đơn hàng."),
    )
    name = GivenNameField(
        label=_("Tên hiện ra"),
        max_length=60,
        help_text=_("Chỉ tên gọi, ví dụ Lan. Để trống: “Người mua”."),
    )
    email = forms.EmailField(
        label=_("Email của bạn"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
        help_text=_("Để báo khi có câu trả lời. Không hiện ra ở đâu; bạn xác nhận qua thư trước."),
    )

    def __init__(self, *args: Any, is_signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_signed_in:
            del self.fields["email"]

    def clean_text(self) -> str:
        return self.without_claims("text")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class AnswerForm(ClaimsMixin):
    answer = forms.CharField(
        label=_("Câu trả lời"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy viết câu trả lời.")},
        help_text=_("Ai xem trang sản phẩm cũng đọc được. Số điện thoại và email được ẩn đi."),
    )

    def clean_answer(self) -> str:
        return self.without_claims("answer")


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao không đăng"),
        max_length=300,
        error_messages={"required": _("Hãy ghi lý do.")},
    )
