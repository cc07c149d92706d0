"""Background work of pages."""

from django_tasks import task

from catalogue.pictures.specs import ALL_PAGE_SPECS
from catalogue.renditions import make_renditions_of


@task()
def make_page_renditions(picture_id: int) -> int:
    """The sizes of a picture that a page opens with; how many it now has."""
    return make_renditions_of(picture_id, ALL_PAGE_SPECS)
