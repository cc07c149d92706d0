"""A company answers: accepted, a quote becomes an order at its prices, once; or it says no."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from oscar.core.loading import get_model

from shop.address.forms import VIETNAM
from shop.basket.models import Basket, Line
from shop.checkout.agreed import Agreed, AgreedFee
from shop.checkout.quote import Wishes
from shop.corporate.models import Quote, QuoteLine, QuoteRequest
from shop.corporate.quoting import locked_request
from shop.giving.models import GiftRecipient, GiftShare
from shop.giving.wishes import GiftWishes
from shop.invoices.requesting import InvoiceDetails
from shop.order.models import Order
from shop.order.models.recipient import SENDER_LENGTH
from shop.order.placing import NotPlaced, Placement, place_order
from shop.partner.strategy import Selector
from shop.payment.methods.vietqr.method import VietQR

State = Quote.State
LOGO = "logo"
NAME_LENGTH = 150


@dataclass(eq=False)
class CannotAccept(Exception):
    """The quote did not become an order, and nothing was written. What to tell the company.

    `lines` holds words by the key of a quote's line.
    """

    words: list[str] = field(default_factory=list)
    lines: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "; ".join([*self.words, *self.lines.values()])


def accept_quote(quote: Quote, *, name: str) -> Order:
    """Place the order of a quote; a second time, or at the same moment, the same order.

    Prices are the quote's, stock is promised now, the deposit is due within
    `DEPOSIT_WAIT_DAYS`. Raises CannotAccept for one that is over, replaced or declined, or when
    something lacks.
    """
    with transaction.atomic():
        asked = locked_request(quote.request_id)
        locked = (
            Quote.objects.select_for_update(of=("self",)).select_related("order").get(pk=quote.pk)
        )
        locked.request = asked
        if locked.order is not None:
            return locked.order
        _refuse(locked)
        order = _place(locked)
        if order.total_incl_tax != locked.total:
            raise RuntimeError(f"{locked.code} became an order of {order.total_incl_tax}")
        locked.state, locked.order = State.ACCEPTED, order
        locked.accepted_by, locked.answered_at = name[:NAME_LENGTH], timezone.now()
        locked.save()
        asked.state = QuoteRequest.State.ACCEPTED
        asked.save(update_fields=["state"])
        return order


def _refuse(quote: Quote) -> None:
    if quote.state != State.SENT:
        raise CannotAccept([_("Báo giá này không còn chờ trả lời.")])
    if quote.is_over():
        raise CannotAccept([_("Báo giá đã hết hạn. Hãy hỏi chúng tôi để có báo giá mới.")])


def _place(quote: Quote) -> Order:
    asked = quote.request
    basket, keys = _basket_of(quote)
    with override(asked.language):
        placement = _placement(quote)
    try:
        return place_order(basket, placement, asked.user)
    except NotPlaced as refusal:
        words = [*refusal.changes, *refusal.fields.values()]
        lines = {keys[key]: why for key, why in refusal.lines.items() if key in keys}
        raise CannotAccept(words, lines) from refusal


def _basket_of(quote: Quote) -> tuple[Basket, dict[int, int]]:
    """A basket with the quote's goods at its prices, and its lines' keys to the quote's."""
    basket = Basket.objects.create()
    basket.strategy = Selector().strategy()
    keys: dict[int, int] = {}
    lacking: dict[int, str] = {}
    for line in quote.lines.select_related("product__parent", "product__product_class"):
        added = _add(basket, line)
        if added is None:
            lacking[line.pk] = _("Hàng này hiện không bán.")
        else:
            keys[added.pk] = line.pk
    if lacking:
        raise CannotAccept(lines=lacking)
    if quote.goes_by_list:
        _share_out(basket, quote, next(iter(keys)))
    basket.reset_offer_applications()
    return basket, keys


def _share_out(basket: Basket, quote: Quote, line_key: int) -> None:
    """To each of the company's list so many of the one line, with a greeting of their own."""
    for row in quote.request.recipients.select_related("ward__province"):
        recipient = GiftRecipient.objects.create(
            basket=basket,
            first_name=row.name,
            phone_number=row.phone,
            line1=row.street,
            line3=row.ward.full_name,
            line4=row.ward.province.full_name,
            ward_code=row.ward_id,
            province_code=row.ward.province_id,
            greeting=row.greeting,
        )
        GiftShare.objects.create(recipient=recipient, line_id=line_key, quantity=row.quantity)
    basket.sends_to_several = True
    basket.save(update_fields=["sends_to_several"])


def _add(basket: Basket, line: QuoteLine) -> Line | None:
    """The basket's line; None for a product that has no price any more."""
    info = basket.strategy.fetch_for_product(line.product)
    if info.stockrecord is None or not info.price.exists:
        return None
    added, _created = basket.add_product(line.product, line.quantity)
    added.agreed_price = line.unit_price
    added.save(update_fields=["agreed_price"])
    return added


def _placement(quote: Quote) -> Placement:
    asked = quote.request
    Country = get_model("address", "Country")
    ward = asked.ward
    return Placement(
        key=f"quote-{quote.pk}",
        address={
            "first_name": f"{asked.contact} ({asked.company})"[:NAME_LENGTH],
            "phone_number": asked.phone,
            "line1": asked.street,
            "line3": ward.full_name,
            "line4": ward.province.full_name,
            "ward_code": ward.code,
            "province_code": ward.province_id,
            "country": Country.objects.get(pk=VIETNAM),
        },
        wishes=Wishes(ward.province_id, "", VietQR.code, asked.phone, agreed=agreed_in(quote)),
        language=asked.language,
        shown=None,
        email=asked.email,
        note=_("Theo báo giá %(code)s.") % {"code": quote.code},
        invoice=_invoice(asked),
        gift=_gift(quote),
    )


def agreed_in(quote: Quote) -> Agreed:
    """Delivery, fee and deposit as the quote says them."""
    fee = AgreedFee(LOGO, _("In logo lên vỏ hộp"), quote.logo_fee)
    return Agreed(
        delivery=quote.delivery,
        fees=(fee,) if quote.logo_fee else (),
        deposit=quote.deposit,
        rest_due_on=quote.rest_due_on,
        held_until=timezone.now() + timedelta(days=settings.DEPOSIT_WAIT_DAYS),
    )


def _gift(quote: Quote) -> GiftWishes | None:
    """From whom the cards are, where the goods go to others than the company."""
    if not quote.goes_by_list:
        return None
    return GiftWishes(sender_name=quote.request.company[:SENDER_LENGTH])


def _invoice(asked: QuoteRequest) -> InvoiceDetails | None:
    if not asked.invoice_wanted:
        return None
    return InvoiceDetails(
        company_name=asked.company,
        tax_code=asked.tax_code,
        address=asked.invoice_address,
        email=asked.invoice_email,
    )


@transaction.atomic
def decline_quote(quote: Quote, *, words: str) -> Quote:
    """The company says no, with its reason. Twice is once. Raises CannotAccept after accepting."""
    asked = locked_request(quote.request_id)
    locked = Quote.objects.select_for_update().get(pk=quote.pk)
    if locked.state == State.DECLINED:
        return locked
    if locked.state != State.SENT:
        raise CannotAccept([_("Báo giá này không còn chờ trả lời.")])
    locked.state, locked.answered_at = State.DECLINED, timezone.now()
    locked.declined_words = words[:500]
    locked.save()
    asked.state = QuoteRequest.State.DECLINED
    asked.save(update_fields=["state"])
    return locked
