"""Questions that the shop asks about places."""

import re
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from shop.places.names import folded_name

if TYPE_CHECKING:
    # Named in the base classes below, in quotes.
    from shop.places.models import FormerCommune, Province, Ward  # noqa: F401

_KIND_WORDS = re.compile(
    r"\b(?:(?:thanh pho|tinh|tp|thi tran|thi xa|dac khu|phuong|xa|huyen|quan)\b\.?"
    r"|(?:t|tt|tx|p|x|h|q)\.)"
)
_WORD = re.compile(r"[^\s,.;/()-]+")
#: More words than an address line has only slow the search down.
_MAX_SEARCH_WORDS = 12
_MAX_SEARCH_LETTERS = 200


class ProvinceQuerySet(models.QuerySet["Province"]):
    def current(self) -> "ProvinceQuerySet":
        """Provinces and cities that exist today, A to Z without regard to marks."""
        return self.filter(is_current=True).order_by("folded", "code")


class WardQuerySet(models.QuerySet["Ward"]):
    def current(self) -> "WardQuerySet":
        """Communes, wards and special zones that exist today."""
        return self.filter(is_current=True)

    def in_province(self, code: str) -> "WardQuerySet":
        """Present wards of a province, A to Z without regard to marks; none if unknown."""
        return self.current().filter(province_id=code).order_by("folded", "code")

    def search(self, text: str) -> "WardQuerySet":
        """Present wards whose present or former name has all words of the text.

        Marks, case and the kind of unit ("xã", "phường", "huyện") do not count, since kinds
        keep changing. Words match from their first letter. Exact present names come first,
        then exact former names. Blank text finds nothing.
        """
        words, names = _search_terms(text)
        if not words:
            return self.none()
        former = apps.get_model("places", "FormerCommune").objects.filter(ward=OuterRef("pk"))
        return (
            self.current()
            .filter(
                _has_words(words, "folded", "province__folded")
                | Exists(former.filter(_has_words(words, "folded", "ward__province__folded")))
            )
            .annotate(
                search_rank=Case(
                    When(folded__in=names, then=Value(0)),
                    When(Exists(former.filter(_is_named(names))), then=Value(1)),
                    default=Value(2),
                    output_field=models.SmallIntegerField(),
                )
            )
            .order_by("search_rank", "folded", "code")
        )


class FormerCommuneQuerySet(models.QuerySet["FormerCommune"]):
    def of_district(self, district: str, province: str) -> "FormerCommuneQuerySet":
        """Communes of a former district, both by bare name: ("Lục Nam", "Bắc Giang")."""
        return self.filter(former_district=district, former_province=province)

    def search(self, text: str) -> "FormerCommuneQuerySet":
        """Former communes by name, district, province: as `WardQuerySet.search`."""
        words, names = _search_terms(text)
        if not words:
            return self.none()
        return (
            self.filter(_has_words(words, "folded", "ward__province__folded"))
            .annotate(
                search_rank=Case(
                    When(_is_named(names), then=Value(0)),
                    default=Value(1),
                    output_field=models.SmallIntegerField(),
                )
            )
            .order_by("search_rank", "folded", "pk")
        )


def without_kinds(name: str) -> str:
    """A name folded and without its kind: "TP. Hồ Chí Minh" gives "ho chi minh".

    A name that is nothing but its kind stays as it is.
    """
    folded = folded_name(name)
    return " ".join(_KIND_WORDS.sub(" ", folded).split()) or folded


def _search_terms(text: str) -> tuple[list[str], list[str]]:
    """Return the words to find and the whole names that count as an exact hit."""
    folded = folded_name(text[:_MAX_SEARCH_LETTERS].replace("\x00", ""))
    bare = " ".join(_KIND_WORDS.sub(" ", folded).split())
    words = _WORD.findall(bare or folded)[:_MAX_SEARCH_WORDS]
    first_part = bare.partition(",")[0].strip()
    return words, [name for name in {folded, bare, first_part} if name]


def _has_words(words: list[str], *fields: str) -> Q:
    condition = Q()
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__startswith": word}) | Q(
                **{f"{field}__contains": f" {word}"}
            )
        condition &= anywhere
    return condition


def _is_named(names: list[str]) -> Q:
    condition = Q()
    for name in names:
        condition |= Q(folded__startswith=f"{name},")
    return condition
