"""The summary as a file, for whoever may open the order's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.contracts.models import OrderSummary
from shop.contracts.pdf import pdf_of
from shop.order.access import order_for


@require_safe
def order_summary(request: HttpRequest, number: str) -> HttpResponse:
    """The contract as PDF. 404 for an order that was placed before there were summaries."""
    summary = OrderSummary.objects.filter(order=order_for(request, number)).first()
    if summary is None:
        raise Http404(_("Không có trang này."))
    return HttpResponse(
        pdf_of(summary),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="tom-tat-{summary.facts["number"]}.pdf"',
            "X-Robots-Tag": "noindex, nofollow",
            "Cache-Control": "private, no-store",
        },
    )
