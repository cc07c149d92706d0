"""Forms of reviews. What goods may not be said to do, buyers may not say here either."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.claims import findings
from shop.reviews.models import LEAST, MOST

#: As many letters as a person reads.
MOST_LETTERS = 2000
SCORES = [(score, f"{score} / {MOST}") for score in range(MOST, LEAST - 1, -1)]


class _ClaimsMixin(forms.Form):
    """Refuses texts with claims (treat, cure, prevent …), with the reasons."""

    def _without_claims(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if found := findings(text, where=str(self.fields[name].label)):
            raise forms.ValidationError(found)
        return text


class ReviewForm(_ClaimsMixin):
    score = forms.TypedChoiceField(
        label=_("Bạn cho mấy điểm?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn số điểm.")},
    )
    title = forms.CharField(
        label=_("Nói gọn một câu"),
        max_length=120,
        error_messages={"required": _("Hãy viết một câu.")},
    )
    body = forms.CharField(
        label=_("Kể thêm"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Hãy kể vài dòng.")},
        help_text=_(
            "Hàng tới thế nào, có đúng như mô tả không? Không viết công dụng chữa bệnh: luật "
            "không cho phép quảng cáo như vậy."
        ),
    )

    def clean_title(self) -> str:
        return self._without_claims("title")

    def clean_body(self) -> str:
        return self._without_claims("body")


class AnswerForm(_ClaimsMixin):
    """The producer's answer; empty takes it back."""

    answer = forms.CharField(
        label=_("Trả lời người mua"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ai xem trang sản phẩm cũng đọc được. Để trống để gỡ."),
    )

    def clean_answer(self) -> str:
        return self._without_claims("answer")


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao không đăng"),
        max_length=300,
        error_messages={"required": _("Hãy nói người mua cần sửa gì.")},
        help_text=_("Người mua đọc được câu này và có thể sửa rồi gửi lại."),
    )
