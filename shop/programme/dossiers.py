"""Dossiers of the programme as the office looks at them: how they stand, where, for how long."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue.models import Certificate
from catalogue.models.certificate import CertificateState
from shop.producers.models import CertificateProposal

#: Days before the end from which an office reminds, longest first.
REMIND_DAYS = (180, 90, 30)


class Standing(StrEnum):
    """How a dossier stands, finer than `CertificateState`: by the reminders, and in review."""

    REGISTERED = "registered"
    IN_REVIEW = "in-review"
    VALID = "valid"
    WITHIN_180 = "within-180"
    WITHIN_90 = "within-90"
    WITHIN_30 = "within-30"
    EXPIRED = "expired"
    REVOKED = "revoked"


LABELS = {
    Standing.REGISTERED: _("Đã đăng ký"),
    Standing.IN_REVIEW: _("Có quyết định chờ xác nhận"),
    Standing.VALID: _("Còn hiệu lực hơn 180 ngày"),
    Standing.WITHIN_180: _("Hết hạn trong 180 ngày"),
    Standing.WITHIN_90: _("Hết hạn trong 90 ngày"),
    Standing.WITHIN_30: _("Hết hạn trong 30 ngày"),
    Standing.EXPIRED: _("Đã hết hạn"),
    Standing.REVOKED: _("Đã thu hồi"),
}
SHOWING_STARS = frozenset(
    {Standing.VALID, Standing.WITHIN_180, Standing.WITHIN_90, Standing.WITHIN_30}
)
EXPIRING = frozenset({Standing.WITHIN_180, Standing.WITHIN_90, Standing.WITHIN_30})


@dataclass(frozen=True)
class Dossier:
    """A certificate's row with its standing on the day that was asked for."""

    certificate: Certificate
    standing: Standing
    days_left: int | None

    @property
    def product(self) -> Any:
        return self.certificate.product

    @property
    def label(self) -> Any:
        return LABELS[self.standing]

    @property
    def stars(self) -> int:
        """Stars that show; none unless the certificate is in force."""
        return (self.certificate.stars or 0) if self.standing in SHOWING_STARS else 0


@dataclass(frozen=True)
class Commune:
    """A present ward with the communes that its dossiers name it by, and how they stand."""

    present: str
    former: tuple[str, ...]
    counts: dict[Standing, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def dossiers_on(day: date) -> list[Dossier]:
    """Every dossier, in two queries. One that a later dossier of the product replaced is left out:
    an expired certificate beside a valid one is history."""
    rows = Certificate.objects.select_related(
        "product__parent",
        "product__producer__ward__province",
        "product__producer__former_commune",
        "product__origin__province",
        "product__former_origin",
    ).order_by("product__title", "-decided_on", "-pk")
    in_review = set(
        CertificateProposal.objects.filter(state=CertificateProposal.State.WAITING).values_list(
            "product_id", flat=True
        )
    )
    found = [_stand(row, day, in_review) for row in rows]
    covered = {each.certificate.product_id for each in found if each.standing in SHOWING_STARS}
    return [
        each
        for each in found
        if each.standing != Standing.EXPIRED or each.certificate.product_id not in covered
    ]


def _stand(row: Certificate, day: date, in_review: set[int]) -> Dossier:
    state, ends_on = row.state_on(day), row.ends_on
    left = (ends_on - day).days if ends_on else None
    if state == CertificateState.REGISTERED:
        waits = row.product_id in in_review
        return Dossier(row, Standing.IN_REVIEW if waits else Standing.REGISTERED, None)
    if state == CertificateState.REVOKED:
        return Dossier(row, Standing.REVOKED, None)
    if state == CertificateState.EXPIRED:
        return Dossier(row, Standing.EXPIRED, left)
    return Dossier(row, standing_for(left or 0), left)


def standing_for(days_left: int) -> Standing:
    """Of a certificate in force: the shortest reminder that it has come to."""
    if days_left <= 30:
        return Standing.WITHIN_30
    if days_left <= 90:
        return Standing.WITHIN_90
    return Standing.WITHIN_180 if days_left <= 180 else Standing.VALID


def count_by_standing(dossiers: Iterable[Dossier]) -> dict[Standing, int]:
    """How many stand so, nought too."""
    counted = Counter(each.standing for each in dossiers)
    return {standing: counted[standing] for standing in Standing}


def by_commune(dossiers: Iterable[Dossier]) -> list[Commune]:
    """By where products are made, A to Z by the present name; unknown places last."""
    counts: dict[str, Counter[Standing]] = defaultdict(Counter)
    former: dict[str, set[str]] = defaultdict(set)
    for each in dossiers:
        name, old = place_of(each.product)
        counts[name][each.standing] += 1
        if old:
            former[name].add(old)
    return [
        Commune(name, tuple(sorted(former[name])), {one: counts[name][one] for one in Standing})
        for name in sorted(counts, key=lambda each: (not each, each))
    ]


def place_of(product: Any) -> tuple[str, str]:
    """The present and the former name of where it is made, else of where its producer is."""
    owner = product.canonical
    producer = owner.producer
    ward = owner.origin or (producer.ward if producer else None)
    old = owner.former_origin or (producer.former_commune if producer else None)
    return (ward.present_address if ward else ""), (str(old) if old else "")
