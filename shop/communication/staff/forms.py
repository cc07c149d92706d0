"""The three parts of a letter as staff write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.communication.wording.engine import check
from shop.communication.wording.kinds import needed_in, variables_of


class WordingForm(forms.Form):
    """A part left empty, or left as the shop wrote it, stays the shop's own."""

    subject = forms.CharField(label=_("Tiêu đề"), max_length=250, required=False)
    text = forms.CharField(
        label=_("Phần chữ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("Cho máy đọc thư không hiện HTML, và cho người nghe đọc màn hình."),
    )
    html = forms.CharField(
        label=_("Phần HTML"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("Nằm trong khung thư của cửa hàng: tên, viền và chân thư có sẵn."),
    )

    def __init__(self, *args: Any, code: str, originals: dict[str, str], **kwargs: Any) -> None:
        self.code, self.originals = code, originals
        super().__init__(*args, **kwargs)
        for part in ("subject", "text", "html"):
            if part not in originals:
                del self.fields[part]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for part in self.originals:
            words = data.get(part, "").replace("\r\n", "\n").strip()
            if words == self.originals[part].strip():
                words = ""
            data[part] = words
            if words:
                self._check(part, words)
        return data

    def _check(self, part: str, words: str) -> None:
        try:
            check(
                words,
                allowed=variables_of(self.code),
                needed=needed_in(self.code, part),
                is_html=part == "html",
            )
        except forms.ValidationError as error:
            self.add_error(part, error)
