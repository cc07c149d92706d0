"""Pictures of pages: which sizes are made of them, and how they are loaded with those."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Prefetch
from django.http import HttpRequest

from catalogue.images import ShownPicture, shown
from catalogue.pictures.specs import CARD_SPECS, FORMAT, SHARE_SPEC
from cms.remembered import remembered_of

if TYPE_CHECKING:
    from catalogue.pictures.models import Picture

#: Widths of a picture that opens a page or stands in its text, pixels; its own proportions.
PAGE_WIDTHS = (480, 800, 1200)
PAGE_SPECS = tuple(f"width-{width}|format-{FORMAT}" for width in PAGE_WIDTHS)
#: Story and place cards: three to two.
LANDSCAPE_SPECS = tuple(
    f"fill-{width}x{height}|format-{FORMAT}" for width, height in ((360, 240), (720, 480))
)
#: Everything made of a picture that a page uses.
ALL_PAGE_SPECS = (*PAGE_SPECS, *LANDSCAPE_SPECS, *CARD_SPECS[:2], SHARE_SPEC)


def pictures_by_key(keys: Iterable[int | None]) -> dict[int, "Picture"]:
    """Pictures with their made sizes, in two queries."""
    Picture = apps.get_model("pictures", "Picture")
    Rendition = apps.get_model("pictures", "Rendition")
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    made = Rendition.objects.filter(filter_spec__in=ALL_PAGE_SPECS)
    return Picture.objects.prefetch_related(Prefetch("renditions", queryset=made)).in_bulk(wanted)


def shown_picture(picture: "Picture | None", specs: Sequence[str]) -> ShownPicture | None:
    return shown(picture, specs) if picture else None


def hero_picture(page: Any, request: HttpRequest) -> ShownPicture | None:
    """The picture that opens a page."""

    def make() -> ShownPicture | None:
        return shown_picture(pictures_by_key([page.picture_id]).get(page.picture_id), PAGE_SPECS)

    return remembered_of(page, request, "hero", make)
