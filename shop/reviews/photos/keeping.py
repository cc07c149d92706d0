"""Keeping photographs of a review: two sizes of each, nothing of the camera or the place."""

from functools import partial
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from PIL import Image, ImageOps

from shop.reviews.photos.models import ReviewPhoto

MOST_PHOTOS = 4
#: The longer side of what is shown, pixels.
LARGEST_SIDE = 1600
THUMB_SIDE = 240
_WEBP = {"quality": 80, "method": 2}


def add_photos(review: Any, uploads: list[UploadedFile]) -> list[ReviewPhoto]:
    """Put pictures that passed the gate (`clean_picture`) to a review, as many as there is room."""
    room = MOST_PHOTOS - review.photos.count()
    return [_kept(review, upload) for upload in uploads[: max(0, room)]]


def _kept(review: Any, upload: UploadedFile) -> ReviewPhoto:
    upload.seek(0)
    image: Image.Image = ImageOps.exif_transpose(Image.open(BytesIO(upload.read()))).convert("RGB")
    thumb = ImageOps.fit(image, (THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    photo = ReviewPhoto(review=review, width=image.width, height=image.height)
    # The names that people give their files may say who and where.
    photo.file.save("anh.webp", _webp(image), save=False)
    photo.thumb.save("nho.webp", _webp(thumb), save=False)
    photo.save()
    return photo


def _webp(image: Image.Image) -> ContentFile:
    out = BytesIO()
    image.save(out, "WEBP", **_WEBP)
    return ContentFile(out.getvalue())


@receiver(post_delete, sender=ReviewPhoto, dispatch_uid="review-photo-files")
def files_go_with_the_row(instance: ReviewPhoto, **kwargs: Any) -> None:
    """However a photograph goes, with its review or its buyer, its files go too."""
    for file in (instance.file, instance.thumb):
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
