"""The checkout page costs the same for one line and for ten."""

import pytest
from django.conf import settings
from django.urls import reverse

from shop.shipping.estimates import PROVINCE_COOKIE
from tests.factories import a_producer, a_product, a_variant_product, zone_rates
from tests.shop.buying import a_guest_with, buy, form_of, look, press, typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", ["get", "refresh", "refused"])
def test_queries_do_not_grow_with_the_lines(step: str, django_assert_max_num_queries) -> None:
    zone_rates()
    maker = a_producer()
    counts = []
    for size in (1, 10):
        goods = {a_product(f"Món {n}", producer=maker): 1 for n in range(size)}
        goods[a_variant_product(producer=maker).children.first()] = 1
        guest = a_guest_with(goods)
        hidden = form_of(look(guest))
        with django_assert_max_num_queries(20) as captured:
            if step == "get":
                guest.get(reverse("checkout:index"))
            elif step == "refresh":
                look(guest)
            else:
                assert press(guest, hidden, phone="sai").status_code == 422
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]


def test_placing_asks_little_and_grows_by_two_for_each_product(
    django_assert_max_num_queries, django_capture_on_commit_callbacks
) -> None:
    """A row of the order and a promise of stock; all else is read and written for all at once."""
    zone_rates()
    maker = a_producer()
    buy(a_guest_with(a_product()))  # the first order of a shop also writes the kind of payment
    counts = []
    for size in (1, 6):
        guest = a_guest_with({a_product(f"Món {n}", producer=maker): 1 for n in range(size)})
        hidden = form_of(look(guest))
        with django_assert_max_num_queries(60) as captured:
            assert press(guest, hidden).status_code == 302
        counts.append(len(captured.captured_queries))
    assert counts[0] <= 42
    assert counts[1] - counts[0] == 2 * 5
    # Of what is nearly gone, search and alerts hear after the commit as well.
    guest = a_guest_with(a_product(stock=1_000))
    hidden = form_of(look(guest))
    with (
        django_assert_max_num_queries(60),
        django_capture_on_commit_callbacks(execute=True),
    ):
        press(guest, hidden)


def test_the_thanks_page_of_a_new_order_asks_little(django_assert_max_num_queries) -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    done = buy(guest)
    with django_assert_max_num_queries(12):
        assert guest.get(done["Location"]).status_code == 200


def test_htmx_gets_the_parts_that_follow_a_choice_and_nothing_else() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    response = guest.post(
        reverse("checkout:index"),
        {**typed(), "action": "refresh"},
        headers={"HX-Request": "true"},
    )
    body = response.content.decode()
    for part in ("id_ward", "earliest", "delivery", "payment", "summary"):
        assert f'id="{part}"' in body
    assert '<option value="00166" selected>' in body
    assert "<html" not in body and 'id="id_street"' not in body


def test_looking_at_the_till_starts_no_session() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    guest.get(reverse("checkout:index"))
    assert settings.SESSION_COOKIE_NAME not in guest.cookies


def test_what_one_guest_typed_is_on_no_other_guests_page() -> None:
    """The empty parts of the form are drawn once for everybody; filled ones never are."""
    zone_rates()
    first, second = a_guest_with(a_product()), a_guest_with(a_product("Chè lam"))
    empty = first.get(reverse("checkout:index")).content.decode()
    told = {"greeting": "Chúc bà khỏe", "invoice_company": "Công ty Mây", "note": "Gọi trước"}
    look(first, **told)
    filled = first.get(reverse("checkout:index")).content.decode()
    other = second.get(reverse("checkout:index")).content.decode()
    for words in (*told.values(), typed()["street"], typed()["full_name"]):
        assert words in filled and words not in other
    assert 'value="01" selected' in filled and 'value="01" selected' not in other
    for field in ("id_street", "id_greeting", "id_invoice_company"):
        assert f'id="{field}"' in empty and f'id="{field}"' in other


@pytest.mark.parametrize("name", ["province", "ward", "card"])
def test_what_is_typed_by_hand_into_a_list_stays_in_no_memory(name: str) -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    page = look(guest, **{name: "x" * 10_000}).context["page"]
    kept = (page.new_receiver, page.new_gift, page.new_invoice)
    assert "xxx" not in str(kept)


def test_what_is_chosen_in_a_list_is_drawn_once_for_all_who_choose_it() -> None:
    zone_rates()
    empty = dict.fromkeys(("full_name", "phone", "email", "street"), "")
    page = look(a_guest_with(a_product()), **empty).context["page"]
    assert page.new_receiver and page.new_gift and page.new_invoice


def test_a_guest_whose_province_is_known_gets_its_wards_and_no_others() -> None:
    zone_rates()
    at_home, elsewhere = a_guest_with(a_product()), a_guest_with(a_product("Chè lam"))
    at_home.cookies[PROVINCE_COOKIE] = "01"
    assert 'value="00166"' in at_home.get(reverse("checkout:index")).content.decode()
    assert 'value="00166"' not in elsewhere.get(reverse("checkout:index")).content.decode()
