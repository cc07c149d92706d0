"""The spreadsheets that staff may ask for: whose right, which rows, what stands in them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.invoices.forms import FilterForm
from shop.office.customers.views import customers_found, with_sums
from shop.office.orders.filters import OrderFilter
from shop.office.parcels.lists import parcels_of
from shop.order.models import Line, Parcel
from shop.payment.models import Payment
from shop.payment.registry import method_label
from shop.shipping.ways import NAMES
from shop.templatetags.shop_tags import order_status

Row = list[Any]

#: A line goes the way of its parcel.
LINE_STATUSES = dict(Parcel.Status.choices)


@dataclass(frozen=True)
class Sheet:
    """`found` gives the rows' objects for a list's filters, `loaded` what a row reads of them."""

    kind: str
    label: Any
    rights: tuple[str, ...]
    head: Callable[[], list[str]]
    found: Callable[[QueryDict], Any]
    row: Callable[[Any], Row]
    loaded: Callable[[Any], Any] = lambda rows: rows


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


def _money(amount: Any) -> Any:
    return None if amount is None else int(amount)


def _order_head() -> list[str]:
    return [
        _("Đơn"),
        _("Đặt lúc"),
        _("Trạng thái"),
        _("Cách trả tiền"),
        _("Tiền"),
        _("Người nhận"),
        _("Điện thoại"),
        _("Email"),
        _("Địa chỉ"),
        _("Xã, phường"),
        _("Tỉnh, thành phố"),
        _("Phí giao, đồng"),
        _("Tổng tiền, đồng"),
    ]


def _order_row(order: Any) -> Row:
    address, payment = order.shipping_address, getattr(order, "payment", None)
    return [
        order.number,
        _day(order.date_placed),
        order_status(order.status),
        method_label(order.payment_method),
        payment.get_state_display() if payment else "",
        address.full_name if address else "",
        address.phone_text if address else "",
        order.contact_email,
        address.line1 if address else "",
        address.line3 if address else "",
        address.line4 if address else "",
        _money(order.shipping_incl_tax),
        _money(order.total_incl_tax),
    ]


def _line_head() -> list[str]:
    return [
        _("Đơn"),
        _("Đặt lúc"),
        _("Kiện"),
        _("Nhà sản xuất"),
        _("Món"),
        _("Mã hàng"),
        _("Trong hộp quà"),
        _("Lô"),
        _("Số lượng"),
        _("Tiền hàng, đồng"),
        _("Sau giảm giá, đồng"),
        _("Trạng thái"),
    ]


def _line_row(line: Any) -> Row:
    return [
        line.order.number,
        _day(line.order.date_placed),
        line.parcel.position if line.parcel else None,
        line.partner_name,
        line.title,
        line.partner_sku,
        line.box.title if line.box else "",
        line.lot.code if line.lot else "",
        line.quantity,
        _money(line.line_price_before_discounts_incl_tax),
        _money(line.line_price_incl_tax),
        str(LINE_STATUSES.get(line.status, line.status)),
    ]


def _payment_head() -> list[str]:
    return [
        _("Đơn"),
        _("Mở lúc"),
        _("Cách trả tiền"),
        _("Trạng thái"),
        _("Phải trả, đồng"),
        _("Trả lại, chưa thu, đồng"),
        _("Đặt cọc, đồng"),
        _("Đã nhận, đồng"),
        _("Đã hoàn, đồng"),
        _("Mã bên thanh toán"),
    ]


def _payment_row(payment: Any) -> Row:
    return [
        payment.order.number,
        _day(payment.created_at),
        method_label(payment.method),
        payment.get_state_display(),
        _money(payment.amount),
        _money(payment.uncollected),
        _money(payment.deposit),
        _money(payment.received),
        _money(payment.refunded),
        payment.reference,
    ]


def _parcel_head() -> list[str]:
    return [
        _("Kiện"),
        _("Nhà sản xuất"),
        _("Trạng thái"),
        _("Cách giao"),
        _("Hẹn đến"),
        _("Gửi lúc"),
        _("Giao lúc"),
        _("Bên vận chuyển"),
        _("Mã vận đơn"),
        _("Khối lượng tính cước, gam"),
        _("Phí giao, đồng"),
        _("Xã, phường"),
        _("Tỉnh, thành phố"),
    ]


def _parcel_row(parcel: Any) -> Row:
    address = parcel.address
    return [
        str(parcel),
        parcel.producer.name,
        parcel.get_status_display(),
        str(NAMES.get(parcel.method_code, parcel.method_name)),
        parcel.promised_to,
        _day(parcel.shipped_at),
        _day(parcel.delivered_at),
        parcel.carrier,
        parcel.tracking_number,
        parcel.weight_grams,
        _money(parcel.charge),
        address.line3 if address else "",
        address.line4 if address else "",
    ]


def _customer_head() -> list[str]:
    return [
        _("Họ và tên"),
        _("Email"),
        _("Điện thoại"),
        _("Mở tài khoản lúc"),
        _("Số đơn"),
        _("Đã mua, đồng"),
        _("Đơn gần nhất"),
    ]


def _customer_row(person: Any) -> Row:
    return [
        person.first_name,
        person.email,
        person.phone or "",
        _day(person.date_joined),
        person.order_count,
        _money(person.order_sum or 0),
        _day(person.last_order),
    ]


def _invoice_head() -> list[str]:
    return [
        _("Đơn"),
        _("Ngày đặt"),
        _("Tổng tiền, đồng"),
        _("Tên đơn vị hoặc người mua"),
        _("Mã số thuế"),
        _("Địa chỉ"),
        _("Email nhận hóa đơn"),
        _("Trạng thái"),
        _("Ký hiệu và số hóa đơn"),
        _("Ngày lập hóa đơn"),
    ]


def _invoice_row(asked: Any) -> Row:
    return [
        asked.order.number,
        timezone.localdate(asked.order.date_placed),
        _money(asked.order.total_incl_tax),
        asked.company_name,
        asked.tax_code,
        asked.address,
        asked.email,
        asked.get_status_display(),
        asked.number,
        asked.issued_on,
    ]


SHEETS: dict[str, Sheet] = {
    sheet.kind: sheet
    for sheet in (
        Sheet(
            "orders",
            gettext_lazy("Đơn hàng"),
            ("order.view_order",),
            _order_head,
            lambda query: OrderFilter(query).found(),
            _order_row,
            lambda rows: rows.select_related("shipping_address", "payment", "user"),
        ),
        Sheet(
            "lines",
            gettext_lazy("Dòng hàng"),
            ("order.view_order",),
            _line_head,
            lambda query: Line.objects.filter(
                order__in=OrderFilter(query).found().order_by().values("pk")
            ),
            _line_row,
            lambda rows: rows.select_related("order", "parcel", "box", "lot"),
        ),
        Sheet(
            "payments",
            gettext_lazy("Thanh toán"),
            ("payment.view_payment",),
            _payment_head,
            lambda query: Payment.objects.filter(
                **({"state": query["trang-thai"]} if query.get("trang-thai") else {})
            ),
            _payment_row,
            lambda rows: rows.select_related("order").prefetch_related("order__parcels"),
        ),
        Sheet(
            "parcels",
            gettext_lazy("Kiện hàng"),
            ("order.view_order",),
            _parcel_head,
            lambda query: parcels_of(query.get("loai", "")),
            _parcel_row,
            lambda rows: rows.select_related(
                "order__shipping_address", "producer", "recipient__address"
            ),
        ),
        Sheet(
            "customers",
            gettext_lazy("Khách hàng"),
            ("office.view_customers", "office.export_customers"),
            _customer_head,
            lambda query: customers_found(query.get("q", "")),
            _customer_row,
            with_sums,
        ),
        Sheet(
            "invoices",
            gettext_lazy("Yêu cầu xuất hóa đơn"),
            ("invoices.view_invoicerequest",),
            _invoice_head,
            lambda query: FilterForm(query).found(),
            _invoice_row,
            lambda rows: rows.select_related("order"),
        ),
    )
}


def sheets_for(user: Any) -> list[Sheet]:
    """What this person may take home."""
    if not user.has_perm("exports.add_exportjob"):
        return []
    return [sheet for sheet in SHEETS.values() if user.has_perms(sheet.rights)]
