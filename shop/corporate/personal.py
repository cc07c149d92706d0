"""What companies asked for: contacts, recipients, files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from shop.corporate.models import ListedRecipient, Quote, QuoteLine, QuoteRequest, WantedBox
from shop.personal.registry import ErasureWishes, Person, Room, Trace
from shop.personal.rows import dump


class CorporateRoom(Room):
    name = "quotes"
    title = gettext_lazy("Yêu cầu báo giá")
    holds = (
        "corporate.QuoteRequest",
        "corporate.WantedBox",
        "corporate.ListedRecipient",
        "corporate.Quote",
        "corporate.QuoteLine",
    )

    def export(self, person: Person) -> Any:
        requests = _of(person)
        quotes = Quote.objects.filter(request__in=requests).exclude(state=Quote.State.DRAFT)
        return {
            "requests": dump(requests),
            "wanted": dump(
                WantedBox.objects.filter(request__in=requests), also=("product__title",)
            ),
            "recipients": dump(ListedRecipient.objects.filter(request__in=requests)),
            "quotes": dump(quotes, leave_out=("written_by",)),
            "quote_lines": dump(QuoteLine.objects.filter(quote__in=quotes)),
        }

    def files(self, person: Person) -> Iterable[Any]:
        requests = _of(person)
        return [file for each in requests for file in (each.logo, each.address_file) if file]

    def erase(self, person: Person, wishes: ErasureWishes, trace: Trace) -> int:
        """Those that came to no order: nothing was agreed on, no law keeps them."""
        return _blank(_of(person).exclude(quotes__order__isnull=False), trace)

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        _blank(QuoteRequest.objects.filter(quotes__order__in=orders), trace)


def forget_old_requests(before: datetime, trace: Trace) -> int:
    """Requests that came to no order, of before then."""
    old = QuoteRequest.objects.filter(created_at__lt=before).exclude(contact="")
    return _blank(old.exclude(quotes__order__isnull=False), trace)


def _of(person: Person) -> Any:
    return QuoteRequest.objects.filter(person.by_user() | person.by_email())


def _blank(requests: Any, trace: Trace) -> int:
    """What was wanted and for how much stays, for the shop's own numbers."""
    rows = list(requests.distinct())
    keys = [each.pk for each in rows]
    for each in rows:
        trace.drop(each.logo, each.address_file)
    ListedRecipient.objects.filter(request__in=keys).delete()
    Quote.objects.filter(request__in=keys).update(
        words="", declined_words="", accepted_by="", discount_reason=""
    )
    QuoteLine.objects.filter(quote__request__in=keys).update(note="")
    open_ = (QuoteRequest.State.NEW, QuoteRequest.State.QUOTED)
    QuoteRequest.objects.filter(pk__in=keys, state__in=open_).update(
        state=QuoteRequest.State.CLOSED
    )
    return QuoteRequest.objects.filter(pk__in=keys).update(
        company="",
        tax_code="",
        contact="",
        phone="",
        email="",
        street="",
        invoice_address="",
        invoice_email="",
        note="",
        logo="",
        address_file="",
        user=None,
    )
