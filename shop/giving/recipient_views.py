"""Sending a basket to several people. All of it is the visitor's own basket: nothing has a key."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shop.giving.recipient_form import RecipientForm
from shop.giving.sharing import add_recipients, forget_recipients, recipients_of, remove_recipient
from shop.http import ShopRequest


@require_safe
@never_cache
def recipients(request: ShopRequest) -> HttpResponse:
    if request.basket.is_empty:
        return redirect("basket:summary")
    return _page(request, RecipientForm(lines=_lines(request)))


@require_POST
def add(request: ShopRequest) -> HttpResponse:
    """One more recipient; a province alone redraws the page with its wards."""
    if request.basket.is_empty:
        return redirect("basket:summary")
    form = RecipientForm(request.POST, lines=_lines(request))
    if request.htmx or "choose_province" in request.POST:
        form.forget_errors()
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    wanted = (form.address_values(), form.cleaned_data["greeting"], form.quantities)
    try:
        add_recipients(request.basket, [wanted])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, form, status=422)
    messages.success(request, _("Đã thêm %(name)s.") % {"name": form.cleaned_data["full_name"]})
    return redirect("giving:recipients")


@require_POST
def remove(request: ShopRequest, pk: int) -> HttpResponse:
    if request.basket.pk and remove_recipient(request.basket, pk):
        messages.success(request, _("Đã bỏ người nhận."))
    return redirect("giving:recipients")


@require_POST
def to_one_place(request: ShopRequest) -> HttpResponse:
    """The whole basket goes to one address again."""
    if request.basket.pk:
        forget_recipients(request.basket)
    return redirect("checkout:index")


def _lines(request: ShopRequest) -> list[Any]:
    return [line for line in request.basket.all_lines() if line.is_buyable]


def _page(request: ShopRequest, form: RecipientForm, status: int = 200) -> HttpResponse:
    basket = request.basket
    titles = {line.pk: line.product.display_title for line in basket.all_lines()}
    rows = [
        (
            recipient,
            [
                f"{share.quantity} × {titles[share.line_id]}"
                for share in recipient.shares.all()
                if share.line_id in titles
            ],
        )
        for recipient in recipients_of(basket)
    ]
    context = {"form": form, "rows": rows, "lines": basket.all_lines()}
    return render(request, "giving/recipients.html", context, status=status)
