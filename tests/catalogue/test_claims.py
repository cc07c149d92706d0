"""What text may not say of goods, and what it may."""

import pytest

from catalogue.claims import find_claims


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find_claims(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Trà giúp hạ đường huyết.",
        "Uống vào là KHỎI BỆNH ngay",
        "mật ong chữa ho",
        "Long nhãn an thần, dễ ngủ",
        "rượu bổ thận tráng dương",
        "nem dễ tiêu",
        "Kiềm chế khối u 34 %",
        "tốt cho tiêu hoá",
        "tốt cho tiêu hóa",
        "<p>thần <b>dược</b></p>",
        "A miracle tea that lowers blood pressure",
        "Người dùng kể trà chữa được bệnh",
    ],
)
def test_medical_words_are_found(text: str) -> None:
    assert "health" in kinds(text)


@pytest.mark.parametrize("text", ["tra nay chua benh", "HA DUONG HUYET", "bo than trang duong"])
def test_text_typed_without_marks_is_found(text: str) -> None:
    assert "health" in kinds(text)


def test_decomposed_letters_are_found() -> None:
    import unicodedata

    assert kinds(unicodedata.normalize("NFD", "thần dược")) == ["health"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("món tiến vua", "unsourced"),
        ("công thức gia truyền", "unsourced"),
        ("bánh ngon nhất vùng", "superlative"),
        ("lộc đền Suối Mỡ", "religious"),
        ("đông trùng hạ thảo tự nhiên", "cordyceps"),
        ("Wild cordyceps from Tibet", "cordyceps"),
    ],
)
def test_each_kind_has_its_words(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Nem chua Tư Thủy lên men tự nhiên",
        "nem chua",
        "Bưởi chua, bánh chua, chua ngọt",
        "thống nhất, thứ nhất, ít nhất",
        "Thôn số 1, xã Trường Sơn",
        "Xưởng sửa chữa lò sấy, có bình chữa cháy",
        "Thực phẩm này không phải là thuốc và không có tác dụng thay thế thuốc chữa bệnh.",
        "THỰC PHẨM NÀY KHÔNG PHẢI LÀ THUỐC VÀ KHÔNG CÓ TÁC DỤNG THAY THẾ THUỐC CHỮA BỆNH",
        "Cured meat, a treat for Tết",
        "Uống rượu có hại cho sức khỏe.",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_a_claim_beside_the_obligatory_sentence_is_still_found() -> None:
    text = (
        "Trà trị ho. Thực phẩm này không phải là thuốc và không có tác dụng thay thế"
        " thuốc chữa bệnh."
    )
    assert [finding.phrase for finding in find_claims(text)] == ["trị ho"]


def test_a_finding_says_what_where_and_why() -> None:
    (finding,) = find_claims("Trà hoa vàng hái tay, giúp hạ huyết áp rất nhanh.")
    assert finding.phrase == "hạ huyết áp"
    assert "giúp hạ huyết áp rất" in finding.excerpt
    assert "Nghị định 15/2018" in finding.reason


def test_the_longest_phrase_is_named() -> None:
    assert [f.phrase for f in find_claims("hỗ trợ điều trị ung thư")] == [
        "hỗ trợ điều trị",
        "ung thư",
    ]
