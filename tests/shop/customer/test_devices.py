"""Browsers that are signed in: known, named, ended."""

from datetime import timedelta

import pytest
from django.conf import settings as shop_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.communication.models import Letter
from shop.users.devices import SESSION_SEEN, forget_old_devices
from shop.users.models import Device, User
from shop.users.user_agents import words_of
from tests.factories import a_buyer, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "bánh mật lá chuối 88"
COC_COC = "Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120 Chrome/114"
CHROME = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) CriOS/131 Mobile Safari/604"
PHONE = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_1) AppleWebKit/605.1.15 Version/17 Safari/605.1.15"


@pytest.fixture
def hoa() -> User:
    return User.objects.create_user("hoa@example.vn", PASSWORD, first_name="Hoa")


def sign_in(client: Client, user: User, agent: str = PHONE) -> Client:
    client.post(
        reverse("customer:login"),
        {"username": user.email, "password": PASSWORD},
        HTTP_USER_AGENT=agent,
    )
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome trên điện thoại Android"),
        (MAC, "Safari trên máy tính Mac"),
        (COC_COC, "Cốc Cốc trên máy tính Windows"),
        (CHROME, "Chrome trên iPhone"),
        ("curl/8", "Thiết bị không rõ"),
        ("", "Thiết bị không rõ"),
    ],
)
def test_a_browser_is_named_in_words_that_its_owner_knows(agent: str, words: str) -> None:
    assert words_of(agent) == words


def test_the_page_lists_the_browsers_and_marks_this_one(hoa: User) -> None:
    sign_in(Client(), hoa, MAC)
    here = sign_in(Client(), hoa, PHONE)
    response = here.get(reverse("customer:devices"))
    assert [str(each) for each in response.context["devices"]] == [
        "Chrome trên điện thoại Android",
        "Safari trên máy tính Mac",
    ]
    assert response.content.decode().count("thiết bị này</span>") == 1


def test_ending_one_browser_ends_its_session_and_no_other(hoa: User) -> None:
    mac, here, third = (sign_in(Client(), hoa, agent) for agent in (MAC, PHONE, ""))
    device = Device.objects.get(user_agent=MAC)
    here.post(reverse("customer:device-end", args=[device.pk]))
    assert mac.get(reverse("customer:summary")).status_code == 302
    assert third.get(reverse("customer:summary")).status_code == 200
    here.post(reverse("customer:devices-end-others"))
    assert third.get(reverse("customer:summary")).status_code == 302
    assert here.get(reverse("customer:summary")).status_code == 200


def test_nobody_ends_the_session_of_another_account(hoa: User) -> None:
    mine = sign_in(Client(), hoa)
    device = Device.objects.get()
    stranger = signed_in(a_buyer())
    assert stranger.post(reverse("customer:device-end", args=[device.pk])).status_code == 404
    assert mine.get(reverse("customer:summary")).status_code == 200


def test_only_a_browser_never_seen_before_is_news(hoa: User) -> None:
    phone = sign_in(Client(), hoa)
    assert not Letter.objects.exists()  # the first one ever
    phone.post(reverse("customer:logout"))
    sign_in(phone, hoa)
    assert not Letter.objects.exists()  # known by its cookie
    sign_in(Client(), hoa, MAC)
    letter = Letter.objects.get()
    assert letter.event_code == "NEW_DEVICE" and "Safari trên máy tính Mac" in letter.text


def test_signing_out_takes_the_browser_off_the_list(hoa: User) -> None:
    mac = sign_in(Client(), hoa, MAC)
    here = sign_in(Client(), hoa)
    mac.post(reverse("customer:logout"))
    assert len(here.get(reverse("customer:devices")).context["devices"]) == 1


def test_use_is_written_down_once_in_ten_minutes(hoa: User, django_assert_num_queries) -> None:
    client = sign_in(Client(), hoa)
    client.get(reverse("customer:profile-update"))
    before = Device.objects.get().last_seen
    with django_assert_num_queries(2) as seen:  # the account, and the profile's own copy
        client.get(reverse("customer:profile-update"))
    assert not any("users_device" in query["sql"] for query in seen)
    session = client.session
    session[SESSION_SEEN] -= 11 * 60
    session.save()
    client.get(reverse("customer:profile-update"))
    assert Device.objects.get().last_seen > before


def test_a_browser_that_stays_away_for_a_year_is_forgotten(hoa: User) -> None:
    sign_in(Client(), hoa)
    long_ago = timezone.now() - timedelta(days=shop_settings.KEEP_DAYS["devices"] + 1)
    Device.objects.update(last_seen=long_ago)
    assert forget_old_devices() == 1


def test_a_session_that_gets_another_key_can_still_be_ended(hoa: User) -> None:
    elsewhere, here = sign_in(Client(), hoa, MAC), sign_in(Client(), hoa)
    new = {"new_password1": "một mật khẩu mới 99", "new_password2": "một mật khẩu mới 99"}
    here.post(reverse("customer:change-password"), {"old_password": PASSWORD, **new})
    device = Device.objects.exclude(user_agent=MAC).get()
    assert device.session_key == here.session.session_key
    elsewhere.post(
        reverse("customer:login"), {"username": hoa.email, "password": "một mật khẩu mới 99"}
    )
    elsewhere.post(reverse("customer:device-end", args=[device.pk]))
    assert here.get(reverse("customer:summary")).status_code == 302


def test_a_session_whose_cookie_was_copied_away_ends_when_the_browser_signs_in_again(
    hoa: User,
) -> None:
    browser = sign_in(Client(), hoa)
    copied = Client()
    copied.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert copied.get(reverse("customer:summary")).status_code == 200
    del browser.cookies["sessionid"]  # the mark of the browser stays
    sign_in(browser, hoa)
    assert Device.objects.count() == 1
    assert copied.get(reverse("customer:summary")).status_code == 302
    assert browser.get(reverse("customer:summary")).status_code == 200


def test_signing_out_all_others_also_ends_a_session_that_no_browser_on_the_list_names(
    hoa: User,
) -> None:
    hidden, here = sign_in(Client(), hoa, MAC), sign_in(Client(), hoa)
    Device.objects.filter(user_agent=MAC).update(session_key="")
    here.post(reverse("customer:devices-end-others"))
    assert hidden.get(reverse("customer:summary")).status_code == 302
    assert here.get(reverse("customer:summary")).status_code == 200
    assert len(here.get(reverse("customer:devices")).context["devices"]) == 1
