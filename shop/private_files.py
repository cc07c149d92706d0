"""Papers that people hand in: kept where no address leads, sent only by views that ask who asks."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.pictures.guard import ENDINGS, clean_picture
from catalogue.text import slugify_vi

MAX_BYTES = 10 * 1024 * 1024
PDF = ".pdf"
#: What a kept paper is, by the end of its name; nothing else is kept.
TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PDF: "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
ACCEPT = ",".join([PDF, *(ending for endings in ENDINGS.values() for ending in endings)])


def private_storage() -> Storage:
    """Where papers are kept: a folder beside the database, or the bucket with signed addresses."""
    return storages["private"]


def clean_paper(upload: UploadedFile) -> UploadedFile:
    """A PDF as it is, or a photograph upright and without its place.

    Raises ValidationError, in words for the person, when it is neither or heavier than 10 MB.
    """
    if PurePath(upload.name or "").suffix.lower() != PDF:
        return clean_picture(upload)
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("Tệp nặng quá 10 MB. Hãy chọn tệp nhẹ hơn."), code="too_heavy")
    upload.seek(0)
    content = upload.read()
    if not content.startswith(b"%PDF-"):
        raise ValidationError(_("Tệp này không phải PDF. Hãy chọn PDF hoặc ảnh."), code="not_pdf")
    name = f"{slugify_vi(PurePath(upload.name or '').stem)}{PDF}"
    return SimpleUploadedFile(name, content, TYPES[PDF])


class PaperField(forms.FileField):
    """One scan or photograph of a paper."""

    default_error_messages = {
        "required": gettext_lazy("Hãy chọn tệp."),
        "empty": gettext_lazy("Tệp này trống."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ACCEPT}))
        kwargs.setdefault("help_text", gettext_lazy("PDF hoặc ảnh chụp rõ chữ, tới 10 MB."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        kept = super().clean(data, initial)
        return clean_paper(kept) if isinstance(kept, UploadedFile) else kept


def send_paper(file: Any, name: str = "") -> FileResponse:
    """The file itself as a download. Who may have it is the caller's question.

    Raises Http404 when it is gone.
    """
    ending = PurePath(file.name).suffix.lower()
    try:
        content = file.open("rb")
    except FileNotFoundError as error:  # the row outlived it, after a restore say
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=name or PurePath(file.name).name,
        content_type=TYPES.get(ending, "application/octet-stream"),
    )
    # Never looked into for another kind, never kept by a proxy.
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def delete_files(files: Iterable[Any]) -> None:
    """Take files of gone rows away from where they lie; called once the rows' end is certain."""
    for file in files:
        file.storage.delete(file.name)
