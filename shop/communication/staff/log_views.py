"""What the shop wrote to whom (`/quan-ly/thu/`); in the demo, where nothing leaves, its inbox."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shop.communication.letters import Letter, State
from shop.communication.sending import send_again
from shop.communication.staff.framing import framed
from shop.communication.staff.hiding import without_links
from shop.communication.wording.kinds import KINDS
from shop.guards import staff_may

VIEW, CHANGE = "communication.view_letter", "communication.change_letter"
A_PAGE = 30
#: Letters whose words are not staff's to change.
OTHER_NAMES = {
    "REFUND_ACCOUNT_NAMED": gettext_lazy("Đã ghi tài khoản nhận hoàn tiền"),
    "PASSWORD_CHANGED": gettext_lazy("Mật khẩu đã đổi"),
    "PASSWORD_RESET": gettext_lazy("Đặt lại mật khẩu"),
    "PARCEL_CANCELLED": gettext_lazy("Báo nhà sản xuất kiện bị hủy"),
    "EMAIL_CONFIRM": gettext_lazy("Xác nhận địa chỉ email"),
    "NEW_DEVICE": gettext_lazy("Đăng nhập từ thiết bị mới"),
    "PARCEL_ORDERED": gettext_lazy("Báo nhà sản xuất có đơn mới"),
    "PRODUCER_NOTICE": gettext_lazy("Thông báo cho nhà sản xuất"),
    "PAYOUT_SENT": gettext_lazy("Đã chuyển tiền hàng"),
    "PAYOUT_ACCOUNT_CHANGED": gettext_lazy("Đổi tài khoản nhận tiền hàng"),
    "PRODUCER_INVITATION": gettext_lazy("Mời vào kênh nhà sản xuất"),
    "PRODUCER_MEMBER_JOINED": gettext_lazy("Thành viên mới của nhà sản xuất"),
    "CERTIFICATE_DECIDED": gettext_lazy("Trả lời về chứng nhận"),
    "CONSENT_GIVEN": gettext_lazy("Bản ghi đồng ý"),
    "DATA_READY": gettext_lazy("Dữ liệu cá nhân đã sẵn sàng"),
    "EMAIL_CHANGED": gettext_lazy("Đổi địa chỉ email"),
}
#: What a list shows of a letter; texts of thousands of letters stay where they are.
_LISTED = (
    *("event_code", "to", "subject", "language", "created_at", "attempts"),
    *("sent_at", "last_error", "order__number"),
)


def _stays_here() -> bool:
    """Whether letters are kept as files instead of being sent."""
    return settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


@require_safe
@staff_may(VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """Letters by event, state, address or order."""
    found = Letter.objects.select_related("order").only(*_LISTED)
    event, state = request.GET.get("loai", ""), request.GET.get("trang-thai", "")
    asked = request.GET.get("q", "").strip()
    if event:
        found = found.filter(event_code=event)
    if state in State.values:
        found = found.in_state(State(state))
    if asked:
        found = found.filter(Q(to__icontains=asked) | Q(order__number__iexact=asked))
    codes = Letter.objects.order_by("event_code").values_list("event_code", flat=True).distinct()
    context = {
        "page_obj": Paginator(found, A_PAGE).get_page(request.GET.get("trang")),
        "events": [(code, name_of(code)) for code in codes],
        "states": State.choices,
        "event": event,
        "state": state,
        "asked": asked,
        "stays_here": _stays_here(),
        "failed": Letter.objects.failed().count(),
        "tab": "log",
    }
    return render(request, "communication/staff_log.html", context)


@require_safe
@staff_may(VIEW)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter.objects.select_related("order"), pk=pk)
    context = {
        "letter": letter,
        "text": without_links(letter.text),
        "name": name_of(letter.event_code),
        "stays_here": _stays_here(),
        "tab": "log",
    }
    return render(request, "communication/staff_letter.html", context)


@require_safe
@staff_may(VIEW)
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter's HTML by itself, for the frame on its page."""
    letter = get_object_or_404(Letter, pk=pk)
    if not (letter.html and letter.may_be_read):
        raise Http404
    return framed(without_links(letter.html))


@require_POST
@staff_may(VIEW, CHANGE)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a letter anew that was given up."""
    if send_again(get_object_or_404(Letter, pk=pk)):
        messages.success(request, _("Thư được gửi lại."))
    else:
        messages.info(request, _("Thư này đã gửi hoặc còn đang chờ gửi."))
    return redirect("letters:detail", pk=pk)


def name_of(code: str) -> str:
    """The letter's name in staff's words; its code where it has none."""
    return str(KINDS[code].name) if code in KINDS else str(OTHER_NAMES.get(code, code))
