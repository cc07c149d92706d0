"""Who makes gift boxes: promoters propose, moderators put on sale; nobody touches another's."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from catalogue.boxes.contents import contents_of
from catalogue.models import BoxChoice, BoxItem, GiftBox, Product
from cms.roles import MODERATORS, PROMOTERS
from cms.setting_up import set_up_shop
from shop.partner.models import Partner
from tests.catalogue.boxes.making import a_box_to_fill
from tests.factories import (
    a_gift_box,
    a_producer,
    a_product,
    a_spirit,
    a_staff_member,
    a_user,
    a_variant_product,
    in_group,
    signed_in,
)

pytestmark = pytest.mark.django_db
INDEX = "/cms/hop-qua/"
ADD = f"{INDEX}moi/"


@pytest.fixture(scope="module", autouse=True)
def _shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty shop for all tests of this module, taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        set_up_shop()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def promoter() -> Client:
    return a_member(PROMOTERS)


@pytest.fixture
def moderator() -> Client:
    return a_member(MODERATORS)


def a_member(group: str) -> Client:
    return signed_in(in_group(a_user(), group))


def typed(
    hub: Partner | None,
    *,
    items: dict[Product, int] | None = None,
    choices: dict[Product, int] | None = None,
    **facts: Any,
) -> dict[str, Any]:
    """What is typed into the form of a box."""
    data: dict[str, Any] = {
        "title": "Tết Lục Nam",
        "shelf_life_days": "30",
        "tier": "300",
        "pricing": "sum",
        "percent_off": "0",
        "wrapping_price": "20000",
        "wrapping_grams": "200",
        "packing": "hub",
        "lead_days": "2",
        "min_days_left": "0",
        "slots": "0",
        "hub": str(hub.pk) if hub else "",
        "do": "save",
        **facts,
    }
    for prefix, rows in (("items", items or {}), ("choices", choices or {})):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        for place, (product, quantity) in enumerate(rows.items()):
            data[f"{prefix}-{place}-product"] = str(product.pk)
            data[f"{prefix}-{place}-quantity"] = str(quantity)
    return data


def again(box: Product, **changes: Any) -> dict[str, Any]:
    """The same box as its form has it, with changes."""
    data = typed(box.producer, **changes)
    for prefix, model in (("items", BoxItem), ("choices", BoxChoice)):
        rows = list(model.objects.filter(box=box))
        data[f"{prefix}-TOTAL_FORMS"] = data[f"{prefix}-INITIAL_FORMS"] = str(len(rows))
        for place, row in enumerate(rows):
            data[f"{prefix}-{place}-id"] = str(row.pk)
            data[f"{prefix}-{place}-product"] = str(row.product_id)
            data[f"{prefix}-{place}-quantity"] = str(row.quantity)
    return data


def page_of(box: Product) -> str:
    return f"{INDEX}{box.pk}/"


def say(client: Client, box: Product, do: str, **data: str) -> HttpResponse:
    return client.post(reverse("gift-box-decide", args=[box.pk]), {"do": do, **data})


def proposed(client: Client, **changes: Any) -> Product:
    """A sound draft that this person made."""
    data = {"items": {a_product("Mật ong"): 2}, **changes}
    response = client.post(ADD, typed(a_producer(), **data))
    assert response.status_code == 302, response.context["form"].words.errors
    return Product.objects.get(title=changes.get("title", "Tết Lục Nam"))


def is_refused(response: HttpResponse) -> bool:
    """Wagtail leads who may not to its first page, with a word."""
    return response.status_code == 403 or (response.status_code, response.url) == (302, "/cms/")


def fresh(box: Product) -> Product:
    return Product.objects.select_related("gift_box").get(pk=box.pk)


# --- From nothing to sale -----------------------------------------------------------------------


def test_a_promoter_makes_a_box_and_a_moderator_puts_it_on_sale(
    promoter: Client, moderator: Client
) -> None:
    box = proposed(promoter)
    assert not box.live
    assert contents_of(fresh(box)).price == 2 * 45_000 + 20_000
    say(promoter, box, "hand-in")
    assert fresh(box).gift_box.handed_in_at is not None
    assert "chờ duyệt" in moderator.get(INDEX).content.decode()
    say(moderator, box, "publish")
    assert fresh(box).live
    assert fresh(box).gift_box.handed_in_at is None
    assert moderator.get(box.get_absolute_url()).status_code == 200


def test_a_moderator_returns_a_box_with_a_reason(promoter: Client, moderator: Client) -> None:
    box = proposed(promoter)
    say(promoter, box, "hand-in")
    say(moderator, box, "return", reason="Thiếu ảnh hộp.")
    assert not fresh(box).live
    assert "Thiếu ảnh hộp." in promoter.get(page_of(box)).content.decode()
    promoter.post(page_of(box), again(box, title="Tết Lục Nam"))
    say(promoter, box, "hand-in")
    assert fresh(box).gift_box.handed_in_at is not None


def test_a_box_that_lacks_something_is_not_handed_in(promoter: Client) -> None:
    box = proposed(promoter, items={})
    response = promoter.get(page_of(box))
    assert "Chưa ghi trong hộp có những món gì" in response.content.decode()
    say(promoter, box, "hand-in")
    assert fresh(box).gift_box.handed_in_at is None


def test_a_box_to_fill_goes_on_sale_with_its_choices(promoter: Client, moderator: Client) -> None:
    small = a_variant_product("Trà").children.first()
    box = proposed(promoter, items={}, choices={small: 1, a_product("Mật ong"): 1}, slots="4")
    say(promoter, box, "hand-in")
    say(moderator, box, "publish")
    assert fresh(box).live
    assert moderator.get(f"/hop-qua-tu-chon/{box.slug}/").status_code == 200


def test_the_shelf_life_is_that_of_the_first_to_end(promoter: Client) -> None:
    cake = a_product("Bánh mật", shelf_life_days=9)
    box = proposed(promoter, shelf_life_days="", items={cake: 1, a_product("Mật ong"): 1})
    assert fresh(box).shelf_life_days == 9


def test_an_edit_keeps_the_rows_that_stay(moderator: Client) -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà")
    box = proposed(moderator, items={honey: 1, tea: 1})
    kept = BoxItem.objects.get(box=box, product=honey).pk
    data = again(box, title="Tết mới")
    data["items-1-DELETE"] = "on"
    data["items-0-quantity"] = "3"
    moderator.post(page_of(box), data)
    assert [(row.pk, row.quantity) for row in BoxItem.objects.filter(box=box)] == [(kept, 3)]
    assert fresh(box).title == "Tết mới"


def test_a_moderator_changes_a_box_on_sale_at_once(moderator: Client) -> None:
    box = proposed(moderator)
    say(moderator, box, "publish")
    moderator.post(page_of(box), again(box, title="Tết Quý Mùi", pricing="own", price="300000"))
    assert fresh(box).title == "Tết Quý Mùi"
    assert contents_of(fresh(box)).price == 300_000
    assert fresh(box).live


def test_a_box_on_sale_never_loses_what_it_must_have(moderator: Client) -> None:
    box = proposed(moderator)
    say(moderator, box, "publish")
    data = again(box, title="Tết chữa bách bệnh")
    data["items-0-DELETE"] = "on"
    response = moderator.post(page_of(box), data)
    assert response.status_code == 422
    assert "Chưa ghi trong hộp có những món gì" in response.content.decode()
    assert fresh(box).title == "Tết Lục Nam"
    assert BoxItem.objects.filter(box=box).count() == 1


def test_trying_out_keeps_nothing(promoter: Client) -> None:
    honey = a_product("Mật ong")
    data = typed(a_producer(), items={honey: 2}, do="check")
    body = promoter.post(ADD, data).content.decode()
    assert "110.000\u00a0₫" in body
    assert not Product.objects.filter(title="Tết Lục Nam").exists()
    part = promoter.post(ADD, data, headers={"x-requested-with": "fetch"}).content.decode()
    assert "110.000\u00a0₫" in part and "<html" not in part


# --- What may not be ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Tết"),
        ({"percent_off": "51"}, "50"),
        ({"pricing": "own", "price": ""}, "Hãy nhập giá của hộp"),
        ({"slots": "4", "pricing": "own", "price": "1000"}, "tính giá theo tổng các món"),
        ({"slots": "99"}, "12"),
        ({"wrappings": "-1"}, "0"),
        ({"picture": "no-number"}, "Hộp Tết"),
    ],
)
def test_wrong_input_stays_beside_its_field(promoter: Client, changes: dict, words: str) -> None:
    response = promoter.post(ADD, typed(a_producer(), wrapping="Hộp Tết", **changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Hộp Tết" in response.content.decode()
    assert not GiftBox.objects.exists()


def test_alcohol_is_no_choice(moderator: Client) -> None:
    wine = a_product("Vang", abv=Decimal(12))
    response = moderator.post(ADD, typed(a_producer(), choices={wine: 1}, slots="2"))
    assert response.status_code == 422
    assert "Đồ uống có cồn không vào hộp tự chọn" in response.content.decode()


def test_a_box_with_strong_drink_has_no_share_off(moderator: Client) -> None:
    response = moderator.post(ADD, typed(a_producer(), items={a_spirit(): 1}, percent_off="5"))
    assert response.status_code == 422
    assert "15 độ" in response.content.decode()
    box = proposed(moderator, items={a_spirit(): 1})
    assert fresh(box).is_unpromotable
    assert not fresh(box).is_discountable


def test_the_same_thing_twice_is_refused(promoter: Client) -> None:
    honey = a_product("Mật ong")
    data = typed(a_producer(), items={honey: 1})
    data |= {"items-TOTAL_FORMS": "2", "items-1-product": str(honey.pk), "items-1-quantity": "2"}
    response = promoter.post(ADD, data)
    assert response.status_code == 422
    assert "đã có ở dòng trên" in response.content.decode()


def test_claims_keep_a_box_from_sale(promoter: Client) -> None:
    box = proposed(promoter, summary="Chữa khỏi ung thư.")
    say(promoter, box, "hand-in")
    assert fresh(box).gift_box.handed_in_at is None


# --- Who may not --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["guest", "buyer", "staff", "producer"])
def test_others_have_no_page_of_boxes(kind: str) -> None:
    maker = a_user()
    client = {
        "guest": Client,
        "buyer": lambda: signed_in(a_user()),
        "staff": lambda: signed_in(a_staff_member()),
        "producer": lambda: signed_in(maker),
    }[kind]()
    box = a_gift_box(of={a_product(): 1}, producer=a_producer(members=[maker]), live=False)
    for address in (INDEX, ADD, page_of(box)):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, typed(None)).status_code in (302, 403, 405)
    for deed in ("publish", "hand-in", "withdraw", "return"):
        assert say(client, box, deed).status_code in (302, 403)
    assert not fresh_live(box)
    assert Product.objects.filter(product_class=box.product_class).count() == 1


def fresh_live(box: Product) -> bool:
    return Product.objects.values_list("live", flat=True).get(pk=box.pk)


def test_a_promoter_neither_sees_nor_changes_anothers_box(promoter: Client) -> None:
    box = proposed(a_member(PROMOTERS), title="Hộp của người khác")
    assert "Hộp của người khác" not in promoter.get(INDEX).content.decode()
    assert promoter.get(page_of(box)).status_code == 404
    assert promoter.post(page_of(box), again(box, title="Cướp")).status_code == 404
    for deed in ("publish", "hand-in", "take-back", "withdraw"):
        assert say(promoter, box, deed).status_code == 404
    assert fresh(box).title == "Hộp của người khác"


def test_a_promoter_does_not_put_a_box_on_sale(promoter: Client) -> None:
    box = proposed(promoter)
    say(promoter, box, "publish")
    assert not fresh(box).live
    data = typed(a_producer(), items={a_product("Trà"): 1}, title="Lên luôn", live="on")
    promoter.post(ADD, data)
    assert not Product.objects.get(title="Lên luôn").live


def test_a_promoter_changes_no_box_that_waits_or_is_on_sale(
    promoter: Client, moderator: Client
) -> None:
    box = proposed(promoter)
    say(promoter, box, "hand-in")
    assert is_refused(promoter.post(page_of(box), again(box, title="Khác")))
    say(promoter, box, "take-back")
    assert promoter.post(page_of(box), again(box, title="Sửa tiếp")).status_code == 302
    say(promoter, box, "hand-in")
    say(moderator, box, "publish")
    assert is_refused(promoter.post(page_of(box), again(box, title="Khác")))
    for deed in ("withdraw", "take-back", "return"):
        say(promoter, box, deed, reason="x")
    assert fresh(box).live
    assert fresh(box).title == "Sửa tiếp"
    say(moderator, box, "withdraw")
    assert not fresh(box).live
    assert is_refused(promoter.post(page_of(box), again(box, title="Khác")))


def test_the_form_of_a_box_opens_no_other_product(promoter: Client, moderator: Client) -> None:
    honey = a_product("Mật ong")
    for client in (promoter, moderator):
        assert client.get(page_of(honey)).status_code == 404
        assert say(client, honey, "withdraw").status_code == 404
    assert fresh_live(honey)


def test_the_chooser_shows_variants_and_no_boxes(promoter: Client) -> None:
    a_variant_product("Trà hoa vàng", variants={"20 g": (90_000, 5)})
    a_gift_box("Hộp trong hộp", of={a_product("Mật ong"): 1})
    body = promoter.get("/cms/box_thing_chooser/").json()["html"]
    assert "Trà hoa vàng, 20 g" in body
    assert "Mật ong" in body
    assert "Hộp trong hộp" not in body


def test_more_boxes_cost_the_list_no_more_queries(
    moderator: Client, django_assert_max_num_queries
) -> None:
    for n in range(5):
        a_gift_box(f"Hộp {n}", of={a_product(f"Món {n}"): 1})
        a_box_to_fill(f"Tự chọn {n}", choices={a_product(f"Khác {n}"): 1})
    moderator.get(INDEX)
    with django_assert_max_num_queries(24):
        moderator.get(INDEX)
