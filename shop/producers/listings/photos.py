"""Photographs of a listing: taken with the phone, put in order, told in words, cut."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection

from catalogue.gallery import MOST_PICTURES, Shot, is_own, shots_of
from catalogue.models import Product
from catalogue.pictures.models import Picture
from shop.partner.models import Partner
from shop.producers.listings.drafting import NotPossible, draft_of, save_draft

#: Above all producers' own collections in the library.
SHELF = "Ảnh của nhà sản xuất"
WIDEST_ALT = 250


@transaction.atomic
def collection_of(producer: Partner) -> Collection:
    """The producer's own collection in the library, made when first asked for."""
    locked = Partner.objects.select_for_update(of=("self",)).get(pk=producer.pk)
    if locked.collection is not None:
        return locked.collection
    root = Collection.get_first_root_node()
    shelf = Collection.objects.filter(name=SHELF, depth=root.depth + 1).first()
    if shelf is None:
        shelf = root.add_child(name=SHELF)
    # Treebeard counts children in the row: a stale parent would write it wrong.
    shelf = Collection.objects.get(pk=shelf.pk)
    locked.collection = shelf.add_child(name=f"{locked.name} ({locked.pk})"[:255])
    locked.save(update_fields=["collection"])
    producer.collection = locked.collection
    return locked.collection


@transaction.atomic
def add_photos(product: Product, uploads: list[UploadedFile], *, by: Any) -> list[Shot]:
    """Put pictures that passed the gate behind those that are there. Raises NotPossible."""
    draft = draft_of(product)
    shots = shots_of(draft)
    if len(shots) + len(uploads) > MOST_PICTURES:
        raise NotPossible(_("Mỗi món nhiều nhất 10 ảnh. Hãy bỏ bớt rồi thêm."))
    producer: Any = product.producer
    collection = collection_of(producer)
    title = draft.title or PurePath(uploads[0].name or "").stem
    for upload in uploads:
        picture = Picture(
            title=title[:255], file=upload, collection=collection, uploaded_by_user=by
        )
        picture.save()
        shots.append(Shot(picture, ""))
    return _keep(draft, shots, by)


def remove_photo(product: Product, picture: int, *, by: Any) -> list[Shot]:
    """Take one out of the gallery; the picture stays in the library."""
    return _change(product, by, lambda shots: [s for s in shots if s.picture.pk != picture])


def move_photo(product: Product, picture: int, *, by: Any, earlier: bool) -> list[Shot]:
    """One place towards the first, or away from it."""

    def moved(shots: list[Shot]) -> list[Shot]:
        keys = [shot.picture.pk for shot in shots]
        if picture not in keys:
            return shots
        place = keys.index(picture)
        other = place - 1 if earlier else place + 1
        if 0 <= other < len(shots):
            shots[place], shots[other] = shots[other], shots[place]
        return shots

    return _change(product, by, moved)


def describe_photo(product: Product, picture: int, alt: str, *, by: Any) -> list[Shot]:
    """Words for those who do not see it; only of one's own pictures."""
    return _change_one(product, picture, by, alt=" ".join(alt.split())[:WIDEST_ALT])


def keep_point(product: Product, picture: int, x: int, y: int, *, by: Any) -> list[Shot]:
    """The point, in percent, that stays in sight when the picture is cut."""
    inside = {"x": min(100, max(0, x)), "y": min(100, max(0, y))}
    return _change_one(product, picture, by, **inside)


def _change_one(product: Product, picture: int, by: Any, **facts: Any) -> list[Shot]:
    def changed(shots: list[Shot]) -> list[Shot]:
        return [
            Shot(**{**vars(shot), **facts})
            if shot.picture.pk == picture and is_own(shot.picture, product.producer)
            else shot
            for shot in shots
        ]

    return _change(product, by, changed)


@transaction.atomic
def _change(product: Product, by: Any, change: Callable[[list[Shot]], list[Shot]]) -> list[Shot]:
    draft = draft_of(product)
    return _keep(draft, change(shots_of(draft)), by)


def _keep(draft: Product, shots: list[Shot], by: Any) -> list[Shot]:
    draft.gallery = [shot.entry() for shot in shots]
    save_draft(draft, by=by)
    return shots
