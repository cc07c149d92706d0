"""A shop ready to sell, and a buyer at the till: what the tests of buying share."""

from collections.abc import Mapping
from typing import Any

from django.core.signing import Signer
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from shop.basket.models import Basket
from shop.order.models import Order
from tests.factories import a_basket_with

#: Phường Cầu Giấy, Hà Nội.
HA_NOI, CAU_GIAY = "01", "00166"
#: Thành phố Bắc Ninh, the producers' own province; xã Lục Sơn lies in it.
BAC_NINH, LUC_SON = "24", "07492"
#: Thành phố Hồ Chí Minh: chilled goods do not go there.
HO_CHI_MINH = "79"


def take_basket(client: Client, basket: Basket) -> None:
    """Give the visitor this guest basket, by its cookie."""
    client.cookies["oscar_open_basket"] = Signer().sign(basket.pk)


def a_guest_with(goods: Product | Mapping[Product, int], quantity: int = 1) -> Client:
    """A browser whose basket holds these goods."""
    client = Client()
    take_basket(client, a_basket_with(goods, quantity))
    return client


def basket_of(client: Client) -> Basket:
    return Basket.objects.get(pk=Signer().unsign(client.cookies["oscar_open_basket"].value))


def typed(**changes: Any) -> dict[str, Any]:
    """What a buyer in Hà Nội types, changed as the test says; None leaves a field out."""
    fields = {
        "full_name": "Nguyễn Thị Hoa",
        "phone": "0912 345 678",
        "email": "hoa@example.com",
        "province": HA_NOI,
        "ward": CAU_GIAY,
        "street": "12 ngõ 68 Cầu Giấy",
        "note": "",
        "delivery": "zone",
        "payment": "cod",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def look(client: Client, **changes: Any) -> HttpResponse:
    """The checkout page redrawn with what was typed, as the province button does."""
    return client.post(reverse("checkout:index"), {**typed(**changes), "action": "refresh"})


def form_of(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of the drawn page: the form's key and the facts it was shown with."""
    return {
        "placement_key": response.context["placement_key"],
        "shown": response.context["page"].shown,
    }


def press(client: Client, hidden: Mapping[str, str], **changes: Any) -> HttpResponse:
    """Press “Đặt hàng”."""
    return client.post(reverse("checkout:index"), {**typed(**changes), **hidden, "action": "place"})


def buy(client: Client, **changes: Any) -> HttpResponse:
    """Look at the total, then order."""
    return press(client, form_of(look(client, **changes)), **changes)


def only_order() -> Order:
    return Order.objects.get()
