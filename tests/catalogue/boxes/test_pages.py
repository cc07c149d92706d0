"""The pages to fill a box: all boxes, one being filled, one that was filled."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.boxes.designing import save_design
from catalogue.models import BoxDesign, Product
from tests.catalogue.boxes.making import a_box_to_change, a_box_to_fill, choice_key, item_key
from tests.factories import (
    a_buyer,
    a_certificate,
    a_gift_box,
    a_product,
    a_spirit,
    signed_in,
)

pytestmark = pytest.mark.django_db
INDEX = "/hop-qua-tu-chon/"


def page_of(box: Product) -> str:
    return f"{INDEX}{box.slug}/"


def post(client: Client, box: Product, htmx: bool = False, **data: str):
    headers = {"hx-request": "true"} if htmx else {}
    return client.post(page_of(box), data, headers=headers)


def number(box: Product, product: Product) -> str:
    return f"chon-{choice_key(box, product)}"


def test_boxes_that_can_be_designed_are_listed_and_no_others(client: Client) -> None:
    honey = a_product("Mật ong")
    a_box_to_fill("Hộp ba ngăn", choices={honey: 1})
    a_box_to_change("Hộp đổi được", of={honey: 1}, swappable={honey}, choices={honey: 1})
    a_box_to_fill("Hộp chưa bán", choices={honey: 1}, live=False)
    a_gift_box("Hộp nguyên", of={honey: 1})
    body = client.get(INDEX).content.decode()
    assert "Hộp ba ngăn" in body and "Hộp đổi được" in body
    assert "Hộp chưa bán" not in body and "Hộp nguyên" not in body


def test_without_boxes_it_leads_on(client: Client) -> None:
    assert "Hiện chưa có hộp nào" in client.get(INDEX).content.decode()


def test_a_choice_shows_its_price_maker_and_stars_of_today(client: Client) -> None:
    honey = a_product("Mật ong", price=45_000)
    a_certificate(honey, stars=4)
    box = a_box_to_fill(choices={honey: 2})
    body = client.get(page_of(box)).content.decode()
    assert "90.000\u00a0₫" in body
    assert honey.producer.name in body
    assert "OCOP 4 sao" in body


def test_a_choice_that_is_gone_says_why_and_takes_no_number(client: Client) -> None:
    honey, gone = a_product("Mật ong"), a_product("Long nhãn", stock=0)
    box = a_box_to_fill(choices={honey: 1, gone: 1})
    body = client.get(page_of(box)).content.decode()
    assert "Long nhãn vừa hết hàng." in body
    assert number(box, gone) not in body


def test_htmx_gets_the_sum_and_no_page(client: Client) -> None:
    honey = a_product("Mật ong", price=45_000)
    box = a_box_to_fill(slots=3, choices={honey: 1})
    response = post(client, box, htmx=True, **{number(box, honey): "2"})
    body = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in body
    assert "Còn 1 ngăn trống." in body
    assert "90.000\u00a0₫" in body
    assert not BoxDesign.objects.exists()


@pytest.mark.parametrize("typed", ["hai", "-1", "1.5", "9999", "²"])
def test_a_number_that_is_none_stays_in_its_box(client: Client, typed: str) -> None:
    honey = a_product("Mật ong")
    box = a_box_to_fill(slots=2, choices={honey: 1})
    response = post(client, box, do="save", **{number(box, honey): typed})
    body = response.content.decode()
    assert response.status_code == 422
    assert f'value="{typed}"' in body
    assert "Số lượng là một số tròn" in body


def test_saving_leads_to_the_link_of_the_box(client: Client) -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà", price=100_000)
    box = a_box_to_fill(slots=2, choices={honey: 1, tea: 1})
    data = {number(box, honey): "1", number(box, tea): "1"}
    response = post(client, box, do="save", **data)
    design = BoxDesign.objects.get()
    assert response.url == design.get_absolute_url()
    assert design.owner is None
    shown = client.get(response.url)
    body = shown.content.decode()
    assert "145.000\u00a0₫" in body
    assert f'data-copy="http://testserver{response.url}"' in body or response.url in body
    assert 'content="noindex"' in body


def test_a_box_that_is_not_full_is_not_saved(client: Client) -> None:
    honey = a_product("Mật ong")
    box = a_box_to_fill(slots=3, choices={honey: 1})
    response = post(client, box, do="save", **{number(box, honey): "2"})
    assert response.status_code == 422
    assert "Còn 1 ngăn trống." in response.content.decode()
    assert post(client, box, do="save", **{number(box, honey): "4"}).status_code == 422
    assert not BoxDesign.objects.exists()


def test_a_signed_in_buyer_finds_the_box_again(client: Client) -> None:
    honey, buyer = a_product("Mật ong"), a_buyer()
    box = a_box_to_fill("Hộp của Lan", slots=1, choices={honey: 1})
    browser = signed_in(buyer)
    post(browser, box, do="save", **{number(box, honey): "1"})
    body = browser.get(reverse("customer:summary")).content.decode()
    assert BoxDesign.objects.get().get_absolute_url() in body
    assert (
        "Hộp của Lan" not in signed_in(a_buyer()).get(reverse("customer:summary")).content.decode()
    )


def test_a_saved_box_opens_in_the_builder_again(client: Client) -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà")
    box = a_box_to_fill(slots=3, choices={honey: 2, tea: 1})
    design = save_design(box, [(honey, 4), (tea, 1)])
    body = client.get(f"{page_of(box)}?tu={design.token}").content.decode()
    assert f'name="{number(box, honey)}" value="2"' in body
    assert f'name="{number(box, tea)}" value="1"' in body
    assert "Hộp đã đủ món." in body


def test_a_swapped_box_opens_in_the_builder_again(client: Client) -> None:
    honey, tea, nuts = a_product("Mật ong"), a_product("Trà"), a_product("Hạt")
    box = a_box_to_change(of={honey: 1, tea: 1}, swappable={tea}, choices={nuts: 2})
    field, key = f"mon-{item_key(box, tea)}", choice_key(box, nuts)
    response = post(client, box, do="save", **{field: str(key)})
    design = BoxDesign.objects.get()
    assert response.url == design.get_absolute_url()
    body = client.get(f"{page_of(box)}?tu={design.token}").content.decode()
    assert f'name="{field}" value="{key}" checked' in body


@pytest.mark.parametrize("token", ["", "khong-co", "x" * 300])
def test_an_unknown_design_begins_anew_or_is_not_found(client: Client, token: str) -> None:
    box = a_box_to_fill(choices={a_product(): 1})
    assert client.get(f"{page_of(box)}?tu={token}").status_code == 200
    if token:
        assert client.get(f"{page_of(box)}{token}/").status_code == 404


def test_a_design_belongs_to_its_box(client: Client) -> None:
    honey = a_product()
    box, other = a_box_to_fill("Một", choices={honey: 1}), a_box_to_fill("Hai", choices={honey: 1})
    design = save_design(box, [(honey, 4)])
    assert client.get(f"{page_of(other)}{design.token}/").status_code == 404


def test_a_design_opens_still_and_says_what_lacks(client: Client) -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà")
    box = a_box_to_fill(slots=2, choices={honey: 1, tea: 1})
    design = save_design(box, [(honey, 1), (tea, 1)])
    honey.live = False
    honey.save()
    body = client.get(design.get_absolute_url()).content.decode()
    assert "Mật ong trong hộp không còn bán." in body
    assert reverse("basket:add-design") not in body


def test_a_design_of_a_delisted_box_opens_still(client: Client) -> None:
    honey = a_product("Mật ong")
    box = a_box_to_fill(slots=1, choices={honey: 1})
    design = save_design(box, [(honey, 1)])
    Product.objects.filter(pk=box.pk).update(live=False, is_public=False)
    body = client.get(design.get_absolute_url()).content.decode()
    assert "Hộp này không còn bán." in body
    assert "Sửa hộp này" not in body
    assert client.get(page_of(box)).status_code == 404


def test_only_boxes_with_something_to_choose_have_the_page(client: Client) -> None:
    honey = a_product()
    assert client.get(page_of(honey)).status_code == 404
    assert client.get(page_of(a_gift_box(of={honey: 1}))).status_code == 404


def test_a_box_with_alcohol_asks_the_age_first(client: Client) -> None:
    spirit, honey, tea = a_spirit(), a_product("Mật ong"), a_product("Trà")
    box = a_box_to_change(of={spirit: 1, honey: 1}, swappable={honey}, choices={tea: 1})
    design = save_design(box, [(spirit, 1), (tea, 1)])
    for address in (page_of(box), design.get_absolute_url()):
        assert "Bạn đã đủ 18 tuổi chưa?" in client.get(address).content.decode()
    assert box.title not in client.get(INDEX).content.decode()
    post(client, box, do="save")
    assert BoxDesign.objects.count() == 1
    client.cookies["du-18-tuoi"] = "1"
    assert "Đổi món trong hộp" in client.get(page_of(box)).content.decode()


def test_what_became_alcohol_is_not_offered(client: Client) -> None:
    honey, drink = a_product("Mật ong"), a_product("Nước cốt")
    box = a_box_to_fill(choices={honey: 1, drink: 1})
    Product.objects.filter(pk=drink.pk).update(abv=5)
    assert "Nước cốt" not in client.get(page_of(box)).content.decode()


def test_pages_lead_from_the_box_to_its_builder(client: Client) -> None:
    honey = a_product("Mật ong")
    empty = a_box_to_fill("Hộp trống", choices={honey: 1})
    ready = a_box_to_change("Hộp đầy", of={honey: 1}, swappable={honey}, choices={honey: 1})
    body = client.get(empty.get_absolute_url()).content.decode()
    assert "Chọn món cho hộp" in body and page_of(empty) in body
    assert reverse("basket:add", args=[empty.pk]) not in body
    body = client.get(ready.get_absolute_url()).content.decode()
    assert "Đổi món trong hộp" in body and page_of(ready) in body


def test_more_choices_cost_no_more_queries(client: Client, django_assert_max_num_queries) -> None:
    addresses, index = [], []
    for count in (2, 6):
        goods = {a_product(f"Món {count}.{n}"): 1 for n in range(count)}
        box = a_box_to_fill(f"Hộp {count}", slots=count, choices=goods)
        design = save_design(box, list(goods.items()))
        held = a_box_to_change(f"Đổi {count}", of=goods, swappable=set(goods), choices=goods)
        addresses.append((page_of(box), page_of(held), design.get_absolute_url()))
        client.get(INDEX)
        with CaptureQueriesContext(connection) as asked:
            client.get(INDEX)
        index.append(len(asked))
    assert index[0] == index[1]
    for few, many in zip(*addresses, strict=True):
        with CaptureQueriesContext(connection) as asked:
            client.get(few)
        with django_assert_max_num_queries(len(asked)):
            client.get(many)
