"""What other rooms' pages show of questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Count, F, Window

from shop.questions.models import Question

register = template.Library()
#: Questions on the product's own page.
NEWEST = 3


@dataclass(frozen=True)
class Asked:
    """`count` of all that is shown, and the newest with those answered first."""

    count: int
    newest: Sequence[Question]


@register.simple_tag
def questions_of(product: Any) -> Asked:
    """What was asked of a product, in one query; none for one known to have none."""
    if not getattr(product, "has_questions", True):
        return Asked(0, [])
    by_product: Any = [F("product_id")]
    rows = list(
        Question.objects.shown()
        .filter(product=product.pk)
        .annotate(number=Window(Count("pk"), partition_by=by_product))
        .order_by(F("answered_at").desc(nulls_last=True), "-pk")[:NEWEST]
    )
    for row in rows:
        row.product = product
    return Asked(rows[0].number if rows else 0, rows)
