"""One page from basket to order. Every answer is the whole page; for htmx the parts that follow
what was chosen."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from shop.address.forms import initial_of
from shop.checkout.forms import CheckoutForm
from shop.checkout.memory import (
    REMEMBERED,
    forget_typed,
    initial_for,
    own_addresses,
    placement_key,
    remember_typed,
)
from shop.checkout.page import CheckoutPage
from shop.checkout.placed import just_placed, remember_placed
from shop.checkout.quote import Quote
from shop.checkout.shown import unseal
from shop.checkout.stale import is_stale
from shop.http import ShopRequest
from shop.invoices.profiles import initial_of_profile, keep_profile, own_profiles
from shop.order.access import remember
from shop.order.models import Order
from shop.order.placing import AlreadyOrdered, NotPlaced, Placement, order_of_key, place_order
from shop.payment.registry import method_of
from shop.personal.consenting import Source

logger = logging.getLogger(__name__)

#: The button that was pressed: place the order; anything else only redraws the page.
PLACE = "place"


# Checked by `is_stale` instead: a stale token must not cost the buyer what they typed.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class CheckoutView(View):
    request: ShopRequest

    def get(self, request: ShopRequest) -> HttpResponse:
        if request.basket.is_empty:
            return _back_to_basket(request)
        return self._draw(self._form(initial=initial_for(request)))

    def post(self, request: ShopRequest) -> HttpResponse:
        stale = is_stale(request)
        wants_order = request.POST.get("action") == PLACE and not request.htmx
        if wants_order and not stale:
            return self._order(request)
        if request.basket.is_empty:
            return _back_to_basket(request)
        if not stale:
            remember_typed(request, request.POST)
        if (address := request.POST.get("use_address")) is not None:
            return self._draw(self._form(initial=self._with_address(address)))
        if (profile := request.POST.get("use_tax_profile")) is not None:
            return self._draw(self._form(initial=self._with_tax_profile(profile)))
        form = self._form(data=request.POST)
        form.forget_errors()
        if not wants_order:
            return self._draw(form)
        words = _(
            "Trang này mở đã lâu. Mọi điều bạn nhập còn nguyên: xem lại rồi bấm “Đặt hàng” lần nữa."
        )
        return self._draw(form, changes=[words], status=403)

    # --- Placing ----------------------------------------------------------------------------

    def _order(self, request: ShopRequest) -> HttpResponse:
        """Place the order, or say why not. Only placing reads the lines, under their lock."""
        form = CheckoutForm(
            data=request.POST,
            has_alcohol=None,
            is_member=request.user.is_authenticated,
            has_recipients=request.open_basket.sends_to_several,
        )
        if request.open_basket.pk is None:
            return self._nothing_to_order(request)
        return self._place(form) if form.is_valid() else self._refuse()

    def _nothing_to_order(self, request: ShopRequest) -> HttpResponse:
        """The click before, or another tab, made an order of the basket."""
        done = order_of_key(_key_in(request))
        return _go_on(request, done) if done is not None else _back_to_basket(request)

    def _refuse(self, refusal: NotPlaced | None = None) -> HttpResponse:
        """The page with all that is wrong, in the form and in the basket as it is now."""
        request, refusal = self.request, refusal or NotPlaced()
        if request.basket.is_empty:
            return self._nothing_to_order(request)
        remember_typed(request, request.POST)
        form = self._form(data=request.POST)
        status = 409 if form.is_valid() else 422
        for name, words in refusal.fields.items():
            if name not in form.errors:
                form.add_error(name if name in form.fields else None, words)
        return self._draw(form, changes=refusal.changes, line_errors=refusal.lines, status=status)

    def _place(self, form: CheckoutForm) -> HttpResponse:
        data = form.cleaned_data
        placement = Placement(
            key=str(data["placement_key"]),
            address=form.address_values(),
            wishes=form.wishes,
            language=(get_language() or "vi")[:2],
            shown=unseal(data["shown"]),
            email=data["email"],
            note=data["note"],
            is_adult=data.get("adult", False),
            save_address=data.get("save_address", False),
            invoice=form.invoice_details,
            gift=form.gift,
            buyer_phone=data.get("buyer_phone", ""),
        )
        try:
            order = place_order(self.request.open_basket, placement, self.request.user)
        except AlreadyOrdered as taken:
            if taken.order is None:
                return _back_to_basket(self.request)
            return _go_on(self.request, taken.order)
        except NotPlaced as refusal:
            return self._refuse(refusal)
        self._keep(form)
        return _go_on(self.request, order)

    def _keep(self, form: CheckoutForm) -> None:
        """What the buyer ticked beside the order. It stands already: nothing here may undo it."""
        user: Any = self.request.user
        data = form.cleaned_data
        if not (form.wants_consents or data.get("save_invoice")):
            return
        own = user if user.is_authenticated and user.email == data["email"].lower() else None
        try:
            with transaction.atomic():
                form.keep_consents(data["email"], source=Source.CHECKOUT, user=own)
                if data.get("save_invoice") and form.invoice_details:
                    keep_profile(user, form.invoice_details)
        except Exception:  # whatever it is, the buyer goes on to pay
            logger.exception("what was ticked beside an order was not kept")

    # --- Drawing ----------------------------------------------------------------------------

    def _form(self, **kwargs: Any) -> CheckoutForm:
        return CheckoutForm(
            has_alcohol=any(line.is_alcohol for line in self.request.basket.all_lines()),
            is_member=self.request.user.is_authenticated,
            has_recipients=self.request.basket.sends_to_several,
            **kwargs,
        )

    def _with_address(self, pk: str) -> dict[str, str]:
        """What was typed, with the chosen address of the buyer's own book over it."""
        typed = {name: self.request.POST.get(name, "") for name in REMEMBERED}
        own = own_addresses(self.request.user)
        chosen = next((address for address in own if str(address.pk) == pk), None)
        filled = {**typed, **(initial_of(chosen) if chosen else {})}
        remember_typed(self.request, filled)
        return filled

    def _with_tax_profile(self, pk: str) -> dict[str, str]:
        """What was typed, with one of the buyer's own profiles in the invoice's fields."""
        typed = {name: self.request.POST.get(name, "") for name in REMEMBERED}
        filled = {**typed, **initial_of_profile(self.request.user, pk)}
        remember_typed(self.request, filled)
        return filled

    def _draw(self, form: CheckoutForm, *, status: int = 200, **refused: Any) -> HttpResponse:
        request = self.request
        page = CheckoutPage(
            form,
            Quote(request.basket, form.wishes, request.user),
            addresses=own_addresses(request.user),
            **refused,
        )
        context = {
            "page": page,
            "form": form,
            "placement_key": placement_key(request.basket),
            "tax_profiles": own_profiles(request.user),
            "sign_in_url": f"{reverse('customer:login')}?{urlencode({'next': request.path})}",
        }
        template = "checkout/parts.html" if request.htmx else "checkout/index.html"
        return render(request, template, context, status=status)


def _key_in(request: ShopRequest) -> str:
    """The form's key, if it looks like one of ours."""
    key = request.POST.get("placement_key", "")
    return key if len(key) == 36 and key.isascii() else ""


def _go_on(request: ShopRequest, order: Order) -> HttpResponse:
    """To the payment's next step, or the thanks page. This browser may open the order."""
    remember(request, order)
    remember_placed(request, order)
    forget_typed(request)
    method = method_of(order.payment_method)
    return redirect(method.next_url(order) if method else order.get_absolute_url())


def _back_to_basket(request: ShopRequest) -> HttpResponse:
    # The basket page itself says that the order was placed, with a link.
    if just_placed(request) is None:
        messages.info(request, _("Giỏ hàng đang trống nên chưa có gì để thanh toán."))
    return redirect("basket:summary")
