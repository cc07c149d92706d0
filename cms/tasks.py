"""Background work of pages."""

from django_tasks import task

from catalogue.pictures.specs import ALL_PAGE_SPECS
from catalogue.renditions import make_renditions_of
from cms.remembered import forget


@task()
def make_page_renditions(picture_id: int) -> int:
    """The sizes of a picture that a page opens with; how many it now has."""
    made = make_renditions_of(picture_id, ALL_PAGE_SPECS)
    # Whoever looked meanwhile was given the upload itself.
    forget()
    return made
