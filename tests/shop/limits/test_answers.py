"""What who came too often reads, and keeps."""

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shop.limits.answers import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_each(settings: LazySettings) -> None:
    settings.RATE_LIMITS_ON = True
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, "1/h")


def twice(view: str, typed: dict, **headers: str):
    client = Client(headers=headers)
    client.post(reverse(view), typed)
    return client.post(reverse(view), typed)


def test_what_was_typed_stands_in_a_form_that_sends_it_again_without_the_password() -> None:
    typed = {"first_name": 'Lục "Nam"', "email": "luc@example.vn", "password1": "bí mật lắm 12"}
    page = twice("customer:register", typed).content.decode()
    assert 'name="email" value="luc@example.vn"' in page
    assert 'name="first_name" value="Lục &quot;Nam&quot;"' in page
    assert f'action="{reverse("customer:register")}"' in page
    assert "bí mật" not in page and "password1" not in page


def test_who_sent_a_file_is_told_to_go_back_instead() -> None:
    sheet = SimpleUploadedFile("nguoi-nhan.csv", b"a,b")
    page = twice("corporate:index", {"company": "Hoa", "addresses": sheet}).content.decode()
    assert "nút quay lại" in page and 'value="Hoa"' not in page


def test_htmx_gets_a_notice_for_the_page_that_is_open() -> None:
    answer = twice("checkout:index", {"email": "luc@example.vn"}, HX_Request="true")
    page = answer.content.decode()
    assert answer.status_code == 429 and answer["Retry-After"]
    assert "<html" not in page and "những gì bạn đã điền còn nguyên" in page


def test_programs_get_plain_words() -> None:
    answer = twice("customer:register", {}, Accept="application/json")
    assert answer["Content-Type"] == "text/plain"


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 giây"), (59, "59 giây"), (60, "1 phút"), (61, "2 phút")]
)
def test_the_wait_is_told_in_minutes(seconds: int, words: str) -> None:
    assert words_of(seconds) == words
