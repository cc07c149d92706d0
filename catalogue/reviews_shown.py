"""What buyers said of a product, as its page and search engines are told."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Avg, Count, F, Window
from django.utils.formats import number_format

if TYPE_CHECKING:
    from catalogue.models import Product

#: Reviews on the product's own page.
NEWEST = 3
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Reviews:
    """`average` is of all `count` approved reviews, 1 to 5; None without any."""

    count: int = 0
    average: float | None = None
    newest: tuple[Any, ...] = ()

    @property
    def average_text(self) -> str:
        """`4,7`; 4,25 is 4,3, as people round."""
        if self.average is None:
            return ""
        return number_format(Decimal(str(self.average)).quantize(TENTH, ROUND_HALF_UP), 1)


def reviews_of(product: "Product") -> Reviews:
    """Approved reviews of a product, in two queries; none for one known to have none."""
    if not getattr(product, "has_reviews", True):
        return Reviews()
    model: Any = apps.get_model("reviews", "ProductReview")
    product_of: Any = [F("product_id")]
    rows = tuple(
        model.objects.approved()
        .filter(product=product.pk)
        .select_related("user")
        .prefetch_related("photos")
        .annotate(
            number=Window(Count("pk"), partition_by=product_of),
            mean=Window(Avg(F("score") * 1.0), partition_by=product_of),
        )
        .order_by("-date_created", "-pk")[:NEWEST]
    )
    if not rows:
        return Reviews()
    return Reviews(rows[0].number, float(rows[0].mean), rows)
