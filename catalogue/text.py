"""Vietnamese text without its marks: one folding for slugs, search, file names and bank notes."""

import hashlib
import unicodedata

from django.utils.text import slugify

#: Letters that no Unicode decomposition turns into d. Besides đ/Đ there are the look-alikes
#: eth (ð/Ð) and African d (Ɖ), which old Vietnamese keyboards and converted files leave behind.
_D_LETTERS = str.maketrans("đĐðÐƉ", "ddddd")
#: Marks (Mn) carry the tones; format characters (Cf) are soft hyphens and zero-width spaces
#: that come along when text is pasted from a chat or a word processor.
_DROPPED_CATEGORIES = frozenset({"Mn", "Cf"})


def fold(text: str) -> str:
    """Return the text lower-cased, without Vietnamese marks, its whitespace collapsed.

    `đ` becomes `d`; composed and decomposed input, and both places of a tone mark
    (`Thủy`, `Thuỷ`), give the same result. Folding twice changes nothing.
    """
    plain = _strip_marks(text.translate(_D_LETTERS)).casefold()
    return " ".join(_strip_marks(plain).split())


def slugify_vi(text: str, *, allow_unicode: bool = False) -> str:
    """Return an ASCII slug: `Đông trùng hạ thảo` gives `dong-trung-ha-thao`.

    Oscar passes `allow_unicode`; slugs are ASCII whatever it says.

    Text without a Latin letter or digit (an emoji, Chinese) gives a short stable code, so
    that a slug is empty only for blank text.
    """
    folded = fold(text)
    slug = slugify(folded)
    if slug or not folded:
        return slug
    return "x" + hashlib.blake2s(folded.encode(), digest_size=4).hexdigest()


def _strip_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) not in _DROPPED_CATEGORIES)
