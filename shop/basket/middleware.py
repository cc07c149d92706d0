"""Oscar's basket of the request; when two baskets become one at sign-in, it says so."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from oscar.apps.basket import middleware

from shop.basket.models import Basket

#: More names than these make no message clearer.
NAMES_SHOWN = 5


class BasketMiddleware(middleware.BasketMiddleware):
    """Beside Oscar's `request.basket` there is `request.open_basket`: the same one, of which no
    line was read and no discount worked out, for views that write and show nothing of it."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.open_basket = SimpleLazyObject(lambda: self._without_offers(request))  # type: ignore[attr-defined]
        response: HttpResponse = super().__call__(request)
        return response

    def _without_offers(self, request: Any) -> Basket:
        basket: Basket = self.get_basket(request)
        basket.strategy = request.strategy
        return basket

    def process_response(self, request: Any, response: HttpResponse) -> HttpResponse:
        if request._basket_cache is not None:
            # Oscar gives its cookie only to those who asked for the whole basket.
            request.basket = request._basket_cache
        answer: HttpResponse = super().process_response(request, response)
        return answer

    def get_cookie_basket(self, cookie_key: str, request: HttpRequest, manager: Any) -> Any:
        """The guest's basket; for somebody who just signed in it goes into the account's own.

        Merged here, and not by Oscar, so that the buyer hears what was waiting in the account:
        otherwise they meet at the till what lay there for weeks.
        """
        basket = super().get_cookie_basket(cookie_key, request, manager)
        if basket is None or not request.user.is_authenticated:
            return basket
        own = manager.filter(owner=request.user).order_by("pk").first()
        own = own or manager.create(owner=request.user)
        waiting = _names_of(own)
        # The larger of two quantities: the same thing chosen twice is not wanted twice.
        own.merge(basket, add_quantities=False)
        keep_recipients(basket, own)
        request.cookies_to_delete.append(cookie_key)  # type: ignore[attr-defined]
        if waiting:
            messages.info(
                request,
                _(
                    "Giỏ hàng trên tài khoản của bạn còn từ lần trước: %(names)s. "
                    "Chúng nay nằm chung với món bạn vừa chọn, mời bạn xem lại giỏ."
                )
                % {"names": waiting},
            )
        return None


def keep_recipients(guest: Basket, own: Basket) -> None:
    """Recipients named before signing in go with the basket, unless the account has some."""
    if guest.sends_to_several and not own.sends_to_several:
        guest.recipients.update(basket=own)
        own.sends_to_several = True
        own.save(update_fields=["sends_to_several"])


def _names_of(basket: Basket) -> str:
    """`Bánh mật × 2, Trà hoa vàng × 1`; empty for an empty basket."""
    lines = list(basket.all_lines())
    names = [f"{line.product.display_title} × {line.quantity}" for line in lines[:NAMES_SHOWN]]
    if len(lines) > NAMES_SHOWN:
        names.append(_("và %(n)s món nữa") % {"n": len(lines) - NAMES_SHOWN})
    return ", ".join(names)
