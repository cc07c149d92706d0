"""A company asks: the request is kept with its files and list, and confirmed by letter."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from shop.communication.writing import write_letter
from shop.corporate.models import ListedRecipient, QuoteRequest, WantedBox
from shop.giving.addresses import AddressList


@transaction.atomic
def ask_for_quote(
    facts: Mapping[str, Any],
    wanted: Mapping[Any, int],
    addresses: AddressList | None = None,
    *,
    user: Any = None,
) -> QuoteRequest:
    """Keep a request with so many of each product, and write its confirmation.

    `facts` are columns of `QuoteRequest`; the list counts only where goods go by it.
    """
    by_list = facts["delivery"] == QuoteRequest.Delivery.LIST
    asked = QuoteRequest.objects.create(
        **facts,
        language=get_language() or "vi",
        user=user if user is not None and user.is_authenticated else None,
    )
    WantedBox.objects.bulk_create(
        WantedBox(request=asked, product=product, quantity=quantity)
        for product, quantity in wanted.items()
    )
    if by_list and addresses is not None:
        ListedRecipient.objects.bulk_create(
            ListedRecipient(
                request=asked,
                row=row.row,
                name=row.name,
                phone=row.phone,
                ward=row.ward,
                street=row.street,
                quantity=row.quantity,
                greeting=row.greeting,
            )
            for row in addresses.rows
        )
    boxes = list(asked.wanted.select_related("product__parent"))
    write_letter(
        "QUOTE_REQUESTED",
        to=asked.email,
        context={"asked": asked, "boxes": boxes},
        language=asked.language,
    )
    return asked
