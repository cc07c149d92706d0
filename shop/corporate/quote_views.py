"""A quote as the company sees it, by its secret link: read, kept as PDF, accepted or declined."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.corporate.accepting import CannotAccept, accept_quote, decline_quote
from shop.corporate.answer_forms import AcceptForm, DeclineForm
from shop.corporate.models import Quote
from shop.corporate.pdf import pdf_of
from shop.downloads import PDF, as_download
from shop.order.access import private, remember
from shop.payment.registry import method_of

#: Shown to whoever has the link; a draft is nobody's but the staff's.
READABLE = (Quote.State.SENT, Quote.State.REPLACED, Quote.State.ACCEPTED, Quote.State.DECLINED)


@require_safe
def quote(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, _quote(token))


def _quote(token: str) -> Quote:
    """The quote of a secret link; 404 for any other, the same for a draft."""
    found = (
        Quote.objects.filter(token=token, state__in=READABLE)
        .select_related("request__ward__province", "order")
        .prefetch_related("lines__product__parent")
        .first()
    )
    if found is None:
        raise Http404(_("Không có trang này."))
    return found


def _page(
    request: HttpRequest, found: Quote, *, status: int = 200, refusal: Any = None, **forms: Any
) -> HttpResponse:
    lacking = refusal.lines if refusal else {}
    context = {
        "quote": found,
        "lines": [(line, lacking.get(line.pk, "")) for line in found.lines.all()],
        "refusal": refusal,
        "accept_form": AcceptForm(initial={"name": found.request.contact}),
        "decline_form": DeclineForm(),
        **forms,
    }
    return private(render(request, "corporate/quote.html", context, status=status))


@require_safe
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    found = _quote(token)
    return private(as_download(pdf_of(found), PDF, f"bao-gia-{found.code}.pdf"))


@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept, and on to paying the deposit."""
    found, form = _quote(token), AcceptForm(request.POST)
    if found.order is None and not form.is_valid():
        return _page(request, found, status=422, accept_form=form)
    try:
        order = found.order or accept_quote(found, name=form.cleaned_data["name"])
    except CannotAccept as refusal:
        return _page(request, _quote(token), status=409, refusal=refusal, accept_form=form)
    remember(request, order)
    method = method_of(order.payment_method)
    return private(redirect(method.next_url(order) if method else order.get_absolute_url()))


@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    found, form = _quote(token), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, decline_form=form)
    try:
        decline_quote(found, words=form.cleaned_data["words"])
    except CannotAccept as refusal:
        return _page(request, _quote(token), status=409, refusal=refusal)
    messages.info(request, _("Đã ghi lại. Cảm ơn bạn đã cho biết."))
    return private(redirect(found.get_absolute_url()))
