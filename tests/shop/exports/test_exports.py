"""Spreadsheets made in the background, for who asked and may."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from shop.exports.models import ExportJob
from shop.exports.running import ask, drop_old, run, run_waiting
from shop.exports.sheets import SHEETS
from shop.staff import ACCOUNTS, PACKING, STAFF, ensure_staff_group
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_product,
    a_staff_member,
    an_order,
    in_group,
    signed_in,
    with_rights,
)

pytestmark = pytest.mark.django_db

ROOT = "/quan-ly/xuat/"
State = ExportJob.State


@pytest.fixture
def person() -> User:
    ensure_staff_group()
    return in_group(a_staff_member(), STAFF)


@pytest.fixture
def staff(person: User) -> Client:
    return signed_in(person)


def rows_of(job: ExportJob) -> list[tuple[object, ...]]:
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    return rows_in(job.file.read())


def rows_in(content: bytes) -> list[tuple[object, ...]]:
    page: Any = load_workbook(BytesIO(content)).active
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


def test_an_order_goes_from_the_list_to_the_spreadsheet(staff: Client) -> None:
    order = an_order(a_product(), email="hoa@example.vn")
    an_order(a_product())
    response = staff.post(f"{ROOT}moi/", {"kind": "orders", "query": f"q={order.number}"})
    page = staff.get(response["Location"]).content.decode()
    assert "Đang chờ" in page
    assert 'data-hx-trigger="every 2s"' in page
    assert run_waiting() == 1
    page = staff.get(response["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "tai-ve" in page
    assert "every 2s" not in page
    download = staff.get(f"{response['Location']}tai-ve/")
    rows = rows_in(b"".join(download.streaming_content))  # type: ignore[attr-defined]
    assert len(rows) == 2
    assert order.number in rows[1]
    assert "hoa@example.vn" in rows[1]
    entry = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).latest()
    assert "Tải về" in entry.additional_data["words"]


@pytest.mark.parametrize("kind", SHEETS)
def test_every_sheet_is_written(kind: str, person: User) -> None:
    order = an_order(a_product(), buyer=a_buyer())
    job = ask(kind, "", person)
    assert run(job)
    rows = rows_of(job)
    assert len(rows[0]) >= 7
    assert len(rows) == (1 if kind == "invoices" else 2)
    if kind not in ("customers", "invoices"):
        assert order.number in str(rows[1])


def test_nothing_in_a_sheet_is_computed(person: User) -> None:
    an_order(a_product("=cmd|' /C calc'!A0"), email="x@example.vn")
    job = ask("lines", "", person)
    run(job)
    job.refresh_from_db()
    page: Any = load_workbook(BytesIO(job.file.read())).active
    cells = [cell for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=cmd|' /C calc'!A0" in [cell.value for cell in cells]


def test_two_workers_write_one_sheet(person: User) -> None:
    job = ask("orders", "", person)
    again = ExportJob.objects.get(pk=job.pk)
    assert run(job)
    assert not run(again)


def test_asked_twice_it_is_one_job(person: User) -> None:
    assert ask("orders", "", person) == ask("orders", "", person)


def test_what_died_is_begun_anew_and_what_fails_says_so(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask("orders", "", person)
    ExportJob.objects.filter(pk=job.pk).update(
        state=State.RUNNING, heard_at=timezone.now() - timedelta(hours=1)
    )
    monkeypatch.setattr("shop.exports.running._write", lambda *_args: 1 / 0)
    assert run_waiting() == 1
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "lỗi" in job.error
    assert run_waiting() == 0


def test_nobody_takes_home_what_another_asked_for(staff: Client, person: User) -> None:
    job = ask("orders", "", person)
    run(job)
    other = signed_in(in_group(a_staff_member(), STAFF))
    for path in (f"{ROOT}{job.pk}/", f"{ROOT}{job.pk}/tai-ve/"):
        assert other.get(path).status_code == 404
    assert staff.get(f"{ROOT}{job.pk}/tai-ve/").status_code == 200


def test_a_right_that_is_gone_closes_the_file(person: User, staff: Client) -> None:
    job = ask("orders", "", person)
    run(job)
    person.groups.clear()
    with_rights(person, "exports.view_exportjob")
    assert staff.get(f"{ROOT}{job.pk}/tai-ve/").status_code == 403


def test_each_sheet_asks_for_its_own_right() -> None:
    ensure_staff_group()
    packer = signed_in(in_group(a_staff_member(), PACKING))
    assert packer.post(f"{ROOT}moi/", {"kind": "orders"}).status_code == 403
    accounts = signed_in(in_group(a_staff_member(), ACCOUNTS))
    assert accounts.post(f"{ROOT}moi/", {"kind": "payments"}).status_code == 302
    assert accounts.post(f"{ROOT}moi/", {"kind": "customers"}).status_code == 403
    assert accounts.post(f"{ROOT}moi/", {"kind": "nonsense"}).status_code == 404
    assert not ExportJob.objects.exclude(kind="payments").exists()


def test_sheets_go_after_a_week(person: User) -> None:
    job = ask("orders", "", person)
    job.file.save("cu.xlsx", ContentFile(b"x"))
    storage, name = job.file.storage, str(job.file.name)
    ExportJob.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert drop_old() == 1
    assert not ExportJob.objects.exists()
    assert not storage.exists(name)


def test_rows_are_read_in_chunks(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.exports.running.A_CHUNK", 2)
    product = a_product(stock=20)
    for _number in range(5):
        an_order(product)
    job = ask("orders", "", person)
    run(job)
    assert len(rows_of(job)) == 6
    assert (job.rows_done, job.rows_total, job.percent) == (5, 5, 100)
