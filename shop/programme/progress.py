"""A year's plan beside what became of it: registered, in review, recognised.

A dossier is of the year in which it was registered; one without such a year, of the year of its
decision. Recognised is what a decision with stars says, whatever happened to it later, except a
revocation. Nothing is counted that no dossier says.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from catalogue.models import Certificate
from shop.programme.dossiers import Dossier, Standing, dossiers_on
from shop.programme.models import ProgrammePlan


@dataclass(frozen=True)
class Count:
    """One aim: so many planned, and how far their dossiers have come."""

    planned: int
    registered: int
    in_review: int
    recognised: int

    @property
    def percent(self) -> int:
        """Recognised of planned, at most 100."""
        return min(100, self.recognised * 100 // self.planned) if self.planned else 0


@dataclass(frozen=True)
class Progress:
    plan: ProgrammePlan
    new: Count
    again: Count
    dossiers: list[Dossier]


def progress_of_all(plans: Any, dossiers: list[Dossier] | None = None) -> list[Progress]:
    """Each plan with its dossiers; two queries however many plans."""
    found = dossiers_on(timezone.localdate()) if dossiers is None else dossiers
    return [_progress(plan, found) for plan in plans]


def _progress(plan: ProgrammePlan, dossiers: list[Dossier]) -> Progress:
    own = [each for each in dossiers if _year_of(each) == plan.year and _is_in(plan, each.product)]
    again = [one for one in own if one.certificate.dossier == Certificate.Dossier.RE_EVALUATION]
    new = [one for one in own if one.certificate.dossier == Certificate.Dossier.FIRST]
    return Progress(
        plan,
        _count(plan.new_at_3_stars_or_more, new),
        _count(plan.re_evaluations, again),
        own,
    )


def _count(planned: int, dossiers: list[Dossier]) -> Count:
    return Count(
        planned,
        registered=len(dossiers),
        in_review=sum(one.standing == Standing.IN_REVIEW for one in dossiers),
        recognised=sum(_is_recognised(one) for one in dossiers),
    )


def _is_recognised(dossier: Dossier) -> bool:
    row = dossier.certificate
    return bool(row.stars and row.decided_on) and dossier.standing != Standing.REVOKED


def _year_of(dossier: Dossier) -> int | None:
    row = dossier.certificate
    return row.registered_year or (row.decided_on.year if row.decided_on else None)


def _is_in(plan: ProgrammePlan, product: Any) -> bool:
    """Whether a product counts for the plan's place."""
    owner = product.canonical
    producer = owner.producer
    if plan.former_district:
        old = owner.former_origin or (producer.former_commune if producer else None)
        return old is not None and old.former_district == plan.former_district
    ward = owner.origin or (producer.ward if producer else None)
    if plan.ward_id:
        return ward is not None and ward.pk == plan.ward_id
    if plan.province_id:
        return ward is not None and ward.province_id == plan.province_id
    return True
