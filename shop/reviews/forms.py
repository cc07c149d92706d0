"""Forms of reviews. What goods may not be said to do, buyers may not say here either."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.claims import findings
from shop.photos import PhotosField
from shop.reviews.models import LEAST, MOST
from shop.reviews.photos.keeping import MOST_PHOTOS
from shop.reviews.photos.models import ReviewPhoto

#: As many letters as a person reads.
MOST_LETTERS = 2000
SCORES = [(score, f"{score} / {MOST}") for score in range(MOST, LEAST - 1, -1)]


class ClaimsMixin(forms.Form):
    """Refuses texts with claims (treat, cure, prevent …), with the reasons."""

    def without_claims(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if found := findings(text, where=str(self.fields[name].label)):
            raise forms.ValidationError(found)
        return text


class ReviewForm(ClaimsMixin):
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

    photos = PhotosField(
        label=_("Ảnh"),
        required=False,
        most=MOST_PHOTOS,
        help_text=_(
            "Đến 4 ảnh món hàng bạn nhận. Ảnh hiện ra sau khi được duyệt; nơi chụp được xóa khỏi "
            "ảnh."
        ),
    )
    drop = forms.ModelMultipleChoiceField(
        label=_("Bỏ ảnh"),
        queryset=ReviewPhoto.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, own: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Photographs that the review has already.
        self.kept = list(own.photos.all()) if own else []
        drop: Any = self.fields["drop"]
        drop.queryset = ReviewPhoto.objects.filter(review=own) if own else drop.queryset

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        left = len(self.kept) - len(data.get("drop") or [])
        if left + len(data.get("photos") or []) > MOST_PHOTOS:
            self.add_error("photos", _("Mỗi đánh giá nhiều nhất 4 ảnh. Hãy bỏ bớt ảnh cũ."))
        if self.errors and data.get("photos"):
            # A browser does not keep chosen files.
            self.add_error("photos", _("Sửa xong, xin chọn lại ảnh."))
        return data

    def clean_title(self) -> str:
        return self.without_claims("title")

    def clean_body(self) -> str:
        return self.without_claims("body")


class AnswerForm(ClaimsMixin):
    """The producer's answer; empty takes it back."""

    answer = forms.CharField(
        label=_("Trả lời người mua"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ai xem trang sản phẩm cũng đọc được. Để trống để gỡ."),
    )

    def clean_answer(self) -> str:
        return self.without_claims("answer")


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao không đăng"),
        max_length=300,
        error_messages={"required": _("Hãy nói người mua cần sửa gì.")},
        help_text=_("Người mua đọc được câu này và có thể sửa rồi gửi lại."),
    )
