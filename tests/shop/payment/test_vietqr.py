"""VietQR payloads are NAPAS's to the letter, and nothing else is read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.payment.vietqr import BadPayload, Transfer, checksum, decode, encode, picture

#: Payloads of NAPAS's specification (§6.1) and of public test files, with what they ask for.
VECTORS = [
    (
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA"
        "53037045802VN63049E6F",
        Transfer("970403", "0011012345678", one_time=False),
    ),
    (
        "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC"
        "53037045802VN63044F52",
        Transfer("970403", "9704031101234567", to_card=True, one_time=False),
    ),
    (
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
        "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E",
        Transfer("970403", "0011012345678", 180_000, "thanh toan don hang", bill="NPS6869"),
    ),
    (
        "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC"
        "530370454061800005802VN62340107NPS68690819thanh toan don hang6304A203",
        Transfer(
            "970403", "9704031101234567", 180_000, "thanh toan don hang", "NPS6869", to_card=True
        ),
    ),
    (
        "00020101021138540010A00000072701240006970423011000999999990208QRIBFTTA"
        "53037045802VN6304CBB4",
        Transfer("970423", "0099999999", one_time=False),
    ),
    (
        "00020101021238530010A0000007270123000697042301091234567890208QRIBFTTA"
        "53037045405500005802VN62130809test note630412A3",
        Transfer("970423", "123456789", 50_000, "test note"),
    ),
]


@pytest.mark.parametrize(("payload", "transfer"), VECTORS)
def test_published_payloads_are_written_to_the_letter(payload: str, transfer: Transfer) -> None:
    assert encode(transfer) == payload


@pytest.mark.parametrize(("payload", "transfer"), VECTORS)
def test_published_payloads_are_read(payload: str, transfer: Transfer) -> None:
    assert decode(payload) == transfer


def test_checksum_is_crc_16_ccitt_false() -> None:
    assert checksum("123456789") == "29B1"


TRANSFERS = st.builds(
    Transfer,
    bank_bin=st.from_regex(r"[0-9]{6}", fullmatch=True).filter(str.isascii),
    account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True).filter(str.isascii),
    amount=st.none() | st.integers(1, 10**13 - 1),
    note=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=25),
    bill=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=25),
    to_card=st.booleans(),
    one_time=st.booleans(),
)


@given(transfer=TRANSFERS)
def test_whatever_is_written_is_read_back(transfer: Transfer) -> None:
    assert decode(encode(transfer)) == transfer


@given(
    transfer=TRANSFERS,
    place=st.integers(0, 400),
    letter=st.characters(min_codepoint=32, max_codepoint=126),
)
def test_one_changed_letter_is_noticed(transfer: Transfer, place: int, letter: str) -> None:
    payload = encode(transfer)
    place %= len(payload)
    changed = payload[:place] + letter + payload[place + 1 :]
    if changed != payload:
        with pytest.raises(BadPayload):
            decode(changed)


@given(text=st.text(max_size=120))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadPayload):
        decode(text)


def signed(body: str) -> str:
    """A right checksum over whatever."""
    return body + "6304" + checksum(body + "6304")


HEAD = "000201010212"
MERCHANT = "38570010A00000072701270006970403011300110123456780208QRIBFTTA"


@pytest.mark.parametrize(
    "body",
    [
        HEAD + MERCHANT.replace("0127", "0128") + "53037045802VN",
        HEAD + MERCHANT.replace("0113", "0112") + "53037045802VN",
        HEAD + MERCHANT + "5303704" + "5303704" + "5802VN",
        HEAD + MERCHANT + "53038405802VN",
        HEAD + MERCHANT + "5303704",
        HEAD + MERCHANT + "5303704540500.505802VN",
        HEAD + MERCHANT + "53037045405012345802VN",
        HEAD + MERCHANT + "53037045802VN6204080",
        HEAD + MERCHANT + "53037045802VN9901X",
        "010212000201" + MERCHANT + "53037045802VN",
        "000201010213" + MERCHANT + "53037045802VN",
        HEAD + MERCHANT.replace("A000000727", "A000000728") + "53037045802VN",
        HEAD + MERCHANT.replace("QRIBFTTA", "QRIBFTTX") + "53037045802VN",
        HEAD + MERCHANT.replace("0006970403", "00069704x3") + "53037045802VN",
    ],
)
def test_right_checksum_over_a_wrong_structure_is_refused(body: str) -> None:
    with pytest.raises(BadPayload):
        decode(signed(body))


@pytest.mark.parametrize(
    "facts",
    [
        {"bank_bin": "97043"},
        {"account": "1" * 20},
        {"account": "12 34"},
        {"account": ""},
        {"note": "x" * 26},
        {"note": "thanh toán"},
        {"bill": "x" * 26},
        {"amount": 0},
        {"amount": -5},
        {"amount": 10**13},
    ],
)
def test_what_does_not_fit_is_refused_never_cut(facts: dict) -> None:
    with pytest.raises(ValueError, match=r"BIN|account|amount|note|bill"):
        Transfer(**{"bank_bin": "970436", "account": "0123", **facts})


def test_picture_has_a_name_and_no_inline_style() -> None:
    svg = picture(VECTORS[0][0], title="Mã VietQR của đơn PC7K2MWQ9A")
    assert "<title>Mã VietQR của đơn PC7K2MWQ9A</title>" in svg
    assert "style=" not in svg
