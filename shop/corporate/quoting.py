"""Staff quote: a draft is written, sent once and frozen, and replaced by a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.models import Product
from catalogue.prices import price_of
from shop.communication.writing import write_letter
from shop.corporate.models import Quote, QuoteLine, QuoteRequest

State = Quote.State
#: Columns that a new version takes over from the one before.
#: Largest total that one order and its payment hold, đồng.
MOST_TOTAL = Decimal(9_999_999_999)
KEPT = (
    *("logo_fee", "delivery", "discount_reason", "deposit_percent", "rest_due_on", "lead_days"),
    "words",
)


@dataclass(frozen=True)
class OfferedLine:
    """So many of a product at a price that was agreed, đồng a piece."""

    product: Product
    quantity: int
    unit_price: Decimal
    note: str = ""


class CannotQuote(Exception):
    """This quote is not written or sent so. The message is for the staff."""


def locked_request(pk: int) -> QuoteRequest:
    """The request, held until the transaction ends: everything about its quotes waits for it."""
    return QuoteRequest.objects.select_for_update().get(pk=pk)


def list_price(product: Product) -> Decimal | None:
    """What one costs in the shop today, đồng; None when it is not for sale."""
    found = price_of(product)
    return found.amount if found is not None else None


@transaction.atomic
def draft_for(asked: QuoteRequest, *, by: Any) -> Quote:
    """The draft of a request: the one that is being written, or a new version.

    A new version begins as the last one, the first with the boxes asked for at today's prices.
    Raises CannotQuote once a quote became an order, unless that was cancelled.
    """
    locked_request(asked.pk)
    last = asked.quotes.select_related("order").order_by("-version").first()
    if last is not None and last.is_draft:
        return last
    if last is not None and last.is_ordered:
        raise CannotQuote(_("Báo giá đã được chấp nhận và thành đơn hàng."))
    kept = {name: getattr(last, name) for name in KEPT} if last is not None else {}
    quote = Quote.objects.create(
        request=asked,
        version=last.version + 1 if last is not None else 1,
        valid_until=timezone.localdate() + timedelta(days=settings.QUOTE_VALID_DAYS),
        written_by=by,
        **kept,
    )
    _write_lines(quote, _lines_of(last) if last is not None else _lines_asked(asked))
    return quote


def _lines_of(quote: Quote) -> list[OfferedLine]:
    return [
        OfferedLine(line.product, line.quantity, line.unit_price, line.note)
        for line in quote.lines.select_related("product__parent")
    ]


def _lines_asked(asked: QuoteRequest) -> list[OfferedLine]:
    lines = []
    for box in asked.wanted.select_related("product__parent"):
        price = list_price(box.product)
        if price:
            lines.append(OfferedLine(box.product, box.quantity, price))
    return lines


@transaction.atomic
def save_draft(quote: Quote, facts: Mapping[str, Any], lines: Sequence[OfferedLine]) -> Quote:
    """Write the draft anew. Raises CannotQuote for one that was sent meanwhile."""
    locked_request(quote.request_id)
    draft = Quote.objects.select_for_update().get(pk=quote.pk)
    if not draft.is_draft:
        raise CannotQuote(_("Báo giá này đã gửi nên không sửa được. Hãy soạn bản mới."))
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save()
    _write_lines(draft, lines)
    return draft


def _write_lines(quote: Quote, lines: Sequence[OfferedLine]) -> None:
    quote.lines.all().delete()
    for line in lines:
        with override(quote.request.language):
            title = line.product.display_title
        QuoteLine.objects.create(
            quote=quote,
            product=line.product,
            title=title[:255],
            quantity=line.quantity,
            unit_price=line.unit_price,
            list_price=list_price(line.product),
            note=line.note,
        )


@transaction.atomic
def send_quote(quote: Quote, *, by: Any) -> Quote:
    """Freeze a draft and write to the company; the version before is replaced. Twice is once.

    Raises CannotQuote for a draft without lines, without a day ahead, or with a price below the
    shop's and no reason for it.
    """
    asked = locked_request(quote.request_id)
    draft = Quote.objects.select_for_update().get(pk=quote.pk)
    if not draft.is_draft:
        return draft
    _refuse_unfinished(draft)
    # Also one whose order fell, for want of its deposit say.
    asked.quotes.filter(state__in=[State.SENT, State.ACCEPTED]).update(state=State.REPLACED)
    draft.state, draft.sent_at, draft.written_by = State.SENT, timezone.now(), by
    draft.save()
    asked.state = QuoteRequest.State.QUOTED
    asked.save(update_fields=["state"])
    draft.request = asked
    write_letter(
        "QUOTE_SENT",
        to=asked.email,
        context={"quote": draft, "asked": asked, "link": link_of(draft)},
        language=asked.language,
    )
    return draft


def _refuse_unfinished(draft: Quote) -> None:
    lines = list(draft.lines.all())
    if not lines:
        raise CannotQuote(_("Báo giá chưa có dòng hàng nào."))
    if draft.total > MOST_TOTAL:
        raise CannotQuote(_("Tổng quá lớn cho một đơn."))
    if draft.is_over():
        raise CannotQuote(_("Ngày giữ giá đã qua: hãy chọn một ngày từ hôm nay."))
    if any(line.is_below_list for line in lines) and not draft.discount_reason:
        raise CannotQuote(_("Có giá thấp hơn giá bán lẻ: hãy ghi vì sao bớt giá."))


def link_of(quote: Quote) -> str:
    """The secret link, whole, to the page in the company's own language."""
    with override(quote.request.language):
        return str(settings.BASE_URL) + quote.get_absolute_url()


@transaction.atomic
def close_request(asked: QuoteRequest) -> QuoteRequest:
    """Nothing comes of it: what was sent cannot be accepted any more.

    Raises CannotQuote for one that became an order.
    """
    locked = locked_request(asked.pk)
    if locked.state == QuoteRequest.State.ACCEPTED:
        raise CannotQuote(_("Báo giá đã được chấp nhận và thành đơn hàng."))
    locked.quotes.filter(state=State.SENT).update(state=State.REPLACED)
    locked.state = QuoteRequest.State.CLOSED
    locked.save(update_fields=["state"])
    return locked
