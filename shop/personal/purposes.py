"""What the shop asks consent for: one purpose, one sentence, one box that nobody ticked before.

What an order needs (letters about it, a call of the carrier) rests on the contract and is asked
nowhere. A changed sentence gets a new version; who agreed to the old one agreed to the old one.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from shop.seller import default_seller


@dataclass(frozen=True)
class Purpose:
    """`words` name the controller (`%(controller)s`), what for, how often, and the way out."""

    code: str
    title: Any
    words: Any
    version: str

    def sentence(self) -> str:
        """As it is asked, in the language in use."""
        return str(self.words) % {"controller": controller()}


#: Letters that nobody waits for: what is in season, gift boxes, offers.
NEWS = Purpose(
    code="news",
    title=_("Thư về mùa hàng và ưu đãi"),
    words=_(
        "Tôi đồng ý để %(controller)s dùng email này gửi thư về mùa hàng, hộp quà và ưu đãi, "
        "mỗi tháng nhiều nhất hai thư. Tôi rút lại lúc nào cũng được."
    ),
    version="2026-11",
)
PURPOSES = {each.code: each for each in (NEWS,)}


def controller() -> str:
    """Who decides what the data is used for: the seller by name."""
    return default_seller().display_name or str(_("Phiên chợ"))
