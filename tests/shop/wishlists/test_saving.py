"""What a visitor saves: with an account or without, shared by a link that can be turned off."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Product
from shop.basket.models import Basket
from shop.wishlists import saving
from shop.wishlists.models import Line, WishList
from shop.wishlists.saving import list_of, share
from tests.factories import (
    PASSWORD,
    a_buyer,
    a_gift_box,
    a_product,
    a_spirit,
    a_variant_product,
    signed_in,
)

pytestmark = pytest.mark.django_db
MINE = "/mon-da-luu/"


def keep(client: Client, product: Product, **more: Any) -> Any:
    return client.post(reverse("wishlists:add", args=[product.pk]), more)


def page(client: Client, url: str = MINE) -> str:
    return client.get(url).content.decode()


@pytest.fixture
def tea() -> Product:
    return a_product("Trà hoa vàng")


def test_every_card_and_product_page_has_a_heart(tea: Product) -> None:
    heart = reverse("wishlists:add", args=[tea.pk])
    client = Client()
    for url in (tea.get_absolute_url(), reverse("catalogue:index")):
        assert f'href="{heart}' in page(client, url)
    # Without a script the heart leads to a page with the button.
    assert "Lưu lại" in page(client, heart)
    assert not WishList.objects.exists()


def test_a_buyer_saves_once_and_takes_it_off(tea: Product) -> None:
    client = signed_in(a_buyer())
    for _time in range(2):
        keep(client, tea)
    assert Line.objects.count() == 1
    shown = page(client)
    assert "Trà hoa vàng" in shown and "45.000" in shown
    client.post(reverse("wishlists:remove", args=[tea.pk]))
    client.post(reverse("wishlists:remove", args=[tea.pk]))
    assert "Chưa lưu món nào" in page(client)


def test_a_guests_list_comes_along_when_they_sign_in(tea: Product) -> None:
    buyer, cake = a_buyer(), a_product("Bánh mật")
    list_of(buyer).lines.create(product=tea, title=tea.title)
    guest = Client()
    keep(guest, tea)
    keep(guest, cake)
    assert "Bánh mật" in page(guest)
    guest.post("/tai-khoan/dang-nhap/", {"username": buyer.email, "password": PASSWORD})
    assert set(Line.objects.values_list("product", flat=True)) == {tea.pk, cake.pk}
    assert Line.objects.count() == 2
    guest.post("/tai-khoan/dang-xuat/")
    assert "Bánh mật" not in page(guest)


def test_the_script_is_told_the_keys_and_nothing_else(tea: Product) -> None:
    client = Client()
    assert "saved" not in client.cookies
    response = client.post(
        reverse("wishlists:add", args=[tea.pk]), headers={"X-Requested-With": "fetch"}
    )
    assert response.status_code == 204
    assert client.cookies["saved"].value == "1"
    answer = client.get(reverse("wishlists:keys"))
    assert answer.json() == {"keys": [tea.pk]}
    assert "no-store" in answer["Cache-Control"]


def test_opening_the_heart_again_offers_to_take_it_off(tea: Product) -> None:
    client = signed_in(a_buyer())
    keep(client, tea)
    assert 'data-save-form="remove"' in page(client, reverse("wishlists:add", args=[tea.pk]))


def test_one_goes_back_to_where_one_was_and_nowhere_else(tea: Product) -> None:
    client = Client()
    assert keep(client, tea, next="/san-pham/")["Location"] == "/san-pham/"
    assert keep(client, tea, next="https://evil.example/")["Location"] == MINE


def test_it_goes_into_the_basket_from_the_list_or_asks_which_one(tea: Product) -> None:
    client = signed_in(a_buyer())
    keep(client, tea)
    keep(client, variants := a_variant_product("Chè"))
    keep(client, a_gift_box("Hộp quà", of={tea: 1}))
    shown = page(client)
    assert shown.count("Chọn loại") == 2
    assert reverse("basket:add", args=[variants.pk]) not in shown
    client.post(reverse("basket:add", args=[tea.pk]), {"quantity": 1, "next": MINE})
    assert Basket.objects.get(status="Open").num_items == 1


def test_what_is_sold_out_or_gone_says_so(tea: Product) -> None:
    client = signed_in(a_buyer())
    keep(client, tea)
    keep(client, gone := a_product("Nem chua"))
    tea.stockrecords.update(num_in_stock=0)
    Product.objects.filter(pk=gone.pk).update(live=False, is_public=False)
    shown = page(client)
    assert "Hết hàng" in shown
    assert "Không còn bán" in shown and "Nem chua" in shown


def test_many_saved_things_cost_no_more_queries(tea: Product) -> None:
    client = signed_in(a_buyer())

    def queries() -> int:
        page(client)
        with CaptureQueriesContext(connection) as counted:
            page(client)
        return len(counted)

    keep(client, tea)
    few = queries()
    for number in range(5):
        keep(client, a_product(f"Món {number}"))
    assert queries() == few


def test_a_list_is_not_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "MOST_SAVED", 2)
    for client in (Client(), signed_in(a_buyer())):
        for number in range(3):
            keep(client, a_product(f"Món {number}"))
        keys = client.get(reverse("wishlists:keys")).json()["keys"]
        assert len(keys) == 2


def test_spirits_are_saved_and_shown_after_the_age_question_only() -> None:
    spirit = a_spirit("Rượu nếp")
    client = signed_in(a_buyer())
    keep(client, spirit)
    assert not Line.objects.exists()
    client.post("/du-18-tuoi/")
    keep(client, spirit)
    assert "Rượu nếp" in page(client)
    wishlist = WishList.objects.get()
    share(wishlist, "Lan")
    assert "Rượu nếp" not in page(Client(), wishlist.share_url)


# --- Sharing ---------------------------------------------------------------------------------


def test_a_shared_list_shows_the_goods_and_the_chosen_name_only(tea: Product) -> None:
    buyer = a_buyer(first_name="Nguyễn Thị Lan")
    client = signed_in(buyer)
    keep(client, tea)
    assert 'value="Lan"' in page(client)
    client.post(reverse("wishlists:share"), {"name": "Lan"})
    url = WishList.objects.get().share_url
    assert url in page(client)
    response = Client().get(url)
    shown = response.content.decode()
    assert "Lan thích những món này" in shown and "Trà hoa vàng" in shown
    for private in (buyer.email, "Nguyễn Thị", str(buyer.phone)):
        assert private not in shown
    assert response["X-Robots-Tag"] == "noindex"


def test_the_link_is_turned_off_and_the_next_one_is_another(tea: Product) -> None:
    client = signed_in(a_buyer())
    keep(client, tea)
    client.post(reverse("wishlists:share"), {"name": ""})
    first = WishList.objects.get().share_url
    assert Client().get(first).status_code == 200
    client.post(reverse("wishlists:stop-sharing"))
    assert Client().get(first).status_code == 404
    client.post(reverse("wishlists:share"), {"name": ""})
    assert WishList.objects.get().share_url != first


@pytest.mark.parametrize("key", ["", "x", "%00"])
def test_a_list_that_is_not_shared_opens_with_nothing(tea: Product, key: str) -> None:
    keep(signed_in(a_buyer()), tea)
    assert Client().get(f"{MINE}xem/{key}/").status_code == 404
    assert Client().get(f"{MINE}xem/{WishList.objects.get().key}/").status_code == 404


def test_an_address_is_no_name(tea: Product) -> None:
    client = signed_in(a_buyer())
    keep(client, tea)
    response = client.post(reverse("wishlists:share"), {"name": "lan@example.com"})
    assert response.status_code == 422
    assert WishList.objects.get().share_key == ""


def test_a_visitor_shares_nothing(tea: Product) -> None:
    for name in ("share", "stop-sharing"):
        assert Client().post(reverse(f"wishlists:{name}")).status_code == 302
    assert not WishList.objects.exists()


def test_nobody_takes_anything_off_the_list_of_another(tea: Product) -> None:
    keep(signed_in(a_buyer()), tea)
    signed_in(a_buyer()).post(reverse("wishlists:remove", args=[tea.pk]))
    assert Line.objects.count() == 1
