"""A producer's paper becomes a certificate once the programme's office has seen it."""

from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.documents.models import Document

from catalogue.models import Certificate
from shop.producers.models import CertificateProposal, NoticeKind
from shop.producers.notices import News, tell

State = CertificateProposal.State


@transaction.atomic
def confirm(proposal: CertificateProposal, *, by: Any) -> CertificateProposal:
    """The office saw the decision: from now on it decides about stars. Harmless twice.

    The scan becomes public with it: whoever sees the stars may read what they rest on.
    """
    found = _locked(proposal)
    if found.state != State.WAITING:
        return found
    with found.scan.open("rb") as file:
        content = ContentFile(file.read(), name=PurePath(found.scan.name or "").name)
    scan = Document.objects.create(
        title=f"{found.decision_number} · {found.product.title}"[:255], file=content
    )
    found.certificate = Certificate.objects.create(
        product=found.product,
        dossier=found.dossier,
        stars=found.stars,
        decision_number=found.decision_number,
        decided_on=found.decided_on,
        issuer=found.issuer,
        code=found.code,
        scan=scan,
    )
    return _decided(found, State.CONFIRMED, by)


@transaction.atomic
def refuse(proposal: CertificateProposal, reason: str, *, by: Any) -> CertificateProposal:
    """The office does not find it so; the producer reads why. Harmless twice."""
    found = _locked(proposal)
    if found.state != State.WAITING:
        return found
    found.reason = reason
    return _decided(found, State.REFUSED, by)


def withdraw(proposal: CertificateProposal) -> None:
    """The producer takes it back; harmless twice."""
    CertificateProposal.objects.filter(pk=proposal.pk, state=State.WAITING).update(
        state=State.WITHDRAWN
    )


def _locked(proposal: CertificateProposal) -> CertificateProposal:
    rows = CertificateProposal.objects.select_for_update(of=("self",)).select_related("product")
    return rows.get(pk=proposal.pk)


def _decided(found: CertificateProposal, state: str, by: Any) -> CertificateProposal:
    found.state, found.decided_by, found.decided_at = state, by, timezone.now()
    found.save()
    number, producer = found.decision_number, found.product.producer_id
    if producer is not None:
        tell(
            News(
                producer,
                NoticeKind.CERTIFICATES,
                key=f"certificate-decided:{found.pk}",
                words=lambda: (
                    _("Quyết định %(number)s: %(state)s")
                    % {"number": number, "state": found.get_state_display()}
                ),
                path=reverse("producers:certificates"),
                event_code="CERTIFICATE_DECIDED",
                context={"proposal": found},
            )
        )
    return found
