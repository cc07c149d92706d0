"""The pictures of a listing as its draft wants them, and how they are hung when it is published.

A draft keeps its gallery as `[{"picture": key, "alt": words, "x": 40, "y": 60}]`, first picture
first; `x` and `y` are the point to keep when a picture is cut, in percent of its sides. A revision
holds columns only, so the rows of the gallery (`ProductImage`) and what is said of the pictures
follow at publishing. None means that the rows are as they are wanted.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from catalogue.models import Product
    from catalogue.pictures.models import Picture

#: Pictures of one listing; more load slowly on a phone and nobody looks at them.
MOST_PICTURES = 10
#: Share of a picture's shorter side that the point to keep stands for.
KEPT_SHARE = 0.2


@dataclass(frozen=True)
class Shot:
    """One picture in a gallery. `x` and `y` are percent; None where nobody chose a point."""

    picture: "Picture"
    alt: str
    x: int | None = None
    y: int | None = None

    def entry(self) -> dict[str, Any]:
        return {"picture": self.picture.pk, "alt": self.alt, "x": self.x, "y": self.y}


def shots_of(product: "Product") -> list[Shot]:
    """The gallery that `product`, a draft or not, wants, in order. Two queries at most."""
    if product.gallery is None:
        if product.pk is None:
            return []
        rows = product.images.select_related("original").order_by("display_order", "pk")
        return [_shot_as_it_is(row.original) for row in rows]
    pictures = apps.get_model("pictures", "Picture").objects.in_bulk(
        [entry["picture"] for entry in product.gallery]
    )
    return [
        Shot(pictures[entry["picture"]], entry["alt"], entry["x"], entry["y"])
        for entry in product.gallery
        if entry["picture"] in pictures
    ]


def has_pictures(product: "Product") -> bool:
    """Whether the gallery that `product` wants has any."""
    return bool(product.gallery) if product.gallery is not None else product.images.exists()


def hang(product: "Product") -> None:
    """Make the gallery's rows what the published `product` wants, and forget the wish.

    Words and point are written to pictures of the producer's own collection only: others may be
    shown here, but belong to somebody else.
    """
    if product.gallery is None:
        return
    ProductImage = apps.get_model("catalogue", "ProductImage")
    shots = shots_of(product)
    kept = {row.original_id: row for row in product.images.all()}
    for place, shot in enumerate(shots):
        row = kept.pop(shot.picture.pk, None) or ProductImage(
            product=product, original=shot.picture
        )
        row.display_order = place
        row.save()
        if is_own(shot.picture, product.producer):
            _say(shot)
    # Not the queryset's delete: each row tells the search and the caches.
    for row in kept.values():
        row.delete()
    type(product).objects.filter(pk=product.pk).update(gallery=None)
    product.gallery = None


def is_own(picture: "Picture", producer: Any) -> bool:
    """Whether the picture lies in the producer's own collection."""
    return (
        producer is not None
        and producer.collection_id is not None
        and picture.collection_id == producer.collection_id
    )


def _shot_as_it_is(picture: "Picture") -> Shot:
    point = picture.get_focal_point()
    if point is None:
        return Shot(picture, picture.alt_text)
    x, y = point.centroid
    return Shot(
        picture, picture.alt_text, round(100 * x / picture.width), round(100 * y / picture.height)
    )


def _say(shot: Shot) -> None:
    picture = shot.picture
    before = (picture.alt_text, picture.focal_point_x, picture.focal_point_y)
    picture.alt_text = shot.alt
    if shot.x is not None and shot.y is not None:
        side = max(1, round(KEPT_SHARE * min(picture.width, picture.height)))
        picture.focal_point_x = round(shot.x * picture.width / 100)
        picture.focal_point_y = round(shot.y * picture.height / 100)
        picture.focal_point_width = picture.focal_point_height = side
    if before != (picture.alt_text, picture.focal_point_x, picture.focal_point_y):
        picture.save()
