"""Photographs and documents of a lot, for its trace page."""

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents.models import Document

from catalogue.models import Lot, LotPaper
from catalogue.pictures.models import Picture
from shop.private_files import PDF
from shop.producers.listings.photos import collection_of

#: More than this on one lot nobody opens.
MOST_PAPERS = 8


class TooMany(Exception):
    """The message is for the person."""


@transaction.atomic
def add_paper(lot: Lot, title: str, upload: UploadedFile, *, by: Any) -> LotPaper:
    """Keep an upload that passed the gate: a photograph as a picture, a PDF as a document.

    Raises TooMany.
    """
    Lot.objects.select_for_update(of=("self",)).get(pk=lot.pk)
    if lot.papers.count() >= MOST_PAPERS:
        raise TooMany(_("Mỗi lô nhiều nhất 8 ảnh và giấy."))
    producer: Any = lot.product.producer
    facts: dict[str, Any] = {
        "title": f"{lot.code} · {title}"[:255],
        "file": upload,
        "collection": collection_of(producer),
        "uploaded_by_user": by,
    }
    if PurePath(upload.name or "").suffix.lower() == PDF:
        return LotPaper.objects.create(
            lot=lot, title=title, document=Document.objects.create(**facts)
        )
    picture = Picture(alt_text=title, **facts)
    picture.save()
    return LotPaper.objects.create(lot=lot, title=title, picture=picture)
