"""Keys that no row can have, in addresses."""

import pytest
from django.test import Client

from tests.factories import a_shop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        f"/danh-gia/anh/{2**63}/",
        f"/the-chia-se/san-pham/{2**63}/ngang-abc.jpg",
        "/tai-khoan/bao-khi-co-hang/thoi/a%00b/",
        "/kenh-san-xuat/loi-moi/a%00b/",
    ],
)
def test_a_key_that_no_row_can_have_is_not_found(path: str) -> None:
    a_shop()
    assert Client(raise_request_exception=False).get(path).status_code == 404
