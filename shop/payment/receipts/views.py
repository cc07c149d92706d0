"""The receipt as a file, for whoever may open the order's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.order.access import order_for
from shop.payment.receipts.pdf import receipt_pdf


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Download it; 404 while no money has come."""
    order = order_for(request, number)
    if not order.payment.received:
        raise Http404(_("Không có trang này."))
    return HttpResponse(
        receipt_pdf(order),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="bien-nhan-{order.number}.pdf"',
            "X-Robots-Tag": "noindex, nofollow",
            "Cache-Control": "private, no-store",
        },
    )
