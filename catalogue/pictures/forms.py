"""The picture library's upload form: every upload there goes through the one gate."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from catalogue.pictures.guard import clean_picture


class PictureField(WagtailImageField):
    """Wagtail's field behind the gate: what it yields is upright and tells no place."""

    def to_python(self, data: Any) -> Any:
        return super().to_python(clean_picture(data) if data else data)


class PictureForm(BaseImageForm):
    """The base of Wagtail's forms for one upload and for many at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )
            self.fields["file"].help_text = _(
                "JPEG, PNG, WebP, AVIF hoặc HEIC, tới 10 MB và 50 triệu điểm ảnh."
            )

    def save(self, commit: bool = True) -> Any:
        """The sizes of a new file are made after the old file's sizes are gone."""
        with transaction.atomic():
            return super().save(commit=commit)
