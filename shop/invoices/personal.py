"""Whom invoices are for: profiles go with the account, issued invoices have a term of their own."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy

from shop.invoices.models import InvoiceRequest, TaxProfile
from shop.personal.registry import ErasureWishes, Person, Room, Trace, delete
from shop.personal.rows import dump

#: Stands for the reason of a refusal, which must not be empty.
NOTHING_LEFT = "—"


class InvoicesRoom(Room):
    name = "invoices"
    title = gettext_lazy("Thông tin và yêu cầu xuất hóa đơn")
    holds = ("invoices.TaxProfile", "invoices.InvoiceRequest")

    def export(self, person: Person) -> Any:
        return {
            "profiles": dump(TaxProfile.objects.filter(person.by_user())),
            "requests": dump(
                InvoiceRequest.objects.filter(order__in=person.orders), leave_out=("handled_by",)
            ),
        }

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        return delete(TaxProfile.objects.filter(person.by_user()))

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        """A request that came to no invoice is no voucher: it ends with the order."""
        _blank(
            InvoiceRequest.objects.filter(order__in=orders).exclude(
                status=InvoiceRequest.Status.ISSUED
            )
        )

    def anonymise_invoices(self, orders: Sequence[int]) -> None:
        _blank(InvoiceRequest.objects.filter(order__in=orders))


def _blank(requests: Any) -> None:
    """Number and day of an invoice stay: by them its sum is found in the books."""
    requests.update(
        company_name="",
        tax_code="",
        address="",
        email="",
        note=Case(When(note="", then=Value("")), default=Value(NOTHING_LEFT)),
    )
