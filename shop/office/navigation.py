"""The one menu of the staff's pages: grouped, each entry for who has its right."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """A page and the right that opens it; `is_staff` alone where there is none."""

    label: Any
    url_name: str
    right: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class Group:
    label: str
    links: list[Link]


MENU: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    (
        _("Hôm nay"),
        (
            Entry(_("Việc chờ làm"), "dashboard:index"),
            Entry(_("Số liệu"), "office:numbers", "office.view_numbers"),
        ),
    ),
    (
        _("Bán hàng"),
        (
            Entry(_("Đơn hàng"), "dashboard:order-list", "order.view_order"),
            Entry(_("Chờ gọi xác nhận"), "cod:waiting", "order.change_order"),
            Entry(_("Kiện hàng"), "office:parcels", "order.view_order"),
            Entry(_("Báo lỗi, trả hàng"), "returns-staff:index", "returns.view_returnrequest"),
            Entry(_("Hỏi về đơn"), "orders-staff:questions", "order.view_order"),
            Entry(_("Khách hàng"), "dashboard:users-index", "office.view_customers"),
            Entry(_("Báo giá doanh nghiệp"), "quotes-staff:index", "corporate.view_quoterequest"),
        ),
    ),
    (
        _("Tiền"),
        (
            Entry(_("Thanh toán"), "payments:index", "payment.view_payment"),
            Entry(_("Trả tiền hàng"), "settlements:index", "settlements.view_payout"),
            Entry(_("Yêu cầu xuất hóa đơn"), "invoices:index", "invoices.view_invoicerequest"),
        ),
    ),
    (
        _("Hàng và nhà sản xuất"),
        (
            Entry(_("Sản phẩm"), "dashboard:catalogue-product-list", "catalogue.view_product"),
            Entry(_("Sắp hết hàng"), "dashboard:stock-alert-list", "partner.view_stockalert"),
            Entry(_("Giá chờ xem"), "producers-staff:prices", "partner.change_pricechange"),
            Entry(
                _("Đơn vào kênh sản xuất"),
                "producers-staff:applications",
                "producers.change_application",
            ),
            Entry(_("Nhà sản xuất"), "dashboard:partner-list", "partner.view_partner"),
            Entry(_("Giao hàng"), "delivery-staff:index", "shipping.change_zonerate"),
        ),
    ),
    (
        _("Lời người mua"),
        (
            Entry(_("Đánh giá chờ duyệt"), "reviews-staff:queue", "reviews.change_productreview"),
            Entry(_("Hỏi đáp sản phẩm"), "questions-staff:queue", "questions.change_question"),
            Entry(_("Từ được tìm"), "search-counts", "lookup.view_searchcount"),
            Entry(_("Thư đã viết"), "letters:index", "communication.view_letter"),
            Entry(_("Lời đồng ý nhận thư"), "consents:index", "personal.view_consent"),
            Entry(_("Mẫu thư"), "letters:kinds", "communication.change_communicationeventtype"),
        ),
    ),
    (
        _("Khuyến mại"),
        (
            Entry(
                _("Mã khuyến mại chờ duyệt"), "promotion-staff:queue", "promotion.decide_promocode"
            ),
            Entry(_("Mã giảm giá"), "dashboard:voucher-list", "voucher.view_voucher"),
            Entry(_("Bộ mã giảm giá"), "dashboard:voucher-set-list", "voucher.view_voucherset"),
            Entry(_("Ưu đãi"), "dashboard:offer-list", "offer.view_conditionaloffer"),
            Entry(_("Nhóm hàng ưu đãi"), "dashboard:range-list", "offer.view_range"),
        ),
    ),
    (
        _("Chương trình OCOP"),
        (
            Entry(_("Bảng chương trình"), "programme:board", "programme.view_programmeplan"),
            Entry(
                _("Chứng nhận chờ xác nhận"),
                "producers-staff:certificates",
                "producers.change_certificateproposal",
            ),
        ),
    ),
    (
        _("Quản trị"),
        (
            Entry(_("Soạn trang, duyệt tin"), "wagtailadmin_home", "wagtailadmin.access_admin"),
            Entry(_("Xuất dữ liệu"), "exports:index", "exports.view_exportjob"),
            Entry(_("Người và quyền"), "office:people", "office.assign_groups"),
            Entry(_("Nhật ký thay đổi"), "audit:log", "auditlog.view_logentry"),
            Entry(_("Đăng nhập hai bước"), "two_factor:index"),
        ),
    ),
)


def navigation_for(request: HttpRequest) -> list[Group]:
    """What this person may open, with the page that is open marked."""
    user: Any = request.user
    groups = []
    for label, entries in MENU:
        found = [
            (entry, url)
            for entry in entries
            if (not entry.right or user.has_perm(entry.right)) and (url := url_of(entry.url_name))
        ]
        if found:
            groups.append((label, found))
    here = _open_page(request.path, [url for _label, found in groups for _entry, url in found])
    return [
        Group(str(label), [Link(str(entry.label), url, url == here) for entry, url in found])
        for label, found in groups
    ]


def url_of(name: str) -> str:
    """The address of a page; empty where a shop has left its room out."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _open_page(path: str, urls: list[str]) -> str:
    """The entry to which `path` belongs: the longest one that it begins with."""
    fitting = [url for url in urls if path.startswith(url)]
    return max(fitting, key=len, default="")
