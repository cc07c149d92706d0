"""Make the sizes of pictures ahead of time, so that no buyer waits for one."""

from collections.abc import Sequence

from django.apps import apps
from django_tasks import task

from catalogue.pictures.specs import PRODUCT_SPECS


def make_renditions_of(picture_id: int, specs: Sequence[str] = PRODUCT_SPECS) -> int:
    """Make what is missing of `specs` for one picture; returns how many sizes it now has.

    A picture that is gone meanwhile has none.
    """
    Picture = apps.get_model("pictures", "Picture")
    picture = Picture.objects.filter(pk=picture_id).first()
    return len(picture.get_renditions(*specs)) if picture else 0


@task()
def make_product_renditions(picture_id: int) -> int:
    """Background task: the sizes of a product's picture."""
    return make_renditions_of(picture_id)
