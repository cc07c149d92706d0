"""Keeping the account safe: the email and its proof, and the browsers that are signed in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.customer.proving import accept, proof_of, write_change_letter, write_confirm_letter
from shop.customer.security_forms import ChangeEmailForm
from shop.http import ShopRequest
from shop.limits.answers import too_many
from shop.limits.mailboxes import count_letter
from shop.two_factor.guards import account_page
from shop.users.devices import end_other_sessions, end_session, own_device

#: Addresses of the letters' links stay out of search engines and of other sites' logs.
PRIVATE = {"X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin"}


@account_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def change_email(request: ShopRequest) -> HttpResponse:
    """Ask for another address; it counts once its letter's link was opened."""
    user: Any = request.user
    form = ChangeEmailForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if (letters := count_letter(email, what="email")).is_over:
            return too_many(request, letters.seconds_left)
        write_change_letter(user, email)
        messages.success(
            request,
            _("Mời bạn mở thư vừa gửi đến %(email)s và bấm xác nhận. Đến lúc đó email cũ vẫn dùng.")
            % {"email": email},
        )
        return redirect("customer:profile-update")
    context = {"form": form, "active_tab": "security"}
    status = 422 if form.errors else 200
    return render(request, "customer/change_email.html", context, status=status)


@account_page
@require_POST
def send_confirm_letter(request: ShopRequest) -> HttpResponse:
    """One more letter with the link; none for an address that is proved."""
    user: Any = request.user
    if (letters := count_letter(user.email, what="email")).is_over:
        return too_many(request, letters.seconds_left)
    if user.email_verified_at is None:
        write_confirm_letter(user)
    words = _("Đã gửi thư xác nhận đến %(email)s.") % {"email": user.email}
    messages.success(request, words)
    return redirect("customer:profile-update")


@account_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: ShopRequest, token: str) -> HttpResponse:
    """A page with a button: programs that only open the links of letters confirm nothing."""
    user: Any = request.user
    proof = proof_of(token, user)
    if proof is not None and request.method == "POST":
        try:
            accept(proof)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Đã xác nhận email %(email)s.") % {"email": proof.proved})
        return redirect("customer:profile-update")
    done = proof is None and user.email_verified_at is not None
    context = {"proof": proof, "done": done}
    response = render(request, "customer/email_confirm.html", context)
    for name, value in PRIVATE.items():
        response[name] = value
    return response


@account_page
@require_safe
def device_list(request: ShopRequest) -> HttpResponse:
    """Browsers that are signed in; the one that asks comes first and is marked."""
    user: Any = request.user
    own = own_device(request)
    devices = sorted(user.devices.signed_in(), key=lambda device: device.pk != own)
    context = {"devices": devices, "own": own, "active_tab": "security"}
    return render(request, "customer/devices.html", context)


@account_page
@require_POST
def end_device(request: ShopRequest, pk: int) -> HttpResponse:
    """Sign one of one's own browsers out."""
    user: Any = request.user
    device = get_object_or_404(user.devices, pk=pk)
    if device.pk == own_device(request):
        messages.info(request, _("Đây là thiết bị bạn đang dùng. Hãy bấm “Đăng xuất”."))
    else:
        end_session(device)
        messages.success(request, _("Đã đăng xuất %(device)s.") % {"device": device})
    return redirect("customer:devices")


@account_page
@require_POST
def end_others(request: ShopRequest) -> HttpResponse:
    user: Any = request.user
    end_other_sessions(request, user)
    messages.success(request, _("Đã đăng xuất mọi thiết bị khác."))
    return redirect("customer:devices")
