"""Product words in the visitor's language, whole or not at all.

English is shown only when an editor marked it ready: never half a sentence in each language.
"""

from django.utils.translation import get_language


def wants_english() -> bool:
    """Whether this visitor reads the English shop."""
    return (get_language() or "").startswith("en")


class TranslatedTextMixin:
    """For models with `x` in Vietnamese, `x_en` in English and an `english_ready` mark."""

    @property
    def shows_english(self) -> bool:
        """English text is shown: asked for, and marked ready."""
        return wants_english() and bool(getattr(self, "english_ready", True))

    @property
    def text_language(self) -> str:
        """Language code of the shown text, for the `lang` attribute."""
        return "en" if self.shows_english else "vi"

    def words(self, field: str) -> str:
        """The text of `field` in the visitor's language, Vietnamese where English is not ready."""
        if self.shows_english:
            return getattr(self, f"{field}_en") or getattr(self, field)
        return getattr(self, field)
