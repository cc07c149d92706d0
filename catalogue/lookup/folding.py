"""Words as the index knows them: folded, letters and digits only."""

from catalogue.text import fold

#: Letters of a word that are looked at.
MOST_LETTERS = 40


def words_of(text: str) -> list[str]:
    """`Bánh mật (Thanh Lâm)` gives `banh`, `mat`, `thanh`, `lam`."""
    plain = "".join(c if c.isalnum() else " " for c in fold(text))
    return [word[:MOST_LETTERS] for word in plain.split()]


def folded_words(text: str) -> str:
    """The same, in one line."""
    return " ".join(words_of(text))
