"""No spreadsheet that the shop writes computes what a stranger typed."""

import csv
import io
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from openpyxl import load_workbook

from shop.exports.models import ExportJob
from shop.exports.running import ask, run
from shop.exports.sheets import SHEETS
from tests.addresses import all_addresses
from tests.full_house import House, a_full_house
from tests.neighbour import filled

pytestmark = pytest.mark.django_db

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "=cmd|' /C calc'!A0")
STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Where a stranger's words are kept.
TYPED = {
    "catalogue.Product": ("title",),
    "order.ShippingAddress": ("first_name", "line1", "notes"),
    "order.Line": ("title",),
    "partner.Partner": ("name", "representative"),
    "users.User": ("first_name",),
    "invoices.InvoiceRequest": ("company_name", "address", "note"),
    "settlements.Payout": ("holder", "number"),
    "catalogue.Certificate": ("decision_number", "issuer"),
    "programme.ProgrammePlan": ("place", "source"),
    "promotion.Campaign": ("name",),
    "corporate.ListedRecipient": ("name", "street", "greeting"),
    "returns.ReturnRequest": ("words",),
}


@pytest.fixture
def house() -> House:
    """A shop in which every name begins like a formula."""
    found = a_full_house()
    number = 0
    for label, columns in TYPED.items():
        model: Any = apps.get_model(label)
        for row in model._base_manager.all():
            for column in columns:
                field = model._meta.get_field(column)
                assert isinstance(field, models.CharField | models.TextField), column
                text = FORMULAS[number % len(FORMULAS)]
                most = field.max_length or 200
                model._base_manager.filter(pk=row.pk).update(**{column: text[:most]})
                number += 1
    return found


def computed(content: bytes, kind: str) -> list[str]:
    """Cells that a spreadsheet would run, or would once the sheet was saved as CSV."""
    if "csv" in kind:
        cells: list[Any] = [c for row in csv.reader(io.StringIO(content.decode())) for c in row]
        return [cell for cell in cells if cell.startswith(STARTS)]
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert cells
    return [
        f"{cell.coordinate}: {cell.value}"
        for cell in cells
        if cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith(STARTS))
    ]


def test_no_sheet_at_any_address_computes_anything(house: House) -> None:
    found, wrong = set(), []
    for role in ("guest", "buyer", "producer", "promoter", "staff"):
        client = house.client(role)
        for address in all_addresses():
            path = filled(address.form, address.names, house.known)
            for method in ("get", "post"):
                if not path.endswith((".xlsx", ".csv")) and "dong-y/dia-chi" not in path:
                    continue
                answer = getattr(client, method)(path)
                kind = answer.get("Content-Type", "")
                if answer.status_code == 200 and ("sheet" in kind or "csv" in kind):
                    found.add(address.form)
                    wrong += [f"{path} {cell}" for cell in computed(answer.content, kind)]
    assert len(found) >= 10
    assert wrong == []


def test_no_sheet_of_the_worker_computes_anything(house: House) -> None:
    for kind in SHEETS:
        job = ask(kind, "", house.people["staff"])
        run(job)
        job = ExportJob.objects.get(pk=job.pk)
        assert job.file, job.error
        assert computed(job.file.read(), "sheet") == [], kind
