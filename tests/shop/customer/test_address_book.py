"""The address book: kept, corrected, chosen, and nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.address.models import UserAddress
from shop.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client: Client) -> User:
    user = User.objects.create_user("hoa@example.vn", "x", first_name="Hoa")
    client.force_login(user, backend="shop.users.backends.EmailBackend")
    return user


def an_address_form(**changes: str) -> dict[str, str]:
    return {
        "full_name": "Nguyễn Thị Hoa",
        "phone": "0912 345 678",
        "province": "24",
        "ward": "07498",
        "street": "Thôn Nội Chùa",
        **changes,
    }


def test_the_first_address_is_kept_in_words_and_is_the_default(client: Client, buyer: User) -> None:
    client.post(reverse("customer:address-create"), an_address_form())
    address = UserAddress.objects.get(user=buyer)
    assert address.place_lines == ["Thôn Nội Chùa", "Xã Bắc Lũng", "Thành phố Bắc Ninh"]
    assert (address.province_code, address.ward_code) == ("24", "07498")
    assert address.is_default_for_shipping
    assert address.phone_text == "0912 345 678"


def test_a_ward_of_another_province_is_refused_beside_its_field(
    client: Client, buyer: User
) -> None:
    response = client.post(reverse("customer:address-create"), an_address_form(province="01"))
    page = response.content.decode()
    assert "Hãy chọn một xã, phường của tỉnh đã chọn." in page
    assert 'value="Thôn Nội Chùa"' in page
    assert not UserAddress.objects.exists()


def test_without_javascript_the_wards_of_a_province_are_shown_and_nothing_is_lost(
    client: Client, buyer: User
) -> None:
    form = an_address_form(ward="", phone="12", choose_province="1")
    page = client.post(reverse("customer:address-create"), form).content.decode()
    assert "Xã Bắc Lũng" in page
    assert 'value="12"' in page
    assert "Số điện thoại chưa đúng" not in page
    assert not UserAddress.objects.exists()


def test_the_same_place_twice_is_one_entry(client: Client, buyer: User) -> None:
    client.post(reverse("customer:address-create"), an_address_form())
    response = client.post(reverse("customer:address-create"), an_address_form())
    assert "Địa chỉ này đã có trong sổ." in response.content.decode()
    assert UserAddress.objects.count() == 1


def test_an_address_is_corrected_and_another_made_the_default(client: Client, buyer: User) -> None:
    client.post(reverse("customer:address-create"), an_address_form())
    client.post(reverse("customer:address-create"), an_address_form(street="Thôn Bến"))
    first, second = UserAddress.objects.order_by("pk")
    url = reverse("customer:address-detail", args=[second.pk])
    assert "Thôn Bến" in client.get(url).content.decode()
    client.post(url, an_address_form(street="Thôn Bến, nhà số 5"))
    client.post(reverse("customer:address-default", args=[second.pk]))
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.line1 == "Thôn Bến, nhà số 5"
    assert (first.is_default_for_shipping, second.is_default_for_shipping) == (False, True)


@pytest.mark.parametrize("name", ["address-detail", "address-delete", "address-default"])
def test_nobody_elses_address_is_reachable(client: Client, buyer: User, name: str) -> None:
    client.post(reverse("customer:address-create"), an_address_form())
    address = UserAddress.objects.get()
    stranger = Client()
    other = User.objects.create_user("la@example.vn", "x", first_name="Lạ")
    stranger.force_login(other, backend="shop.users.backends.EmailBackend")
    response = stranger.post(reverse(f"customer:{name}", args=[address.pk]), an_address_form())
    assert response.status_code == 404
    assert UserAddress.objects.get().user == buyer


def test_deleting_asks_first_and_then_deletes(client: Client, buyer: User) -> None:
    client.post(reverse("customer:address-create"), an_address_form())
    url = reverse("customer:address-delete", args=[UserAddress.objects.get().pk])
    assert "Xóa địa chỉ này?" in client.get(url).content.decode()
    assert UserAddress.objects.count() == 1
    client.post(url)
    assert not UserAddress.objects.exists()
