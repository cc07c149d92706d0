"""What follows when a page goes live: its pictures are made.

Wagtail's editor saves a draft every half second, so nothing here listens to `post_save` of pages.
"""

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.signals import page_published

from cms.blocks.reading import keys_in
from cms.tasks import make_page_renditions


def pictures_are_made(instance: Any, **kwargs: Any) -> None:
    field = getattr(instance, "lead_picture_field", lambda: None)()
    keys = {instance.share_image_id, getattr(instance, f"{field}_id") if field else None}
    keys.update(keys_in(getattr(instance, "body", None), "pictures.Picture"))
    for key in keys - {None}:
        transaction.on_commit(partial(make_page_renditions.enqueue, key))


def connect() -> None:
    page_published.connect(pictures_are_made, dispatch_uid="cms.pictures_are_made")
