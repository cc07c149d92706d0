"""What things are called by those who pack them: the order keeps the name its buyer read."""

from typing import Any

from django.utils.translation import get_language


def title_for_reader(sold: Any, language: str) -> str:
    """The title of a line or a box of an order placed in `language`, in the language in use.

    As it was sold where that is the same language, or the product is gone. Reads its product and
    that one's parent.
    """
    if language == (get_language() or "")[:2] or sold.product is None:
        return str(sold.title)
    return str(sold.product.display_title)
