"""Addresses that nobody has yet."""

from typing import Any

from django.db import models

from catalogue.text import slugify_vi

#: Letters kept for a number at the end.
ROOM_FOR_NUMBER = 8


def free_slug(instance: models.Model, text: str) -> str:
    """The slug of `text` for `instance`; `-2`, `-3`… after it where others have it already."""
    model: Any = type(instance)
    length = model._meta.get_field("slug").max_length - ROOM_FOR_NUMBER
    base = slugify_vi(text)[:length].rstrip("-")
    others = model._default_manager.filter(slug__startswith=base).exclude(pk=instance.pk)
    taken = set(others.values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
