"""The guard before publishing: a listing goes live only with its label and without claims."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from catalogue.claims import findings
from catalogue.label_check import missing_facts

if TYPE_CHECKING:
    from catalogue.models import Product

#: Texts of a product that a visitor reads.
CHECKED_FIELDS = (
    "title",
    "title_en",
    "summary",
    "summary_en",
    "description",
    "description_en",
    "ingredients",
    "ingredients_en",
    "storage",
    "storage_en",
    "usage",
    "usage_en",
    "warnings",
    "warnings_en",
)


def forbidden_claims(product: "Product") -> list[str]:
    """One sentence for each claim that may not be published: where, what, why."""
    sentences: list[str] = []
    for name in CHECKED_FIELDS:
        label = getattr(product._meta.get_field(name), "verbose_name", name)
        sentences += findings(getattr(product, name) or "", where=label)
    return sentences


def obstacles(product: "Product") -> list[str]:
    """Everything that keeps `product` from being published, in words for its producer."""
    return [*missing_facts(product), *forbidden_claims(product)]


def check_publishable(product: "Product") -> None:
    """Raises ValidationError with one message for each obstacle."""
    if found := obstacles(product):
        raise ValidationError(found, code="not_publishable")
