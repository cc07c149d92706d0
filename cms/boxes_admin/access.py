"""Who may propose a box, who may put one on sale, whose box is whose."""

from typing import Any

from catalogue.classes import GIFT_BOX
from catalogue.models import GiftBox, Product

#: Proposing boxes: promoters' groups have it (`cms.roles`).
PROPOSE = "catalogue.add_giftbox"
#: Putting boxes on sale, and changing any: whoever decides about listings.
DECIDE = "catalogue.publish_product"


def may_decide(user: Any) -> bool:
    return bool(user.has_perm(DECIDE))


def may_enter(user: Any) -> bool:
    return may_decide(user) or bool(user.has_perm(PROPOSE))


def may_edit(user: Any, box: Product) -> bool:
    """Moderators any box; a promoter their own, until it is on sale or waits for a moderator."""
    if may_decide(user):
        return True
    gift: GiftBox | None = getattr(box, "gift_box", None)
    own = gift is not None and gift.made_by_id == user.pk
    return (
        own
        and user.has_perm(PROPOSE)
        and not box.has_been_live
        and gift is not None
        and gift.handed_in_at is None
    )


def boxes_of(user: Any) -> Any:
    """The boxes that somebody sees here: moderators all, a promoter their own."""
    boxes = Product.objects.filter(product_class__slug=GIFT_BOX, archived_at=None)
    if not may_decide(user):
        boxes = boxes.filter(gift_box__made_by=user.pk)
    return boxes.select_related("gift_box__made_by", "product_class")
