"""Boxes that buyers filled, in the basket; where each line was added from."""

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.boxes.designing import save_design
from catalogue.models import BoxDesign, Product
from tests.catalogue.boxes.making import a_box_to_change, a_box_to_fill, choice_key
from tests.factories import a_product, a_spirit, zone_rates
from tests.shop.buying import basket_of

pytestmark = pytest.mark.django_db
SUMMARY = "/gio-hang/"


@pytest.fixture
def honey() -> Product:
    return a_product("Mật ong", price=45_000, stock=10)


@pytest.fixture
def box(honey: Product) -> Product:
    return a_box_to_fill("Hộp hai ngăn", slots=2, choices={honey: 1})


@pytest.fixture
def design(box: Product, honey: Product) -> BoxDesign:
    return save_design(box, [(honey, 2)])


def add(client: Client, design: BoxDesign, **data: str):
    url = reverse("basket:add-design")
    return client.post(url, {"token": design.token, "quantity": "1", **data})


def fill(client: Client, box: Product, **data: str):
    return client.post(reverse("basket:add-filled", args=[box.slug]), data)


def test_a_filled_box_goes_into_the_basket(client: Client, design: BoxDesign) -> None:
    response = add(client, design, quantity="2")
    line = basket_of(client).lines.get()
    assert response.url == design.get_absolute_url()
    assert (line.design, line.quantity, line.price_incl_tax) == (design, 2, 90_000)
    add(client, design)
    assert basket_of(client).lines.get().quantity == 3


def test_more_boxes_than_their_contents_allow_are_refused(client: Client, design) -> None:
    response = add(client, design, quantity="6")
    body = response.content.decode()
    assert response.status_code == 422
    assert "Chỉ còn 5" in body
    assert f'value="{design.token}"' in body
    add(client, design, quantity="4")
    assert "Trong giỏ đã có 4" in add(client, design, quantity="2").content.decode()


def test_a_design_that_lacks_something_is_refused(client: Client, design, honey) -> None:
    honey.live = False
    honey.save()
    response = add(client, design)
    assert response.status_code == 422
    assert "không còn bán" in response.content.decode()


@pytest.mark.parametrize("token", ["", "khong-co", "\x00", "x" * 500])
def test_an_unknown_token_is_not_found(client: Client, token: str) -> None:
    response = client.post(reverse("basket:add-design"), {"token": token})
    assert response.status_code == 404


def test_htmx_is_answered_with_the_count(client: Client, design: BoxDesign) -> None:
    url = reverse("basket:add-design")
    response = client.post(url, {"token": design.token}, headers={"hx-request": "true"})
    assert response.status_code == 204
    assert response["HX-Trigger"] == "basket-changed"


def test_the_builder_saves_and_adds_at_once(client: Client, box, honey) -> None:
    response = fill(client, box, **{f"chon-{choice_key(box, honey)}": "2"})
    design = BoxDesign.objects.get()
    assert response.url == design.get_absolute_url()
    assert basket_of(client).lines.get().design == design


def test_a_box_that_is_not_full_is_shown_again(client: Client, box, honey) -> None:
    response = fill(client, box, **{f"chon-{choice_key(box, honey)}": "1"})
    assert response.status_code == 422
    assert "Còn 1 ngăn trống." in response.content.decode()
    assert not BoxDesign.objects.exists()
    assert "oscar_open_basket" not in client.cookies


def test_an_empty_box_leads_to_its_builder(client: Client, box: Product) -> None:
    url, build = reverse("basket:add", args=[box.pk]), f"/hop-qua-tu-chon/{box.slug}/"
    response = client.post(url, {"quantity": "1"})
    assert response.url == build
    assert "Hãy chọn món cho từng ngăn" in client.get(build).content.decode()
    response = client.post(url, {"quantity": "1"}, headers={"hx-request": "true"})
    assert response["HX-Redirect"] == build
    assert "oscar_open_basket" not in client.cookies


def test_a_filled_box_with_alcohol_asks_the_age(client: Client) -> None:
    spirit, tea = a_spirit(), a_product("Trà")
    held = a_box_to_change(of={spirit: 1, tea: 1}, swappable={tea}, choices={tea: 1})
    kept = save_design(held, [(spirit, 1), (tea, 1)])
    assert add(client, kept).url == kept.get_absolute_url()
    assert fill(client, held).url == f"/hop-qua-tu-chon/{held.slug}/"
    assert "oscar_open_basket" not in client.cookies


def test_the_basket_tells_what_is_in_the_box_and_gives_it_back(client: Client, design) -> None:
    zone_rates()
    add(client, design, quantity="2")
    body = client.get(SUMMARY).content.decode()
    assert "2 × Mật ong" in body
    assert design.get_absolute_url() in body
    line = basket_of(client).lines.get()
    client.post(reverse("basket:remove", args=[line.pk]))
    body = client.get(SUMMARY).content.decode()
    assert f'name="token" value="{design.token}"' in body
    url = reverse("basket:add-design")
    data = {"token": design.token, "quantity": "2", "from": "basket", "next": SUMMARY}
    answer = client.post(url, data, headers={"hx-request": "true"}).content.decode()
    assert "Đã để lại Hộp hai ngăn vào giỏ." in answer
    assert basket_of(client).lines.get().design == design


@pytest.mark.parametrize(
    ("page", "campaign", "kept"),
    [
        ("12", "tet-2027", (12, "tet-2027")),
        ("0", "", (None, "")),
        ("-3", "có dấu", (None, "")),
        ("x" * 30, "x" * 61, (None, "")),
        ("9" * 19, "tet", (None, "tet")),
    ],
)
def test_a_line_remembers_where_it_was_added_from(
    client: Client, design, honey, page: str, campaign: str, kept: tuple
) -> None:
    source = {"from_page": page, "from_campaign": campaign}
    add(client, design, **source)
    client.post(reverse("basket:add", args=[honey.pk]), {"quantity": "1", **source})
    lines = list(basket_of(client).lines.all())
    assert [(line.from_page, line.from_campaign) for line in lines] == [kept, kept]


def test_adding_more_keeps_the_first_source(client: Client, honey: Product) -> None:
    url = reverse("basket:add", args=[honey.pk])
    client.post(url, {"quantity": "1", "from_page": "12"})
    client.post(url, {"quantity": "1", "from_page": "13"})
    line = basket_of(client).lines.get()
    assert (line.from_page, line.quantity) == (12, 2)
