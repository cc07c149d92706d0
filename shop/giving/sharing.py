"""Dividing a basket among recipients: who gets how many, and the parcels that makes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from shop.basket.models import Basket, Line
from shop.basket.quantities import check_quantity
from shop.giving.models import GiftRecipient, GiftShare
from shop.shipping.parcels import ParcelPlan, parcels_with
from shop.shipping.pieces import Piece, pieces_for, shares

#: Most recipients of one order; a company with more asks for a quote.
MOST_RECIPIENTS = 60


def recipients_of(basket: Any) -> list[GiftRecipient]:
    """The recipients of a basket with their shares; no query for one that goes to one place."""
    if basket.pk is None or not basket.sends_to_several:
        return []
    return list(basket.recipients.prefetch_related("shares").order_by("pk"))


def parcels_to(recipients: Sequence[GiftRecipient], lines: Sequence[Any]) -> list[ParcelPlan]:
    """One parcel for each recipient and sender. A line's price is divided to the đồng."""
    given: dict[int, list[Piece]] = {recipient.pk: [] for recipient in recipients}
    for line in lines:
        parts = [
            (recipient.pk, share.quantity)
            for recipient in recipients
            for share in recipient.shares.all()
            if share.line_id == line.pk
        ]
        counts = [quantity for _recipient, quantity in parts]
        befores = shares(line.line_price_incl_tax, counts)
        amounts = shares(line.line_price_incl_tax_incl_discounts, counts)
        for (key, quantity), before, amount in zip(parts, befores, amounts, strict=True):
            given[key] += pieces_for(line, quantity, before, amount)
    return [
        plan for recipient in recipients for plan in parcels_with(given[recipient.pk], recipient)
    ]


def what_is_not_shared(recipients: Sequence[GiftRecipient], lines: Sequence[Any]) -> dict[int, str]:
    """Lines whose recipients get more or fewer than the basket holds, in words, by line key."""
    if not recipients:
        return {}
    told: dict[int, int] = {}
    for recipient in recipients:
        for share in recipient.shares.all():
            told[share.line_id] = told.get(share.line_id, 0) + share.quantity
    return {
        line.pk: _("Đã chia %(told)s cho người nhận, trong giỏ có %(held)s.")
        % {"told": told.get(line.pk, 0), "held": line.quantity}
        for line in lines
        if told.get(line.pk, 0) != line.quantity
    }


@transaction.atomic
def add_recipients(
    basket: Basket,
    wanted: Sequence[tuple[Mapping[str, Any], str, Mapping[int, int]]],
    *,
    replacing: bool = False,
) -> int:
    """Write recipients: (address columns, greeting, quantity by line key) each; how many there are.

    With `replacing` those before go. The basket's quantities follow what is given out, so that
    nothing is over. Raises ValidationError when that is more than there is, or too many people.
    """
    locked: Basket = Basket.objects.select_for_update().get(pk=basket.pk)
    if replacing:
        locked.recipients.all().delete()
    own = {line.pk for line in basket.all_lines()}
    for address, greeting, quantities in wanted:
        recipient = GiftRecipient.objects.create(
            basket=locked,
            greeting=greeting,
            **{name: value for name, value in address.items() if name != "country_id"},
        )
        GiftShare.objects.bulk_create(
            GiftShare(recipient=recipient, line_id=key, quantity=count)
            for key, count in quantities.items()
            if count and key in own
        )
    return _after(locked, basket)


@transaction.atomic
def remove_recipient(basket: Basket, pk: int) -> bool:
    """Take one out; whether there was one. With the last the basket goes to one place again."""
    locked: Basket = Basket.objects.select_for_update().get(pk=basket.pk)
    gone, _rows = locked.recipients.filter(pk=pk).delete()
    if locked.recipients.exists():
        _after(locked, basket)
    else:
        forget_recipients(locked)
        basket.sends_to_several = False
    return bool(gone)


def forget_recipients(basket: Basket) -> None:
    """The whole basket goes to one place again; its quantities stay."""
    with transaction.atomic():
        basket.recipients.all().delete()
        basket.sends_to_several = False
        basket.save(update_fields=["sends_to_several"])


def _after(locked: Basket, basket: Basket) -> int:
    count = locked.recipients.count()
    if count > MOST_RECIPIENTS:
        raise ValidationError(
            _("Một đơn gửi nhiều nhất %(n)s nơi. Nhiều hơn, mời bạn hỏi giá cho doanh nghiệp.")
            % {"n": MOST_RECIPIENTS}
        )
    told: dict[int, int] = {
        row["line"]: row["n"]
        for row in GiftShare.objects.filter(recipient__basket=locked)
        .values("line")
        .annotate(n=Sum("quantity"))
    }
    lines: list[Any] = list(basket.all_lines())
    counts: dict[int, int] = {line.pk: told.get(line.pk, line.quantity) for line in lines}
    for line in lines:
        wanted = told.get(line.pk, 0)
        if wanted and wanted != line.quantity:
            others = sum((counts[each.pk] for each in lines if each is not line), 0)
            try:
                check_quantity(line.purchase_info.availability, wanted, others)
            except ValidationError as refusal:
                words = f"{line.product.display_title}: {refusal.messages[0]}"
                raise ValidationError(words) from None
            Line.objects.filter(pk=line.pk).update(quantity=wanted)
    locked.sends_to_several = basket.sends_to_several = count > 0
    locked.save(update_fields=["sends_to_several"])
    basket._lines = None
    return count
