"""Files in and out: what is taken, where it lies, who may have it, and how it is sent."""

import io
import zipfile
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import DEFUSEDXML, load_workbook
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from catalogue.pictures.forms import PictureField
from catalogue.pictures.guard import MAX_BYTES, clean_picture
from shop.payment.statements import Unreadable, read_table
from shop.photos import PhotosField
from shop.private_files import PaperField, clean_paper, private_storage
from shop.producers.bulk.running import read
from shop.returns.models import ReturnPhoto
from shop.users.models import User
from tests.addresses import all_addresses
from tests.factories import PASSWORD, a_shop, image_bytes, signed_in
from tests.full_house import a_full_house
from tests.fuzz.values import workbook_with_entity
from tests.neighbour import filled

pytestmark = pytest.mark.django_db

#: Fields of forms that take a file as it is, and what reads it within limits.
SHEETS = {
    "shop.corporate.forms.RequestForm.addresses": "shop.producers.bulk.running.read",
    "shop.producers.bulk.views.ListForm.file": "shop.producers.bulk.running.read",
}
BEHIND_A_GATE = (PaperField, PhotosField, PictureField)


def all_forms(kind: Any = forms.BaseForm) -> list[Any]:
    return [each for sub in kind.__subclasses__() for each in (sub, *all_forms(sub))]


def test_every_file_field_of_ours_is_behind_a_gate() -> None:
    list(all_addresses())  # every room is loaded
    open_ones = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in all_forms()
        if form.__module__.split(".")[0] in ("shop", "catalogue", "cms")
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField) and not isinstance(field, BEHIND_A_GATE)
    }
    assert open_ones == set(SHEETS)


@pytest.mark.parametrize("clean", [clean_picture, clean_paper])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.exe", b"MZ\x90"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.php.png", b"<?php system($_GET['a']);"),
        ("a", b""),
        ("a.gif", b"GIF89a/*<svg/onload=alert(1)>*/"),
    ],
)
def test_what_a_browser_might_run_is_refused(clean: Any, name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        clean(SimpleUploadedFile(name, content))


class Unread(SimpleUploadedFile):
    def read(self, *args: Any) -> bytes:
        pytest.fail("was read")


@pytest.mark.parametrize("clean", [clean_picture, clean_paper])
@pytest.mark.parametrize("name", ["a.png", "a.pdf"])
def test_what_is_too_heavy_is_refused_before_it_is_read(clean: Any, name: str) -> None:
    heavy = Unread(name, b"%PDF-")
    heavy.size = MAX_BYTES + 1
    with pytest.raises(ValidationError, match="10 MB"):
        clean(heavy)


def test_a_picture_is_written_anew_so_that_nothing_rides_along() -> None:
    behind = image_bytes() + b"<script>alert(1)</script><?php ?>"
    kept = clean_picture(SimpleUploadedFile("a.png", behind)).read()
    assert b"script" not in kept and b"php" not in kept


@pytest.mark.parametrize(
    "name", ["../../etc/a.png", "..\\..\\a.png", "/etc/a.png", "a/../../b.png"]
)
def test_no_name_of_a_file_leaves_its_folder(name: str) -> None:
    kept = clean_picture(SimpleUploadedFile(name, image_bytes()))
    storages_of_ours: tuple[Any, ...] = (default_storage, private_storage())
    for storage in storages_of_ours:
        try:
            stored = storage.save(f"anh/{kept.name}", ContentFile(kept.read()))
        except SuspiciousFileOperation:  # of Django, which answers 400
            continue
        assert storage.path(stored).startswith(f"{storage.location}/anh/")
        storage.delete(stored)


def test_papers_lie_where_no_address_leads() -> None:
    store: Any = storages["private"]
    private = str(store.location)
    assert not private.startswith(str(settings.MEDIA_ROOT))
    assert not private.startswith(str(settings.STATIC_ROOT))
    name = storages["private"].save("b.pdf", ContentFile(b"%PDF-secret"))
    assert Client().get(f"/media/{name}").status_code == 404
    storages["private"].delete(name)


@pytest.mark.parametrize(
    "path",
    [
        *("../private/a.pdf", "..%2fprivate/a.pdf", "%2e%2e/private/a.pdf", "/etc/passwd"),
        *("....//private/a.pdf", "a/../../private/a.pdf", "..\\private\\a.pdf", "a%00.png"),
    ],
)
def test_no_upload_address_leads_out_of_the_uploads(path: str) -> None:
    storages["private"].save("a.pdf", ContentFile(b"%PDF-secret"))
    answer = Client().get(f"/media/{path}")
    assert answer.status_code in (302, 400, 404)
    storages["private"].delete("a.pdf")


def test_a_document_is_read_at_its_own_address_which_asks_who_asks() -> None:
    a_shop()
    closed = Collection.get_first_root_node().add_child(name="Kín")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    document = Document.objects.create(
        title="Kín", file=ContentFile(b"%PDF-1.4 secret", "kin.pdf"), collection=closed
    )
    guest = Client()
    for path in (
        f"/media/{document.file.name}",
        f"/media/x/../{document.file.name}",
        f"/media//{document.file.name}",
        f"/media/./{document.file.name}",
        document.url,
    ):
        assert guest.get(path).status_code in (302, 404), path
    staff = signed_in(User.objects.create_superuser("chu@example.vn", PASSWORD))
    answer = staff.get(document.url)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.pdf.html", "a"])
def test_no_document_that_a_browser_runs_gets_into_the_library(name: str) -> None:
    a_shop()
    staff = signed_in(User.objects.create_superuser("chu@example.vn", PASSWORD))
    root = Collection.get_first_root_node()
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    staff.post(reverse("wagtaildocs:add"), {"title": "A", "file": file, "collection": root.pk})
    staff.post(reverse("wagtaildocs:add_multiple"), {"title": "A", "files[]": file})
    assert not Document.objects.exists()


def test_a_file_that_is_gone_is_not_found() -> None:
    house = a_full_house()
    ReturnPhoto.objects.update(file="khong-con.png")
    client = house.client("buyer")
    path = filled(
        "don-hang/{number}/bao-loi/{pk}/anh/{photo}/", ("number", "pk", "photo"), house.known
    )
    assert client.get(path).status_code == 404


# --- Sheets -------------------------------------------------------------------------------------


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


READERS: dict[str, Any] = {"list": (read, ValidationError), "statement": (read_table, Unreadable)}
BILLION_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">%s]><a>&j;</a>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
OFFENDERS: dict[str, Any] = {
    "another file of the machine": workbook_with_entity,
    "a bomb of entities": lambda: packed(
        {"[Content_Types].xml": BILLION_LAUGHS, "xl/workbook.xml": BILLION_LAUGHS}
    ),
    "a bomb of zeros": lambda: packed({"xl/worksheets/sheet1.xml": bytes(120_000_000)}),
    "names that climb": lambda: packed({"../../../tmp/x": b"x", "/etc/x": b"x"}),
    "no workbook": lambda: b"PK\x03\x04 nothing",
    "an archive in an archive": lambda: packed({"a.zip": packed({"b": b"x"})}),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("offender", OFFENDERS)
def test_a_sheet_that_is_a_weapon_is_refused_in_words(reader: str, offender: str) -> None:
    read_it, refusal = READERS[reader]
    with pytest.raises(refusal):
        read_it("a.xlsx", OFFENDERS[offender]())


def test_what_reads_sheets_asks_for_no_entity() -> None:
    assert DEFUSEDXML
    with pytest.raises(ValueError, match="invalid XML"):
        load_workbook(io.BytesIO(workbook_with_entity()))
