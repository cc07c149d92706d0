"""Requests that are too large in any way are refused before they cost anything."""

import pytest
from django.conf import LazySettings
from django.conf import settings as shop_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shop import serving

pytestmark = pytest.mark.django_db


def test_a_body_longer_than_any_form_is_not_read(settings: LazySettings) -> None:
    settings.MOST_REQUEST_BYTES = 1000
    address = reverse("customer:register")
    assert Client().post(address, {"first_name": "a" * 2000}).status_code == 413
    assert Client().post(address, {"first_name": "a"}).status_code == 200


def test_a_length_that_is_none_is_refused() -> None:
    answer = Client().generic("POST", "/tai-khoan/dang-ky/", b"a=1", CONTENT_LENGTH="viel")
    assert answer.status_code == 400


def test_too_many_fields_or_files_are_refused() -> None:
    address = reverse("customer:register")
    fields = {f"f{number}": "" for number in range(shop_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert Client().post(address, fields).status_code == 400
    files = {
        f"f{number}": SimpleUploadedFile("a.png", b"x")
        for number in range(shop_settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
    }
    assert Client().post(address, files).status_code == 400


def test_a_form_of_text_too_long_to_keep_in_memory_is_refused(settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = Client().post(reverse("customer:register"), {"first_name": "a" * 2000})
    assert answer.status_code == 400


def test_the_server_bounds_lines_and_headers() -> None:
    assert 0 < serving.limit_request_line <= 4094
    assert 0 < serving.limit_request_fields <= 100
    assert 0 < serving.limit_request_field_size <= 8190
