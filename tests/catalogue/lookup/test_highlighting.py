"""Words found again in text as people write it: marks kept, nothing unescaped."""

import unicodedata

import pytest

from catalogue.lookup.highlighting import highlighted


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Bánh mật Thanh Lâm", ("banh", "mat"), "<mark>Bánh mật</mark> Thanh Lâm"),
        ("Đông trùng hạ thảo", ("dong",), "<mark>Đông</mark> trùng hạ thảo"),
        ("Khoai lang", ("la",), "Khoai <mark>lang</mark>"),
        ("Trà & <b>hoa</b>", ("hoa",), "Trà &amp; &lt;b&gt;<mark>hoa</mark>&lt;/b&gt;"),
        ("<script>khoai</script>", ("script",),
         "&lt;<mark>script</mark>&gt;khoai&lt;/<mark>script</mark>&gt;"),
        ("Mật ong", (), "Mật ong"),
        ("", ("khoai",), ""),
    ],
)  # fmt: skip
def test_found_words_are_marked(text: str, words: tuple[str, ...], shown: str) -> None:
    assert highlighted(text, words) == shown


def test_decomposed_letters_are_marked_whole() -> None:
    text = unicodedata.normalize("NFD", "Bánh mật")
    assert highlighted(text, ("banh",)) == unicodedata.normalize("NFD", "<mark>Bánh</mark> mật")
