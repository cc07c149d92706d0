import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.places.choices import province_choices, ward_choices
from shop.places.models import Ward
from shop.places.views import ward_options

pytestmark = pytest.mark.usefixtures("places")


def get_options(client: Client, **query: str):
    return client.get(reverse("places:ward_options"), query)


def test_a_province_gives_its_wards_after_a_placeholder(client: Client) -> None:
    response = get_options(client, province="24")
    html = response.content.decode()
    assert response.status_code == 200
    assert html.startswith('<option value="">Chọn xã, phường</option>')
    assert '<option value="07498">Xã Bắc Lũng</option>' in html
    assert html.count("<option") == 100


def test_the_chosen_ward_stays_chosen(client: Client) -> None:
    html = get_options(client, province="24", selected="07498").content.decode()
    assert '<option value="07498" selected>Xã Bắc Lũng</option>' in html
    assert html.count(" selected") == 1


def test_no_province_gives_the_placeholder_only(client: Client) -> None:
    response = get_options(client)
    assert response.status_code == 200
    assert response.content.decode().count("<option") == 1


@pytest.mark.parametrize("code", ["99", "bac-ninh", "24 OR 1=1", "\x00", "²", "9" * 400, "../24"])
def test_an_unknown_province_is_not_found(client: Client, code: str) -> None:
    response = get_options(client, province=code)
    assert response.status_code == 404
    assert "Cache-Control" not in response  # it may be loaded tomorrow


def test_a_foreign_selection_is_not_echoed(client: Client) -> None:
    html = get_options(client, province="24", selected='"><script>').content.decode()
    assert "<script>" not in html
    assert " selected" not in html


def test_posting_is_refused(client: Client) -> None:
    assert client.post(reverse("places:ward_options"), {"province": "24"}).status_code == 405


def test_the_answer_may_be_cached_by_anyone(rf: RequestFactory) -> None:
    # The view alone: middleware of the shop may add to Vary what it reads itself.
    response = ward_options(rf.get("/", {"province": "24"}))
    assert response["Cache-Control"] == "public, max-age=86400"
    assert "Vary" not in response
    assert not response.cookies


def test_the_wards_are_read_once(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        get_options(client, province="24")
    with CaptureQueriesContext(connection) as second:
        get_options(client, province="24")
    assert len([q for q in first if "places_" in q["sql"]]) == 1
    assert [q for q in second if "places_" in q["sql"]] == []


def test_province_choices_are_sorted_without_marks_and_kept(django_assert_num_queries) -> None:
    names = [name for _code, name in province_choices()]
    assert len(names) == 34
    assert names[0] == "Tỉnh An Giang"
    assert names.index("Thành phố Đà Nẵng") < names.index("Tỉnh Đắk Lắk")
    assert names.index("Tỉnh Đắk Lắk") < names.index("Thành phố Hà Nội")
    with django_assert_num_queries(0):
        assert len(province_choices()) == 34


def test_an_edited_ward_shows_its_new_name_in_the_choices() -> None:
    assert ("07498", "Xã Bắc Lũng") in ward_choices("24")
    ward = Ward.objects.get(pk="07498")
    ward.full_name = "Phường Bắc Lũng"
    ward.save()
    assert ("07498", "Phường Bắc Lũng") in ward_choices("24")


def test_an_empty_answer_is_not_kept() -> None:
    assert ward_choices("01") == []
    Ward.objects.create(
        code="00004",
        province_id="01",
        name="Ba Đình",
        full_name="Phường Ba Đình",
        kind="phuong",
        folded="ba dinh",
    )
    assert ward_choices("01") == [("00004", "Phường Ba Đình")]
