"""Published messages pass; any other secret, byte or hour does not."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.payment.providers import casso, payos, sepay
from shop.payment.providers.applying import PROVIDERS
from shop.payment.providers.base import Forged, Garbled
from tests.shop.payment.providers import speaking

#: developer.sepay.vn's rule, with a secret and a message of our own.
SEPAY_BODY = (
    b'{"id":92704,"gateway":"Vietcombank","transactionDate":"2026-11-20 14:02:37",'
    b'"accountNumber":"0123499999","code":"OCOP2026ABC","content":"OCOP2026ABC chuyen tien",'
    b'"transferType":"in","transferAmount":250000,"accumulated":19077000,"subAccount":null,'
    b'"referenceCode":"MBVCB.3278907687","description":""}'
)
SEPAY_HEADERS = {
    "x-sepay-timestamp": "1795000000",
    "x-sepay-signature": "sha256=6b5960383ae05b3fe00bc4992d6f51408522f0e7ac3ba7e7422815db6c82e67f",
}
SEPAY_NOW = datetime.fromtimestamp(1795000000, UTC)

#: Casso's own example of webhook version 2.
CASSO_KEY = "mgExMrjj4i7a1p8Cs6LmFbpCd8lbw4sSX4LZXPag7TKazeIogtR90tvWYTkwQbvs"
CASSO_BODY = (
    b'{"error":0,"data":{"id":0,"reference":"MA_GIAO_DICH_THU_NGHIEM",'
    b'"description":"giao dich thu nghiem","amount":599000,"runningBalance":25000000,'
    b'"transactionDateTime":"2024-10-03 15:06:37","accountNumber":"88888888","bankName":"VPBank",'
    b'"bankAbbreviation":"VPB","virtualAccountNumber":"","virtualAccountName":"",'
    b'"counterAccountName":"NGUYEN VAN A","counterAccountNumber":"8888888888",'
    b'"counterAccountBankId":"970415","counterAccountBankName":"VietinBank"}}'
)
CASSO_HEADERS = {
    "X-Casso-Signature": "t=1727948258788,v1="
    "ed0a4bd2e826d5cb69988cdb141e6c1a080e21f3b57eb72cd78192220042b9e7"
    "dde0868fc667faea8e224900fa7904e7c88dfa098032fb2d6b6996856e8b7ff3"
}
CASSO_NOW = datetime.fromtimestamp(1727948258, UTC)

#: payOS's own example.
PAYOS_KEY = "1a54716c8f0efb2744fb28b6e38b25da7f67a925d98bc1c18bd8faaecadd7675"
PAYOS_DATA = {
    "orderCode": 123,
    "amount": 3000,
    "description": "VQRIO123",
    "accountNumber": "12345678",
    "reference": "TF230204212323",
    "transactionDateTime": "2023-02-04 18:25:00",
    "currency": "VND",
    "paymentLinkId": "124c33293c43417ab7879e14c8d9eb18",
    "code": "00",
    "desc": "Thành công",
    **dict.fromkeys(
        (
            *("counterAccountBankId", "counterAccountBankName", "counterAccountName"),
            *("counterAccountNumber", "virtualAccountName", "virtualAccountNumber"),
        ),
        "",
    ),
}
PAYOS_BODY = json.dumps(
    {
        "code": "00",
        "desc": "success",
        "success": True,
        "data": PAYOS_DATA,
        "signature": "412e915d2871504ed31be63c8f62a149a4410d34c4c42affc9006ef9917eaa03",
    }
).encode()
PAYOS_NOW = datetime(2023, 2, 4, 12, tzinfo=UTC)

PUBLISHED: list[tuple[Any, bytes, dict[str, str], datetime]] = [
    (sepay, SEPAY_BODY, SEPAY_HEADERS, SEPAY_NOW),
    (casso, CASSO_BODY, CASSO_HEADERS, CASSO_NOW),
    (payos, PAYOS_BODY, {}, PAYOS_NOW),
]


@pytest.fixture(autouse=True)
def _secrets(settings: Any) -> None:
    settings.SEPAY_WEBHOOK_SECRET = speaking.SEPAY_SECRET
    settings.CASSO_WEBHOOK_KEY = CASSO_KEY
    settings.PAYOS_CHECKSUM_KEY = PAYOS_KEY


@pytest.mark.parametrize(("module", "body", "headers", "now"), PUBLISHED)
def test_published_message_passes(module: Any, body: bytes, headers: dict, now: datetime) -> None:
    module.verify(headers, body, now)


@pytest.mark.parametrize(("module", "body", "headers", "now"), PUBLISHED)
def test_other_amount_is_forged(module: Any, body: bytes, headers: dict, now: datetime) -> None:
    changed = body.replace(b"250000", b"350000").replace(b"599000", b"999000")
    with pytest.raises(Forged):
        module.verify(headers, changed.replace(b'"amount": 3000', b'"amount": 9000'), now)


@pytest.mark.parametrize(("module", "body", "headers", "now"), PUBLISHED)
def test_other_secret_is_forged(
    module: Any, body: bytes, headers: dict, now: datetime, settings: Any
) -> None:
    settings.SEPAY_WEBHOOK_SECRET = settings.CASSO_WEBHOOK_KEY = settings.PAYOS_CHECKSUM_KEY = "x"
    with pytest.raises(Forged):
        module.verify(headers, body, now)


@pytest.mark.parametrize(
    ("module", "body", "headers", "now", "window"),
    [
        (*PUBLISHED[0], timedelta(minutes=6)),
        (*PUBLISHED[1], timedelta(hours=2)),
        (*PUBLISHED[2], timedelta(days=31)),
    ],
)
def test_old_message_replayed_is_refused(
    module: Any, body: bytes, headers: dict, now: datetime, window: timedelta
) -> None:
    with pytest.raises(Forged):
        module.verify(headers, body, now + window)


def test_older_keys_are_still_taken(settings: Any) -> None:
    settings.SEPAY_WEBHOOK_SECRET, settings.SEPAY_API_KEY = "", "khoa"
    settings.CASSO_WEBHOOK_KEY, settings.CASSO_SECURE_TOKEN = "", "the"
    sepay.verify({"Authorization": "Apikey khoa"}, b"{}", SEPAY_NOW)
    casso.verify({"Secure-Token": "the"}, b"{}", CASSO_NOW)
    for module, headers in ((sepay, {"Authorization": "Apikey sai"}), (casso, {})):
        with pytest.raises(Forged):
            module.verify(headers, b"{}", SEPAY_NOW)


def test_nothing_is_set_up_without_a_secret(settings: Any) -> None:
    for name in ("SEPAY_WEBHOOK_SECRET", "SEPAY_API_KEY", "CASSO_WEBHOOK_KEY"):
        setattr(settings, name, "")
    settings.CASSO_SECURE_TOKEN = settings.PAYOS_CHECKSUM_KEY = ""
    assert not any(module.is_set_up() for module in PROVIDERS.values())


def test_sums_are_read_in_viet_nams_time() -> None:
    [credit] = sepay.parse(SEPAY_BODY).credits
    assert (credit.reference, credit.amount) == ("92704", Decimal(250_000))
    assert credit.booked_at.isoformat() == "2026-11-20T14:02:37+07:00"
    assert "OCOP2026ABC" in credit.note
    [credit] = casso.parse(CASSO_BODY).credits
    assert (credit.reference, credit.amount) == ("0:MA_GIAO_DICH_THU_NGHIEM", Decimal(599_000))
    [credit] = payos.parse(PAYOS_BODY).credits
    assert (credit.reference, credit.currency) == ("TF230204212323", "VND")


def test_money_that_went_out_is_left_away() -> None:
    body = SEPAY_BODY.replace(b'"transferType":"in"', b'"transferType":"out"')
    assert sepay.parse(body).credits == ()
    assert casso.parse(CASSO_BODY.replace(b"599000", b"-599000")).credits == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["data", "id", "amount", "transferType", "transferAmount", "signature",
                         "transactionDate", "transactionDateTime", "reference", "code", "when"])
        | st.text(max_size=5),
        inner, max_size=6,
    ),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize("module", PROVIDERS.values())
@given(found=JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_message_whatever_breaks_the_reader(module: Any, found: Any) -> None:
    body = json.dumps(found).encode()
    for read in (lambda: module.parse(body), lambda: module.verify({}, body, SEPAY_NOW)):
        with suppress(Forged, Garbled):
            read()


@pytest.mark.parametrize("module", PROVIDERS.values())
@given(body=st.binary(max_size=60))
def test_no_bytes_whatever_break_the_reader(module: Any, body: bytes) -> None:
    for read in (lambda: module.parse(body), lambda: module.verify({}, body, SEPAY_NOW)):
        with pytest.raises((Forged, Garbled)):
            read()
