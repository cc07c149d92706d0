"""Pictures of pages: which sizes are made of them, and how they are loaded with those."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest

from catalogue.images import ShownPicture, shown
from catalogue.pictures.specs import ALL_PAGE_SPECS, PAGE_SPECS
from cms.remembered import remembered_of

if TYPE_CHECKING:
    from catalogue.pictures.models import Picture


def pictures_by_key(keys: Iterable[int | None]) -> dict[int, "Picture"]:
    """Pictures with their made sizes, in one query; in two where a picture has none yet."""
    Picture = apps.get_model("pictures", "Picture")
    Rendition = apps.get_model("pictures", "Rendition")
    wanted = {key for key in keys if key}
    made = Rendition.objects.filter(image__in=wanted, filter_spec__in=ALL_PAGE_SPECS)
    found: dict[int, Any] = {}
    for rendition in made.select_related("image") if wanted else ():
        picture = found.setdefault(rendition.image_id, rendition.image)
        rendition.image = picture
        # Where Wagtail looks for sizes that were read before.
        vars(picture).setdefault("prefetched_renditions", []).append(rendition)
    if waiting := wanted - found.keys():
        found |= Picture.objects.in_bulk(waiting)
        for key in waiting & found.keys():
            found[key].prefetched_renditions = []
    return found


def shown_picture(picture: "Picture | None", specs: Sequence[str]) -> ShownPicture | None:
    return shown(picture, specs) if picture else None


def hero_picture(page: Any, request: HttpRequest) -> ShownPicture | None:
    """The picture that opens a page."""

    def make() -> ShownPicture | None:
        return shown_picture(pictures_by_key([page.picture_id]).get(page.picture_id), PAGE_SPECS)

    return remembered_of(page, request, "hero", make)
