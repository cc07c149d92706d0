"""A field for several photographs at once, for every form that takes any."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue.pictures.guard import ENDINGS, clean_picture

ACCEPT = ",".join(["image/*", *(ending for endings in ENDINGS.values() for ending in endings)])


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photographs, each through the gate; what is wrong is said by file."""

    widget = PhotosInput

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PhotosInput(attrs={"accept": ACCEPT}))
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [upload for upload in data or [] if upload]
        if not uploads and self.required:
            raise ValidationError(_("Hãy chọn ảnh."))
        if self.most is not None and len(uploads) > self.most:
            raise ValidationError(_("Nhiều nhất %(n)s ảnh.") % {"n": self.most})
        good, wrong = [], []
        for upload in uploads:
            try:
                good.append(clean_picture(upload))
            except ValidationError as error:
                wrong += [f"{upload.name}: {sentence}" for sentence in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return good
