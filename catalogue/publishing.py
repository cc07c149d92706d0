"""The guard before publishing: a listing goes live only with its label and without claims."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalogue.claims import find_claims
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
    sentences = []
    for name in CHECKED_FIELDS:
        label = getattr(product._meta.get_field(name), "verbose_name", name)
        for finding in find_claims(getattr(product, name) or ""):
            sentences.append(
                _("%(field)s: không được viết “%(phrase)s” (…%(excerpt)s…). %(reason)s")
                % {
                    "field": label,
                    "phrase": finding.phrase,
                    "excerpt": finding.excerpt,
                    "reason": finding.reason,
                }
            )
    return sentences


def obstacles(product: "Product") -> list[str]:
    """Everything that keeps `product` from being published, in words for its producer."""
    return [*missing_facts(product), *forbidden_claims(product)]


def check_publishable(product: "Product") -> None:
    """Raises ValidationError with one message for each obstacle."""
    if found := obstacles(product):
        raise ValidationError(found, code="not_publishable")
