"""Letters about an order: to its buyer in the order's language, to producers in their own."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.carriers.registry import tracking_url
from shop.communication.writing import write_letter
from shop.order.models import Order, Parcel
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.producers.models import NoticeKind
from shop.producers.notices import News, tell

logger = logging.getLogger(__name__)
#: Of an order with more parcels than this the buyer gets no letter for each: a company that sends
#: two hundred gifts follows them on the order's page.
MOST_PARCELS_WITH_LETTERS = 12
#: Statuses of orders that producers do not know of yet.
NOT_YET_WORK = ("pending-payment", "to-confirm")


def write_placed_letters(order: Order, parcels: list[Parcel]) -> None:
    """Tell the buyer, if they left an email, and the members of each producer.

    `parcels` are the order's with their lines, as they were written or `parcels_with_lines` reads
    them.
    """
    _never_in_the_way(order, lambda of: _write_placed(of, parcels))


def write_due_letter(order: Order) -> None:
    """Tell the buyer once more how and until when to pay."""
    _never_in_the_way(order, lambda of: _write_to_buyer("PAYMENT_DUE", of))


def write_paid_letters(order: Order) -> None:
    """Tell the buyer that the money has come, and the producers that there is work."""
    _never_in_the_way(order, _write_paid)


def write_deposit_letters(order: Order) -> None:
    """Tell the buyer that the deposit has come and what is left, the producers that work begins."""
    _never_in_the_way(order, _write_deposit)


def write_rest_letter(order: Order) -> None:
    """Tell the buyer that the rest has come: all is paid."""
    _never_in_the_way(order, lambda of: _write_to_buyer("REST_RECEIVED", of))


def write_confirmed_letters(order: Order) -> None:
    """Tell the producers of an order that staff have confirmed with its buyer."""
    _never_in_the_way(order, _tell_all_producers)


def write_refunded_letters(order: Order, refund: Any) -> None:
    """Tell the buyer how much has gone back and why."""
    _never_in_the_way(order, lambda of: _write_to_buyer("ORDER_REFUNDED", of, refund=refund))


def write_refund_account_letter(order: Order, account: Any) -> None:
    """Tell the buyer where their money would go: who holds their link shall not name it unseen."""
    context = {"account": account, "last_four": account.number[-4:]}
    _never_in_the_way(order, lambda of: _write_to_buyer("REFUND_ACCOUNT_NAMED", of, **context))


def write_recalled_letter(order: Order, lot: Any) -> None:
    """Tell the buyer that a lot they got is taken back, and why."""
    lines = list(order.lines.filter(lot=lot))
    _never_in_the_way(order, lambda of: _write_to_buyer("LOT_RECALLED", of, lot=lot, lines=lines))


def write_sent_letter(parcel: Parcel) -> None:
    """Tell the buyer that a parcel is on its way: with whom, what is in it, until when."""
    _write_of_parcel("PARCEL_SENT", parcel)


def write_delivered_letter(parcel: Parcel) -> None:
    """Tell the buyer that a parcel has arrived, and what to do if it has not."""
    _write_of_parcel("PARCEL_DELIVERED", parcel)


def write_parcel_message(parcel: Parcel, text: str) -> None:
    """Send the buyer what the producer of a parcel wrote."""
    context = {"parcel": parcel, "text": text}
    _never_in_the_way(parcel.order, lambda of: _write_to_buyer("PARCEL_MESSAGE", of, **context))


def write_answer_letter(order: Order, message: Any) -> None:
    """Send the buyer what the shop answered."""
    _never_in_the_way(order, lambda of: _write_to_buyer("ORDER_ANSWER", of, message=message))


def write_address_letter(order: Order, change: Any) -> None:
    """Tell the buyer what was decided about the address that they asked for."""
    _never_in_the_way(order, lambda of: _write_to_buyer("ADDRESS_DECIDED", of, change=change))


def write_return_letter(event_code: str, asked: Any, **context: Any) -> None:
    """Tell the buyer that a report has come in, or what was decided about it."""
    context = {"report": asked, "rows": list(asked.lines.select_related("line")), **context}
    _never_in_the_way(asked.order, lambda of: _write_to_buyer(event_code, of, **context))


def tell_sender(
    parcel: Parcel, words: Callable[[str], str], *, key: str, path: str = "", text: str = ""
) -> None:
    """Tell the people who send `parcel` something about it; `words` is given its code."""

    def write(order: Order) -> None:
        news = News(
            parcel.producer_id,
            NoticeKind.PARCELS,
            key=key,
            words=lambda: words(str(parcel)),
            path=path or reverse("producers:parcel", args=[parcel.pk]),
            context={"text": text},
            at_least=Role.PACKER,
        )
        tell(news, order=order)

    _never_in_the_way(parcel.order, write)


def write_cancelled_letters(order: Order) -> None:
    """Tell the same people that the order will not be sent."""
    _never_in_the_way(order, _write_cancelled)


def _never_in_the_way(order: Order, write: Callable[[Order], None]) -> None:
    """A letter that cannot be written is logged; the order does not fall with it."""
    try:
        with transaction.atomic():
            write(order)
    except Exception:  # a template, a broken address: whatever it is, the order stands
        logger.exception("letters about order %s were not written", order.number)


def _write_of_parcel(event_code: str, parcel: Parcel) -> None:
    def write(order: Order) -> None:
        others = order.parcels.exclude(status=Parcel.Status.CANCELLED).exclude(pk=parcel.pk)
        number_of_others = others.count()
        if number_of_others >= MOST_PARCELS_WITH_LETTERS:
            return
        recipient = parcel.recipient
        _write_to_buyer(
            event_code,
            order,
            parcel=parcel,
            lines=list(parcel.lines.select_related("box")),
            recipient=recipient.address.full_name if recipient else "",
            others=number_of_others,
            **_way_of(parcel),
        )

    _never_in_the_way(parcel.order, write)


def _way_of(parcel: Parcel) -> dict[str, Any]:
    """Where to follow it, and the days it was promised for."""
    return {
        "tracking_link": tracking_url(parcel.carrier, parcel.tracking_number),
        "arrives_from": parcel.promised_from,
        "arrives_to": parcel.promised_to,
    }


def _write_placed(order: Order, parcels: list[Parcel]) -> None:
    prefetch_related_objects([order], "discounts", "surcharges")
    # What is due asks the order for its parcels; whoever goes on with the order reads them anew.
    order._prefetched_objects_cache["parcels"] = parcels
    try:
        _write_to_buyer("ORDER_PLACED", order, parcels=parcels)
    finally:
        del order._prefetched_objects_cache["parcels"]
    if order.status not in NOT_YET_WORK:
        _tell_producers("PARCEL_ORDERED", order, parcels)


def _write_paid(order: Order) -> None:
    _write_to_buyer("ORDER_PAID", order)
    _tell_all_producers(order)


def _write_deposit(order: Order) -> None:
    _write_to_buyer("DEPOSIT_RECEIVED", order)
    _tell_all_producers(order)


def _tell_all_producers(order: Order) -> None:
    _tell_producers("PARCEL_ORDERED", order, parcels_with_lines(order))


def _write_cancelled(order: Order) -> None:
    parcels = parcels_with_lines(order)
    _write_to_buyer("ORDER_CANCELLED", order, parcels=parcels)
    last = order.status_changes.order_by("-pk").first()
    if last is not None and last.old_status in NOT_YET_WORK:
        return  # never announced to the producers
    _tell_producers("PARCEL_CANCELLED", order, parcels)


def _write_to_buyer(event_code: str, order: Order, **context: Any) -> None:
    """Nothing for a buyer who left no email."""
    if order.contact_email:
        write_letter(
            event_code,
            to=order.contact_email,
            context={"link": link_of(order), **context},
            language=order.language,
            order=order,
            user=order.user,
        )


def link_of(order: Order) -> str:
    """The secret link, whole, to the page in the order's own language."""
    with override(order.language):
        return settings.BASE_URL + order.get_absolute_url()


def parcels_with_lines(order: Order) -> list[Parcel]:
    """The order's parcels with producer and lines, in a few queries however many."""
    rows = order.parcels.select_related("producer__ward__province", "recipient__address")
    if order.language != settings.LANGUAGE_CODE:
        # Producers read the product's own name.
        rows = rows.prefetch_related("lines__product__parent", "lines__box__product__parent")
    return list(rows.prefetch_related("lines__picture", "lines__box"))


def _tell_producers(event_code: str, order: Order, parcels: list[Parcel]) -> None:
    """A producer sees its own parcel and where it goes, no other's.

    Who has things in a box that another packs is told what to bring, not to whom it goes.
    """
    is_off = event_code == "PARCEL_CANCELLED"
    tell(
        *(
            News(
                parcel.producer_id,
                NoticeKind.PARCELS,
                key=f"{event_code.lower()}:{parcel.pk}",
                words=lambda code=event_code, told=str(parcel): _words(code, told),  # type: ignore[misc]
                path=reverse("producers:parcel", args=[parcel.pk]),
                event_code=event_code,
                context={"parcel": parcel, "lines": list(parcel.lines.all())},
                at_least=Role.PACKER,
            )
            for parcel in parcels
        ),
        *_news_of_supplies("SUPPLY_CANCELLED" if is_off else "SUPPLY_ORDERED", order, parcels),
        order=order,
        is_new=True,
    )


def _news_of_supplies(event_code: str, order: Order, parcels: list[Parcel]) -> list[News]:
    """What each supplier brings of this order, with the place. No query when nobody does."""
    brought: dict[int, list[tuple[Parcel, list[Any]]]] = {}
    for parcel in parcels:
        by_maker: dict[int, list[Any]] = {}
        for line in parcel.lines.all():
            if not line.is_wrapping and line.partner_id not in (None, parcel.producer_id):
                by_maker.setdefault(line.partner_id, []).append(line)
        for maker, lines in by_maker.items():
            brought.setdefault(maker, []).append((parcel, lines))
    makers = Partner.objects.in_bulk(brought) if brought else {}
    return [
        News(
            maker,
            NoticeKind.PARCELS,
            key=f"{event_code.lower()}:{order.pk}",
            words=lambda code=event_code, told=order.number: _words(code, told),  # type: ignore[misc]
            path=reverse("producers:supplies"),
            event_code=event_code,
            context={"maker": makers[maker], "supplies": supplies},
            at_least=Role.PACKER,
        )
        for maker, supplies in brought.items()
    ]


def _words(event_code: str, told: str) -> str:
    """The notice; `told` is the parcel or, of supplies, the order."""
    if event_code == "SUPPLY_ORDERED":
        return _("Món cần giao về nơi đóng hộp: đơn %(number)s.") % {"number": told}
    if event_code == "SUPPLY_CANCELLED":
        return _("Đơn %(number)s đã hủy, khỏi giao về nơi đóng hộp.") % {"number": told}
    if event_code == "PARCEL_CANCELLED":
        return _("Kiện %(parcel)s đã bị hủy.") % {"parcel": told}
    return _("Kiện mới cần đóng: %(parcel)s.") % {"parcel": told}
