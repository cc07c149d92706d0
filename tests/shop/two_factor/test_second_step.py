"""Nobody with power goes anywhere with a password alone."""

from io import StringIO

import pytest
import segno
from auditlog.models import LogEntry
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from shop.partner.membership import Role
from shop.two_factor.devices import new_recovery_codes, take_away
from shop.users.device import Device
from shop.users.devices import end_session
from shop.users.models import User
from tests.addresses import addresses
from tests.factories import (
    PASSWORD,
    a_buyer,
    a_producer,
    a_shop,
    a_staff_member,
    a_user,
    in_group,
    signed_in,
    with_rights,
)
from tests.shop.two_factor.apps import an_app, code_of

pytestmark = pytest.mark.django_db

ASK, SETUP = "/tai-khoan/hai-buoc/ma/", "/tai-khoan/hai-buoc/cai-dat/"


@pytest.fixture(autouse=True)
def _required(settings: LazySettings) -> None:
    settings.TWO_FACTOR_REQUIRED = True


def a_superuser() -> User:
    user = a_staff_member()
    user.is_superuser = True
    user.save()
    return user


def an_editor() -> User:
    a_shop()
    return in_group(a_user(), "Moderators")


def entered(user: User) -> Client:
    """A browser that has taken both steps."""
    device = TOTPDevice.objects.filter(user=user).first() or an_app(user)
    client = signed_in(user)
    client.post(ASK, {"code": code_of(device)})
    return client


def test_staff_with_a_password_only_are_led_to_set_it_up_and_back() -> None:
    client = signed_in(a_staff_member())
    response = client.get("/quan-ly/?x=1")
    assert response["Location"] == f"{ASK}?next=%2Fquan-ly%2F%3Fx%3D1"
    assert client.get(response["Location"])["Location"].startswith(SETUP)
    page = client.get(SETUP).content.decode()
    assert "<svg" in page
    assert "style=" not in page.split("<main")[1].split("</main")[0]


def test_the_first_code_of_the_app_opens_the_office_and_shows_ten_codes_once() -> None:
    user = a_staff_member()
    client = signed_in(user)
    client.get(SETUP)
    key = client.session.session_key
    device = TOTPDevice.objects.get(user=user)
    assert not device.confirmed
    assert client.post(SETUP, {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0)
    page = client.post(SETUP, {"code": code_of(device), "next": "/quan-ly/"}).content.decode()
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == 10
    assert all(code in page for code in codes)
    assert client.session.session_key != key
    assert client.get("/quan-ly/").status_code == 200
    assert not any(code in client.get(SETUP).content.decode() for code in codes)


@pytest.mark.parametrize("who", [a_staff_member, a_superuser, an_editor])
@pytest.mark.parametrize("prefix", ["quan-ly/", "cms/"])
def test_no_address_of_the_offices_answers_before_the_second_step(who: object, prefix: str) -> None:
    user = who()  # type: ignore[operator]
    an_app(user)
    client = signed_in(user)
    for form, names in addresses(prefix):
        if "logout" in form:
            continue
        path = "/" + form.format(**dict.fromkeys(names, 1))
        for method in ("get", "post"):
            response = getattr(client, method)(path)
            if response.status_code == 404:
                continue
            assert response.status_code == 302, path
            assert ASK in response["Location"] or "login" in path, path


@pytest.mark.parametrize("path", ["/", "/gio-hang/", "/tai-khoan/", "/kenh-san-xuat/", "/en/"])
def test_staff_see_no_other_page_either(path: str) -> None:
    a_shop()
    client = signed_in(a_superuser())
    assert ASK in client.get(path)["Location"]


def test_htmx_is_told_to_leave_its_page() -> None:
    response = signed_in(a_staff_member()).get("/quan-ly/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == ASK


def test_buyers_and_producers_are_not_asked() -> None:
    a_shop()
    assert signed_in(a_buyer()).get("/tai-khoan/").status_code == 200
    member = a_user()
    a_producer(members=[member])
    assert signed_in(member).get("/kenh-san-xuat/").status_code == 200


def test_a_code_opens_once_and_gives_the_session_a_new_key() -> None:
    user = a_staff_member()
    device = an_app(user)
    client = signed_in(user)
    key = client.session.session_key
    code = code_of(device)
    response = client.post(ASK, {"code": code, "next": "/quan-ly/"})
    assert response["Location"] == "/quan-ly/"
    assert client.session.session_key != key
    assert client.get("/quan-ly/").status_code == 200
    other = signed_in(user)
    assert other.post(ASK, {"code": code}).status_code == 422
    assert other.get("/quan-ly/").status_code == 302


def test_a_recovery_code_opens_once() -> None:
    user = a_staff_member()
    an_app(user)
    code = new_recovery_codes(user)[0]
    client = signed_in(user)
    assert client.post(ASK, {"code": f" {code.upper()} "}).status_code == 302
    assert client.get("/quan-ly/").status_code == 200
    assert signed_in(user).post(ASK, {"code": code}).status_code == 422


def test_wrong_codes_close_the_door_for_a_while() -> None:
    user = a_staff_member()
    device = an_app(user)
    client = signed_in(user)
    TOTPDevice.objects.update(throttling_failure_count=5)
    client.post(ASK, {"code": "000000"})
    response = client.post(ASK, {"code": code_of(device)})
    assert response.status_code == 422
    assert "Hãy thử lại sau" in response.content.decode()


def test_one_wrong_code_is_called_wrong_and_not_many() -> None:
    user = a_staff_member()
    an_app(user)
    client = signed_in(user)
    for _time in range(2):
        page = client.post(ASK, {"code": "000000"}).content.decode()
        assert "không đúng" in page
        assert "nhiều lần" not in page


def test_the_picture_to_scan_is_whole_at_any_width() -> None:
    user = a_staff_member()
    client = signed_in(user)
    page = client.get(SETUP).content.decode()
    svg = page.split('class="two-factor-qr"')[1].split("<svg")[1]
    matrix = segno.make(TOTPDevice.objects.get(user=user).config_url, error="m").symbol_size()
    assert f'viewBox="0 0 {matrix[0]} {matrix[1]}"' in svg
    assert " width=" not in svg.split(">")[0]


def test_who_gave_it_up_goes_on_in_the_same_session(settings: LazySettings) -> None:
    settings.TWO_FACTOR_REQUIRED = False
    member = a_user()
    a_producer(members=[member])
    client = entered(member)
    assert client.get("/kenh-san-xuat/").status_code == 200
    assert client.post("/tai-khoan/hai-buoc/bo/").status_code == 302
    assert client.get("/kenh-san-xuat/").status_code == 200


def test_next_leads_nowhere_else() -> None:
    user = a_staff_member()
    device = an_app(user)
    response = signed_in(user).post(ASK, {"code": code_of(device), "next": "https://evil.vn/"})
    assert response["Location"] == reverse("customer:summary")


def test_a_browser_is_remembered_until_the_password_changes() -> None:
    user = a_staff_member()
    device = an_app(user)
    client = signed_in(user)
    client.post(ASK, {"code": code_of(device), "remember": "on"})
    cookie = client.cookies["two_factor"]
    assert cookie["httponly"]
    again = signed_in(user)
    again.cookies["two_factor"] = cookie.value
    assert again.get("/quan-ly/").status_code == 200
    other = a_staff_member()
    an_app(other)
    stranger = signed_in(other)
    stranger.cookies["two_factor"] = cookie.value
    assert stranger.get("/quan-ly/").status_code == 302
    user.set_password("mat-khau-moi-2026")
    user.save()
    after = signed_in(user)
    after.cookies["two_factor"] = cookie.value
    assert after.get("/quan-ly/").status_code == 302


def test_what_is_taken_away_ends_open_sessions_and_is_written_down() -> None:
    user, admin = a_staff_member(), a_superuser()
    client = entered(user)
    assert client.get("/quan-ly/").status_code == 200
    take_away(user, by=admin)
    assert client.get("/quan-ly/").status_code == 302
    entry = LogEntry.objects.get_for_object(user).latest()
    assert entry.actor == admin
    assert "hai bước" in entry.additional_data["words"]


def test_the_command_of_last_resort() -> None:
    user = a_superuser()
    an_app(user)
    out = StringIO()
    call_command("reset_two_factor", user.email, stdout=out)
    assert not TOTPDevice.objects.exists()
    assert user.email in out.getvalue()


def test_staff_cannot_give_it_up_and_a_stolen_password_cannot_set_up_another() -> None:
    user = a_staff_member()
    an_app(user)
    client = signed_in(user)
    assert client.get(SETUP)["Location"].startswith(ASK)
    assert client.post("/tai-khoan/hai-buoc/ma-du-phong/").status_code == 403
    assert client.post("/tai-khoan/hai-buoc/bo/").status_code == 403
    assert entered(user).post("/tai-khoan/hai-buoc/bo/").status_code == 403
    assert TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def test_the_editors_office_signs_in_at_the_shops_own_door() -> None:
    a_shop()
    client = Client()
    assert client.get("/cms/login/?next=/cms/pages/")["Location"] == (
        "/tai-khoan/dang-nhap/?next=/cms/pages/"
    )
    assert client.get("/cms/")["Location"].startswith("/tai-khoan/dang-nhap/")
    assert client.post("/cms/login/", {"username": "x", "password": "y"}).status_code == 302


def test_signing_in_with_the_password_leads_to_the_second_step() -> None:
    user = a_staff_member()
    device = an_app(user)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"username": user.email, "password": PASSWORD})
    assert client.get("/quan-ly/")["Location"].startswith(ASK)
    client.post(ASK, {"code": code_of(device)})
    assert client.get("/quan-ly/").status_code == 200


def test_an_owner_who_set_it_up_needs_it_for_the_account_to_be_paid_to() -> None:
    owner = a_user()
    a_producer().users.add(owner, through_defaults={"role": Role.OWNER})
    account = reverse("producers:payout-account")
    client = signed_in(owner)
    assert client.get(account).status_code == 200
    device = an_app(owner)
    client = signed_in(owner)
    assert client.get(account)["Location"].startswith(ASK)
    assert client.post(account, {}).status_code == 302
    client.post(ASK, {"code": code_of(device)})
    assert client.get(account).status_code == 200


def test_the_demo_asks_nobody_who_did_not_set_it_up(settings: LazySettings) -> None:
    settings.TWO_FACTOR_REQUIRED = False
    user = a_staff_member()
    assert signed_in(user).get("/quan-ly/").status_code == 200
    an_app(user)
    assert signed_in(user).get("/quan-ly/").status_code == 302


def test_no_secret_of_the_second_step_is_in_the_log() -> None:
    user = with_rights(a_staff_member(), "order.view_order")
    device = an_app(user)
    codes = new_recovery_codes(user)
    entered(user)
    text = "".join(map(str, LogEntry.objects.values_list("changes", "additional_data")))
    assert device.key not in text
    assert not any(code in text for code in codes)


def test_a_browser_listed_in_the_account_can_still_be_ended_after_the_second_step() -> None:
    user = a_buyer()
    device = an_app(user)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"username": user.email, "password": PASSWORD})
    client.post(ASK, {"code": code_of(device)})
    (browser,) = Device.objects.filter(user=user)
    assert browser.session_key == client.session.session_key
    end_session(browser)
    assert client.get("/tai-khoan/").status_code == 302
