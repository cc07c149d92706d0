"""Telling the people of a producer: in the portal, and by email unless they said not to."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.models import Certificate
from shop.communication.writing import write_letter
from shop.order.models import Parcel
from shop.partner.membership import Membership, Role
from shop.producers.models import NoEmail, Notice, NoticeKind

#: How the keys of notices begin that tell of a parcel to pack; its own key follows.
TO_PACK = "parcel_ordered:"
#: Parcels that are still to be packed.
NOT_GONE = (Parcel.Status.NEW, Parcel.Status.PACKING)
#: Days before a certificate ends on which its people are told (domain practice: 180/90/30).
REMINDER_DAYS = (180, 90, 30)
#: Of a large shop's many, how many certificates are read and told of in one go.
TOLD_AT_ONCE = 200


@dataclass(frozen=True)
class News:
    """One thing to tell the people of one producer who have at least that role, once a `key`.

    `words` gives the sentence in the language it is asked in.
    """

    producer: int
    kind: NoticeKind
    key: str
    words: Callable[[], str]
    path: str
    event_code: str = "PRODUCER_NOTICE"
    context: Mapping[str, Any] = field(default_factory=dict)
    at_least: Role = Role.EDITOR


@transaction.atomic(savepoint=False)  # orders count their queries
def tell(*news: News, order: Any = None, is_new: bool = False) -> int:
    """Write notices, and letters to who wants them; how many were told for the first time.

    `is_new` saves the question whether it was told before, where that cannot be. In few queries,
    however many producers: orders are placed by this.
    """
    members = _members({each.producer for each in news}, {each.kind for each in news})
    told = set() if is_new else _told_before(news)
    notices, letters = [], []
    for each in news:
        for member in members.get(each.producer, []):
            known = (member.user_id, each.producer, each.key) in told
            if known or not member.may(each.at_least):
                continue
            with override(member.user.language):
                words = each.words()
            notices.append(
                Notice(
                    user=member.user,
                    producer_id=each.producer,
                    kind=each.kind,
                    key=each.key,
                    words=words[:300],
                    path=each.path,
                )
            )
            if each.kind not in member.without:  # type: ignore[attr-defined]
                letters.append((each, member.user, words))
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    for each, user, words in letters:
        write_letter(
            each.event_code,
            to=user.email,
            context={"words": words, "path": each.path, **each.context},
            language=user.language,
            order=order,
            user=user,
        )
    return len(notices)


def _members(producers: set[int], kinds: set[NoticeKind]) -> dict[int, list[Membership]]:
    """People by producer, each with the kinds that they want no email about; one query."""
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(partner__in=producers, user__is_active=True)
    for kind in kinds:
        refused = NoEmail.objects.filter(user=OuterRef("user"), kind=kind)
        rows = rows.annotate(**{f"no_{kind.value}": Exists(refused)})
    for member in rows.select_related("user").order_by("pk"):
        member.without = {kind for kind in kinds if getattr(member, f"no_{kind.value}")}  # type: ignore[attr-defined]
        found[member.partner_id].append(member)
    return found


def _told_before(news: tuple[News, ...]) -> set[tuple[int, int, str]]:
    rows = Notice.objects.filter(
        producer__in={each.producer for each in news}, key__in={each.key for each in news}
    )
    return set(rows.values_list("user_id", "producer_id", "key"))


def with_parcels(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Notices with the name and state of the parcel that was to be packed and has left since."""
    own_key = Cast(Substr(OuterRef("key"), len(TO_PACK) + 1), BigIntegerField())
    left = Parcel.objects.filter(pk=own_key).exclude(status__in=NOT_GONE).order_by()
    name = Concat("order__number", Value("/"), "position", output_field=CharField())
    return notices.annotate(
        parcel_name=_where_to_pack(left.annotate(name=name).values("name")),
        parcel_state=_where_to_pack(left.values("status")),
    )


def _where_to_pack(told: QuerySet[Any, Any]) -> Case:
    return Case(When(key__startswith=TO_PACK, then=Subquery(told)), output_field=CharField())


def as_they_stand(notices: Iterable[Notice]) -> list[Notice]:
    """Notices `with_parcels` to show: of what has left, where it is by now."""
    shown = list(notices)
    for notice in shown:
        if state := notice.parcel_state:  # type: ignore[attr-defined]
            notice.words_since = _("Kiện %(parcel)s: %(state)s.") % {
                "parcel": notice.parcel_name,  # type: ignore[attr-defined]
                "state": str(Parcel.Status(state).label).lower(),
            }
    return shown


def choose(user: Any, wanted: Collection[str]) -> None:
    """From now on email about these kinds only."""
    with transaction.atomic():
        NoEmail.objects.filter(user=user).delete()
        NoEmail.objects.bulk_create(
            NoEmail(user=user, kind=kind) for kind in NoticeKind.values if kind not in set(wanted)
        )


def wanted_by(user: Any) -> list[str]:
    """Kinds of which this person gets email."""
    without = set(NoEmail.objects.filter(user=user).values_list("kind", flat=True))
    return [kind for kind in NoticeKind.values if kind not in without]


def mark_read(user: Any, producer: Any) -> None:
    Notice.objects.filter(user=user, producer=producer).unread().update(read_at=timezone.now())


def remind_of_certificates(day: date | None = None) -> int:
    """Tell producers of certificates that end soon, once for each of the days; how many heard.

    A day that was missed is made up for, the nearest one only.
    """
    day = day or timezone.localdate()
    ending = Certificate.objects.valid_on(day).ending_by(day + timedelta(days=max(REMINDER_DAYS)))
    heard_by_somebody = ending.filter(product__producer__in=Membership.objects.values("partner"))
    keys = list(heard_by_somebody.order_by("pk").values_list("pk", flat=True))
    told = 0
    for start in range(0, len(keys), TOLD_AT_ONCE):
        found = Certificate.objects.filter(pk__in=keys[start : start + TOLD_AT_ONCE])
        told += tell(*(_ending(each, day) for each in found.select_related("product")))
    return told


def remind_once_a_day() -> int:
    """The worker's: it comes by every few seconds, and certificates end by days."""
    if not cache.add(f"certificates-reminded:{timezone.localdate()}", True, 86_400):
        return 0
    return remind_of_certificates()


def _ending(certificate: Certificate, day: date) -> News:
    assert certificate.ends_on is not None  # it was found by that
    title, left = certificate.product.title, (certificate.ends_on - day).days
    due = min(days for days in REMINDER_DAYS if left <= days)
    return News(
        certificate.product.producer_id or 0,
        NoticeKind.CERTIFICATES,
        key=f"certificate:{certificate.pk}:{due}",
        words=lambda: (
            _("Chứng nhận OCOP của %(title)s còn %(days)s ngày.") % {"title": title, "days": left}
        ),
        path=reverse("producers:certificates"),
    )
