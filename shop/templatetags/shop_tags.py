"""Small words of the shop for templates: money, statuses, thumbnails, page links."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from catalogue.images import shown
from catalogue.money import format_dong
from catalogue.pictures.specs import THUMB_SIDE, THUMB_SPEC

register = template.Library()

ORDER_STATUSES = {
    "pending-payment": _("Chờ trả tiền"),
    "to-confirm": _("Chờ xác nhận"),
    "placed": _("Đã nhận đơn"),
    "packing": _("Đang đóng gói"),
    "shipped": _("Đang giao"),
    "completed": _("Đã giao xong"),
    "returned": _("Đã trả lại"),
    "cancelled": _("Đã hủy"),
}


@register.filter
def dong(amount: Decimal | int | None) -> str:
    """`45000` as `45.000 ₫`; nothing for nothing."""
    return "" if amount is None or amount == "" else format_dong(amount)


@register.filter
def order_status(status: str) -> str:
    """An order's status in the buyer's words."""
    return str(ORDER_STATUSES.get(status, status))


@register.simple_tag
def picture_thumb(picture: Any) -> SafeString | str:
    """A small square of a picture, for the eye only: its name stands beside it."""
    if picture is None:
        return mark_safe('<span class="thumb"></span>')
    image = shown(picture, [THUMB_SPEC])
    return format_html(
        '<img class="thumb" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        image.src,
        THUMB_SIDE,
        THUMB_SIDE,
    )


@register.filter
def first_picture(product: Any) -> Any:
    """The first picture of a product, or of its parent; None without one."""
    for owner in (product, product.parent):
        if owner is not None and (images := list(owner.images.all())):
            return images[0].picture
    return None


@dataclass(frozen=True)
class PageLink:
    number: int | str
    url: str
    is_current: bool

    @property
    def is_gap(self) -> bool:
        return not self.url


@register.simple_tag(takes_context=True)
def page_links(context: template.Context, page: Page, param: str = "") -> dict[str, Any]:
    """Addresses of the other pages, with the filters of this one kept."""
    param = param or "page"
    query = context["request"].GET.copy()

    def url(number: int) -> str:
        query[param] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        PageLink(number, url(number) if isinstance(number, int) else "", number == page.number)
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "numbers": numbers,
        "previous": url(page.previous_page_number()) if page.has_previous() else "",
        "next": url(page.next_page_number()) if page.has_next() else "",
    }
