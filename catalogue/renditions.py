"""Make the sizes of pictures ahead of time, so that no buyer waits for one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django_tasks import task
from wagtail.images.models import Filter

from catalogue.pictures.making import drawn_renditions
from catalogue.pictures.specs import ALL_SPECS

_left_to_caller: ContextVar[bool] = ContextVar("renditions_left_to_caller", default=False)


def make_renditions_of(picture_id: int, specs: Sequence[str] = ALL_SPECS) -> int:
    """Make what is missing of `specs` for one picture; returns how many sizes it now has.

    A picture that is gone meanwhile has none. Two workers at once write each size once.
    """
    Picture = apps.get_model("pictures", "Picture")
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    wanted = dict.fromkeys(specs)
    keys = {spec: Filter(spec=spec).get_cache_key(picture) for spec in wanted}
    made = {
        spec
        for spec, key in picture.renditions.values_list("filter_spec", "focal_point_key")
        if keys.get(spec) == key
    }
    for rendition in drawn_renditions(picture, [spec for spec in wanted if spec not in made]):
        picture.renditions.get_or_create(
            filter_spec=rendition.filter_spec,
            focal_point_key=rendition.focal_point_key,
            defaults={"file": rendition.file.file},
        )
    return len(wanted)


@task()
def make_all_renditions(picture_id: int) -> int:
    """Background task: every size that a page may ask for of one picture."""
    return make_renditions_of(picture_id)


def ask_for_renditions(instance: Any, **kwargs: Any) -> None:
    """After an upload, on whatever way it came, and after a moved focal point: make the sizes.

    A receiver of the picture's `post_save`; waits for the commit. What is made already is not
    made again, so that a corrected title costs one query of the worker.
    """
    if kwargs.get("raw") or _left_to_caller.get():
        return
    transaction.on_commit(partial(make_all_renditions.enqueue, instance.pk))


@contextmanager
def made_by_caller() -> Iterator[None]:
    """Pictures saved in here get no task: who loads many makes their sizes, or does without."""
    token = _left_to_caller.set(True)
    try:
        yield
    finally:
        _left_to_caller.reset(token)
