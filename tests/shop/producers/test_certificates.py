"""Certificates: handed in by producers with a scan, confirmed by the office; nobody types stars."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Certificate, Product
from shop.communication.models import Letter
from shop.producers.certificates.confirming import confirm, refuse
from shop.producers.models import CertificateProposal
from shop.users.models import User
from tests.factories import (
    a_certificate,
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def editor() -> User:
    return a_user()


@pytest.fixture
def tea(editor: User) -> Product:
    return a_product("Trà hoa vàng", producer=a_producer(members=[editor]))


@pytest.fixture
def office() -> Client:
    rights = ("producers.view_certificateproposal", "producers.change_certificateproposal")
    return signed_in(with_rights(a_staff_member(), *rights))


def paper(product: Product, **changes: Any) -> dict[str, Any]:
    return {
        "product": product.pk,
        "dossier": "first",
        "stars": "4",
        "decision_number": "263/QĐ-UBND",
        "decided_on": f"{timezone.localdate() - timedelta(days=30):%Y-%m-%d}",
        "issuer": "UBND tỉnh Bắc Giang",
        "code": "",
        "scan": SimpleUploadedFile("quyết định.pdf", PDF),
        **changes,
    }


def test_stars_show_once_the_office_has_confirmed(
    editor: User, tea: Product, office: Client
) -> None:
    client = signed_in(editor)
    client.post(reverse("producers:certificates"), paper(tea))
    proposal = CertificateProposal.objects.get()
    assert tea.stars_on() == 0
    assert not Certificate.objects.exists()
    assert "263/QĐ-UBND" in office.get(reverse("producers-staff:certificates")).content.decode()
    url = reverse("producers-staff:confirm-certificate", args=[proposal.pk])
    office.post(url)
    office.post(url)
    certificate = Certificate.objects.get()
    assert (certificate.stars, certificate.product) == (4, tea)
    assert Product.objects.get(pk=tea.pk).stars_on() == 4
    assert certificate.scan.file.read() == PDF
    assert "Đã xác nhận" in Letter.objects.get(event_code="CERTIFICATE_DECIDED").text


def test_a_refused_paper_says_why_and_shows_nothing(
    editor: User, tea: Product, office: Client
) -> None:
    client = signed_in(editor)
    client.post(reverse("producers:certificates"), paper(tea))
    proposal = CertificateProposal.objects.get()
    url = reverse("producers-staff:refuse-certificate", args=[proposal.pk])
    assert office.post(url, {f"c{proposal.pk}-reason": ""}).status_code == 422
    office.post(url, {f"c{proposal.pk}-reason": "Bản chụp thiếu trang có dấu"})
    page = client.get(reverse("producers:certificates")).content.decode()
    assert "Bản chụp thiếu trang có dấu" in page
    confirm(proposal, by=None)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stars": "2"}, "field__error"),
        ({"decided_on": "2099-01-01"}, "Ngày này chưa tới"),
        ({"decision_number": ""}, "field__error"),
        ({"scan": SimpleUploadedFile("a.pdf", b"<html>")}, "không phải PDF"),
        ({"scan": ""}, "Hãy chọn tệp"),
    ],
)
def test_a_wrong_paper_is_refused_beside_the_field(
    editor: User, tea: Product, changes: dict[str, Any], words: str
) -> None:
    response = signed_in(editor).post(reverse("producers:certificates"), paper(tea, **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not CertificateProposal.objects.exists()


def test_nobody_proposes_for_or_reads_of_another_producer(editor: User, tea: Product) -> None:
    stranger = a_user()
    a_producer(members=[stranger])
    client = signed_in(stranger)
    assert client.post(reverse("producers:certificates"), paper(tea)).status_code == 422
    signed_in(editor).post(reverse("producers:certificates"), paper(tea))
    proposal = CertificateProposal.objects.get()
    assert client.get(reverse("producers:certificate-scan", args=[proposal.pk])).status_code == 404
    url = reverse("producers:withdraw-certificate", args=[proposal.pk])
    assert client.post(url).status_code == 404
    for who in (editor, a_staff_member()):
        for name in ("confirm-certificate", "refuse-certificate"):
            url = reverse(f"producers-staff:{name}", args=[proposal.pk])
            assert signed_in(who).post(url).status_code == 403
    scan = signed_in(editor).get(reverse("producers:certificate-scan", args=[proposal.pk]))
    assert b"".join(scan.streaming_content) == PDF


def test_what_was_withdrawn_is_not_confirmed(editor: User, tea: Product) -> None:
    client = signed_in(editor)
    client.post(reverse("producers:certificates"), paper(tea))
    proposal = CertificateProposal.objects.get()
    client.post(reverse("producers:withdraw-certificate", args=[proposal.pk]))
    confirm(proposal, by=None)
    refuse(proposal, "x", by=None)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert not Certificate.objects.exists()


def test_the_page_counts_the_days_that_are_left(editor: User, tea: Product) -> None:
    a_certificate(tea, expires_on=timezone.localdate() + timedelta(days=89))
    page = signed_in(editor).get(reverse("producers:certificates")).content.decode()
    assert "còn 89 ngày" in page
    assert "đánh giá lại" in page
