"""The way of an application: written, handed in, returned or approved, withdrawn."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.communication.writing import write_letter
from shop.partner.membership import Membership, Role
from shop.partner.models import Partner
from shop.producers.models import Application, ApplicationPaper, PayoutAccount

#: Kinds of owner that are registered and so can show it; a cooperative group need not be.
REGISTERED_KINDS = (Partner.Kind.COOPERATIVE, Partner.Kind.HOUSEHOLD, Partner.Kind.COMPANY)
MOST_PAPERS = 12


class NotPossible(Exception):
    """This step does not follow from where the application is. The message is for the person."""


def open_application(user: Any) -> Application | None:
    """The application this person is busy with; None without one."""
    closed = (Application.Status.APPROVED, Application.Status.WITHDRAWN)
    return Application.objects.filter(applicant=user).exclude(status__in=closed).first()


def missing_of(application: Application) -> list[str]:
    """What keeps it from being handed in, one sentence each."""
    kinds = {paper.kind for paper in application.papers.all()}
    missing = []
    if application.kind in REGISTERED_KINDS and ApplicationPaper.Kind.REGISTRATION not in kinds:
        missing.append(_("Chưa có ảnh chụp đăng ký kinh doanh hoặc quyết định thành lập."))
    return missing


@transaction.atomic
def hand_in(application: Application) -> Application:
    """Give it to the staff; harmless twice. Raises NotPossible."""
    found = _locked(application)
    if found.status == Application.Status.WAITING:
        return found
    if not found.is_editable:
        raise NotPossible(_("Đơn này không còn sửa được."))
    if missing := missing_of(found):
        raise NotPossible(" ".join(missing))
    found.status, found.returned_because = Application.Status.WAITING, ""
    found.handed_in_at = timezone.now()
    found.save()
    return found


@transaction.atomic
def withdraw(application: Application) -> Application:
    """The applicant thinks better of it; harmless twice. Raises NotPossible once approved."""
    found = _locked(application)
    if found.status == Application.Status.APPROVED:
        raise NotPossible(_("Đơn đã được duyệt rồi."))
    found.status = Application.Status.WITHDRAWN
    found.save()
    return found


@transaction.atomic
def send_back(application: Application, *, by: Any, reason: str, seen: str) -> Application:
    """Return it with a reason that the applicant reads. Raises NotPossible."""
    found = _waiting(application, seen)
    found.status, found.returned_because = Application.Status.RETURNED, reason
    found.decided_by, found.decided_at = by, timezone.now()
    found.save()
    _write("APPLICATION_RETURNED", found)
    return found


@transaction.atomic
def approve(
    application: Application, *, by: Any, seen: str, existing: Partner | None = None
) -> Partner:
    """Make the applicant the owner of a new producer, or of `existing`, which had no people.

    Harmless twice: the second call answers what the first one made. Raises NotPossible.
    """
    found = _locked(application)
    if found.status == Application.Status.APPROVED and found.producer:
        return found.producer
    found = _waiting(application, seen)
    producer = _producer(found, existing)
    Membership.objects.create(partner=producer, user=found.applicant, role=Role.OWNER)
    PayoutAccount.objects.update_or_create(
        producer=producer,
        defaults={
            "bank_bin": found.bank_bin,
            "number": found.number,
            "holder": found.holder,
            "changed_by": found.applicant,
        },
    )
    found.status, found.producer = Application.Status.APPROVED, producer
    found.decided_by, found.decided_at = by, timezone.now()
    found.save()
    _write("APPLICATION_APPROVED", found)
    return producer


def like_it(application: Application) -> list[Partner]:
    """Producers that may be the same: of the same tax code, or of the same name."""
    same = Partner.objects.filter(name__iexact=application.name)
    if application.tax_code:
        same = same | Partner.objects.filter(tax_code=application.tax_code)
    return list(same.order_by("name"))


def unclaimed() -> Any:
    """Producers whose pages the shop wrote and whom nobody works for yet."""
    return Partner.objects.filter(memberships=None).order_by("name")


def _producer(application: Application, existing: Partner | None) -> Partner:
    producer = Partner()
    if existing is not None:
        producer = Partner.objects.select_for_update().get(pk=existing.pk)
        if producer.memberships.exists():
            raise NotPossible(_("Nhà sản xuất này đã có người phụ trách."))
    for name in (
        *("kind", "name", "representative", "tax_code", "registration_number"),
        *("phone", "ward", "hamlet"),
    ):
        setattr(producer, name, getattr(application, name))
    producer.email = application.applicant.email
    # What is entered now was read by staff from papers: no sample any more.
    producer.is_sample = False
    producer.save()
    return producer


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _waiting(application: Application, seen: str) -> Application:
    found = _locked(application)
    if found.status != Application.Status.WAITING or found.version != seen:
        raise NotPossible(_("Đơn đã đổi từ lúc bạn đọc. Hãy đọc lại rồi quyết định."))
    return found


def _write(event_code: str, application: Application) -> None:
    write_letter(
        event_code,
        to=application.applicant.email,
        context={"application": application, "path": reverse("producers:home")},
        language=application.applicant.language,
        user=application.applicant,
    )
