"""What waits for somebody now: a count and the page where it is dealt with, by right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Certificate
from catalogue.models.certificate import EXPIRING_DAYS
from shop.communication.letters import Letter
from shop.corporate.models import QuoteRequest
from shop.invoices.models import InvoiceRequest
from shop.office.navigation import url_of
from shop.office.parcels.lists import late_parcels, parcels_to_pack
from shop.order import addressing
from shop.order.models import OrderMessage
from shop.partner.models import PriceChange
from shop.payment import queue
from shop.payment.methods.cod.confirming import orders_to_confirm
from shop.payment.models import ProviderMessage, Refund
from shop.producers.models import Application, CertificateProposal
from shop.promotion.models import PromoCode
from shop.questions.models import Question
from shop.returns.models import ReturnRequest
from shop.reviews.models import ProductReview


@dataclass(frozen=True)
class Kind:
    """One sort of work. `query` is added to the page's address."""

    label: Any
    url_name: str
    right: str
    count: Callable[[], int]
    query: str = ""
    #: Somebody outside is kept waiting: shown before the rest.
    is_urgent: bool = False


@dataclass(frozen=True)
class Waiting:
    label: str
    url: str
    count: int
    is_urgent: bool


def _listings() -> int:
    """Listings that producers handed in: a workflow of Wagtail's that runs."""
    WorkflowState = apps.get_model("wagtailcore", "WorkflowState")
    return int(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type__app_label="catalogue",
            base_content_type__model="product",
        ).count()
    )


def _expiring() -> int:
    today = timezone.localdate()
    soon = today + timedelta(days=EXPIRING_DAYS)
    running = Certificate.objects.valid_on(today)
    return running.exclude(pk__in=Certificate.objects.valid_on(soon).values("pk")).count()


KINDS: tuple[Kind, ...] = (
    Kind(
        _("Đơn chờ gọi xác nhận"),
        "cod:waiting",
        "order.change_order",
        lambda: orders_to_confirm().count(),
        is_urgent=True,
    ),
    Kind(
        _("Kiện trễ hẹn"),
        "office:parcels",
        "order.view_order",
        lambda: late_parcels().count(),
        "?loai=tre",
        is_urgent=True,
    ),
    Kind(
        _("Kiện chờ đóng gói"),
        "office:parcels",
        "order.view_order",
        lambda: parcels_to_pack().count(),
        "?loai=dong-goi",
    ),
    Kind(
        _("Yêu cầu trả hàng"),
        "returns-staff:index",
        "returns.view_returnrequest",
        lambda: ReturnRequest.objects.waiting().count(),
        is_urgent=True,
    ),
    Kind(
        _("Câu hỏi về đơn chưa trả lời"),
        "orders-staff:questions",
        "order.change_order",
        lambda: OrderMessage.objects.unanswered().count(),
        is_urgent=True,
    ),
    Kind(
        _("Xin đổi địa chỉ"),
        "dashboard:order-list",
        "order.change_order",
        lambda: addressing.waiting().count(),
        "?co=doi-dia-chi",
        is_urgent=True,
    ),
    Kind(
        _("Khoản tiền chờ xử lý"),
        "payments:queue",
        "payment.view_payment",
        lambda: queue.waiting().count(),
        is_urgent=True,
    ),
    Kind(
        _("Lệnh hoàn tiền chưa xong"),
        "payments:refunds",
        "payment.view_payment",
        lambda: Refund.objects.filter(state__in=Refund.UNFINISHED).count(),
        is_urgent=True,
    ),
    Kind(
        _("Tin thanh toán chưa xử lý"),
        "payments:messages",
        "payment.view_payment",
        lambda: ProviderMessage.objects.filter(state=ProviderMessage.State.NEW).count(),
    ),
    Kind(
        _("Hóa đơn chờ xuất"),
        "invoices:index",
        "invoices.view_invoicerequest",
        lambda: InvoiceRequest.objects.waiting().count(),
    ),
    Kind(
        _("Doanh nghiệp chờ báo giá"),
        "quotes-staff:index",
        "corporate.view_quoterequest",
        lambda: QuoteRequest.objects.waiting().count(),
        is_urgent=True,
    ),
    Kind(
        _("Tin đăng chờ duyệt"),
        "listing-moderation-queue",
        "wagtailadmin.access_admin",
        _listings,
    ),
    Kind(
        _("Giá chờ xem"),
        "producers-staff:prices",
        "partner.change_pricechange",
        lambda: PriceChange.objects.waiting().count(),
    ),
    Kind(
        _("Đánh giá chờ duyệt"),
        "reviews-staff:queue",
        "reviews.change_productreview",
        lambda: ProductReview.objects.filter(status=ProductReview.FOR_MODERATION).count(),
    ),
    Kind(
        _("Câu hỏi sản phẩm chờ duyệt"),
        "questions-staff:queue",
        "questions.change_question",
        lambda: Question.objects.waiting().count(),
    ),
    Kind(
        _("Mã khuyến mại chờ duyệt"),
        "promotion-staff:queue",
        "promotion.decide_promocode",
        lambda: PromoCode.objects.filter(state=PromoCode.State.PROPOSED).count(),
    ),
    Kind(
        _("Đơn vào kênh sản xuất"),
        "producers-staff:applications",
        "producers.change_application",
        lambda: Application.objects.filter(status=Application.Status.WAITING).count(),
    ),
    Kind(
        _("Chứng nhận chờ xác nhận"),
        "producers-staff:certificates",
        "producers.change_certificateproposal",
        lambda: CertificateProposal.objects.filter(state=CertificateProposal.State.WAITING).count(),
    ),
    Kind(
        _("Chứng nhận sắp hết hạn"),
        "programme:board",
        "programme.view_programmeplan",
        _expiring,
    ),
    Kind(
        _("Thư không gửi được"),
        "letters:index",
        "communication.view_letter",
        lambda: Letter.objects.failed().count(),
        is_urgent=True,
    ),
)


def waiting_for(user: Any) -> list[Waiting]:
    """One count for each sort of work that this person may do: urgent ones first, then by order."""
    found = [
        Waiting(str(kind.label), url + kind.query, kind.count(), kind.is_urgent)
        for kind in KINDS
        if user.has_perm(kind.right) and (url := url_of(kind.url_name))
    ]
    return sorted(found, key=lambda each: not each.is_urgent)
