"""One's own data: what was agreed to, all of it as a file, and erasing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.customer.privacy_forms import EraseForm
from shop.customer.security_forms import PasswordAgainForm
from shop.http import ShopRequest
from shop.limits.answers import too_many
from shop.limits.mailboxes import count_letter
from shop.order.access import private
from shop.personal.consenting import (
    Source,
    give,
    has_consent,
    latest_of_link,
    withdraw,
    withdraw_by_link,
)
from shop.personal.erasing import CannotErase, erase_person, reasons_against
from shop.personal.exporting import ask_for_export
from shop.personal.keeping import years_of
from shop.personal.models import DataExport
from shop.personal.purposes import PURPOSES, controller
from shop.personal.registry import Person
from shop.private_files import send_paper
from shop.two_factor.guards import account_page


@account_page
@require_safe
def privacy(request: ShopRequest) -> HttpResponse:
    """What the shop holds, and what its owner can do about it."""
    user: Any = request.user
    # What an address agreed to is its owner's to see, not of whoever signed up with it.
    is_proved = user.email_verified_at is not None
    purposes = [
        {"purpose": each, "words": each.sentence(), "granted": has_consent(each, user.email)}
        for each in (PURPOSES.values() if is_proved else ())
    ]
    exports = user.data_exports.exclude(state=DataExport.State.FAILED)
    context = {
        "is_proved": is_proved,
        "purposes": purposes,
        "log": user.consents.order_by("-pk")[:20],
        "controller": controller(),
        "waiting": exports.filter(state=DataExport.State.ASKED).first(),
        "ready": list(user.data_exports.ready()),
        "years": years_of("order"),
        "active_tab": "privacy",
    }
    return render(request, "customer/privacy.html", context)


@account_page
@require_POST
def consents(request: ShopRequest) -> HttpResponse:
    """Every box as it stands now, once the address is known to be theirs."""
    user: Any = request.user
    if user.email_verified_at is None:
        messages.error(request, _("Hãy xác nhận email trước, rồi chọn điều bạn đồng ý."))
        return redirect("customer:profile-update")
    for code, purpose in PURPOSES.items():
        change = give if request.POST.get(code) else withdraw
        change(purpose, user.email, source=Source.ACCOUNT, user=user)
    messages.success(request, _("Đã ghi lựa chọn của bạn."))
    return redirect("customer:privacy")


# A mail program presses the link itself (RFC 8058), without our cookie: the link is the right.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_consent(request: ShopRequest, token: str) -> HttpResponse:
    """Out, without signing in. Pressed twice it stays out."""
    consent = latest_of_link(token)
    if consent is None or consent.purpose not in PURPOSES:
        raise Http404(_("Không có trang này."))
    if request.method == "POST":
        withdraw_by_link(consent)
        consent = latest_of_link(token)
    context = {"consent": consent, "purpose": PURPOSES[consent.purpose]}  # type: ignore[union-attr]
    return private(render(request, "customer/consent_withdraw.html", context))


@account_page
@require_POST
def ask_for_data(request: ShopRequest) -> HttpResponse:
    user: Any = request.user
    if (letters := count_letter(user.email, what="export")).is_over:
        return too_many(request, letters.seconds_left)
    ask_for_export(user)
    messages.success(
        request, _("Chúng tôi đang gom dữ liệu của bạn và viết thư khi xong. Thường mất vài phút.")
    )
    return redirect("customer:privacy")


@account_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: ShopRequest, pk: int) -> HttpResponseBase:
    """The file, for its owner only, after the password once more."""
    user: Any = request.user
    export = get_object_or_404(DataExport.objects.ready().filter(user=user), pk=pk)
    form = PasswordAgainForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        DataExport.objects.filter(pk=export.pk).update(downloaded_at=timezone.now())
        return send_paper(export.file, name=f"du-lieu-{timezone.localdate():%Y-%m-%d}.zip")
    context = {"form": form, "export": export, "active_tab": "privacy"}
    status = 422 if form.errors else 200
    return private(render(request, "customer/data_download.html", context, status=status))


@account_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: ShopRequest) -> HttpResponse:
    """What goes, what stays and why; then the password, and it is done."""
    user: Any = request.user
    person = Person.of(user)
    reasons = reasons_against(person)
    form = EraseForm(request.POST or None, user=user)
    if request.method == "POST" and not reasons and form.is_valid():
        try:
            erase_person(person, wishes=form.wishes)
        except CannotErase as refusal:  # an order was placed in another tab
            reasons = refusal.reasons
        else:
            logout(request)
            messages.success(request, _("Đã đóng tài khoản và xóa dữ liệu của bạn."))
            return redirect("/")
    context = {
        "form": form,
        "reasons": reasons,
        "orders": person.orders.filter(anonymous=None).count(),
        "years": years_of("order"),
        "invoice_years": years_of("invoice"),
        "active_tab": "privacy",
    }
    status = 422 if form.errors else 409 if reasons and request.method == "POST" else 200
    return private(render(request, "customer/erase.html", context, status=status))
