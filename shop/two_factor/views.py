"""The second step: asked for, set up, its recovery codes, and given up by who need not have it."""

from base64 import b32encode
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.returning import asked_next
from shop.two_factor.devices import (
    TooOften,
    begin,
    check,
    codes_left,
    confirm,
    has_second_step,
    new_recovery_codes,
    take_away,
)
from shop.two_factor.forms import AskForm, CodeForm
from shop.two_factor.middleware import has_power
from shop.two_factor.signing import forget_second_step, pass_second_step, remember_browser
from shop.users.devices import end_other_sessions

#: From so many wrong codes on the wait is long enough to be told; before, it is a second or two.
MANY_WRONG = 3

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Whether it is set up, and what may be done about it."""
    user: Any = request.user
    context = {
        "has_step": has_second_step(user),
        "is_verified": user.is_verified(),
        "is_required": _is_required(user),
        "codes_left": codes_left(user),
    }
    return render(request, "two_factor/index.html", context)


@sensitive_post_parameters("code")
@require_form
@never_cache
@login_required
def ask(request: HttpRequest) -> HttpResponseBase:
    """The code, after the password."""
    user: Any = request.user
    if user.is_verified():
        return _onwards(request)
    if not has_second_step(user):
        return redirect(_with_next("two_factor:setup", request))
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = _device_for(form, user)
        if device is not None:
            pass_second_step(request, device)
            response = _onwards(request)
            if form.cleaned_data["remember"]:
                remember_browser(response, user, device)
            _warn_of_few_codes(request, user)
            return response
    context = {"form": form, "next": asked_next(request)}
    return render(request, "two_factor/ask.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("code")
@require_form
@never_cache
@login_required
def setup(request: HttpRequest) -> HttpResponseBase:
    """A picture to read with the app, the same key in letters, and the app's first code."""
    user: Any = request.user
    if has_second_step(user) and not user.is_verified():
        return redirect(_with_next("two_factor:ask", request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = _codes_after(form, user)
        if codes is not None:
            device = TOTPDevice.objects.get(user=user, confirmed=True)
            pass_second_step(request, device)
            # A session that was open before was never asked for a code.
            end_other_sessions(request, user)
            return _show_codes(request, codes)
    device = begin(user)
    context = {
        "form": form,
        "next": asked_next(request),
        "picture": _qr(device.config_url),
        "key": _in_fours(device),
        "url": device.config_url,
    }
    return render(request, "two_factor/setup.html", context, status=422 if form.is_bound else 200)


@require_POST
@never_cache
@login_required
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    user: Any = request.user
    if not user.is_verified():
        raise PermissionDenied
    return _show_codes(request, new_recovery_codes(user))


@require_POST
@never_cache
@login_required
def give_up(request: HttpRequest) -> HttpResponseBase:
    """No second step any more, for who need not have one."""
    user: Any = request.user
    if not user.is_verified() or _is_required(user):
        raise PermissionDenied
    take_away(user, by=user)
    forget_second_step(request)
    messages.success(request, _("Đã bỏ đăng nhập hai bước."))
    return redirect("two_factor:index")


def _is_required(user: Any) -> bool:
    return settings.TWO_FACTOR_REQUIRED and has_power(user)


def _device_for(form: AskForm, user: Any) -> TOTPDevice | None:
    try:
        device = check(user, form.cleaned_data["code"])
    except TooOften as refusal:
        _say_wait(form, refusal)
        return None
    if device is None:
        form.add_error("code", _("Mã không đúng hoặc đã dùng. Hãy lấy mã mới trong ứng dụng."))
    return device


def _codes_after(form: CodeForm, user: Any) -> list[str] | None:
    try:
        found = confirm(user, form.cleaned_data["code"])
    except TooOften as refusal:
        _say_wait(form, refusal)
        return None
    if found is None:
        form.add_error(
            "code", _("Mã không đúng. Hãy xem đồng hồ điện thoại có chạy đúng giờ không.")
        )
    return found


def _say_wait(form: CodeForm, refusal: TooOften) -> None:
    if refusal.wrong < MANY_WRONG:
        form.add_error("code", _("Mã vừa rồi không đúng. Hãy nhập mã đang hiện trong ứng dụng."))
        return
    words = ngettext(
        "Sai nhiều lần. Hãy thử lại sau %(n)s giây.",
        "Sai nhiều lần. Hãy thử lại sau %(n)s giây.",
        refusal.seconds,
    )
    form.add_error("code", words % {"n": refusal.seconds})


def _show_codes(request: HttpRequest, found: list[str]) -> HttpResponse:
    context = {"codes": found, "next": asked_next(request) or "/"}
    return render(request, "two_factor/codes.html", context)


def _warn_of_few_codes(request: HttpRequest, user: Any) -> None:
    left = codes_left(user)
    if left <= 3:
        words = ngettext(
            "Bạn còn %(n)s mã dự phòng. Hãy tạo mã mới.",
            "Bạn còn %(n)s mã dự phòng. Hãy tạo mã mới.",
            left,
        )
        messages.warning(request, words % {"n": left})


def _onwards(request: HttpRequest) -> HttpResponseBase:
    return redirect(asked_next(request) or "customer:summary")


def _with_next(name: str, request: HttpRequest) -> str:
    wanted = asked_next(request)
    return f"{reverse(name)}?{urlencode({'next': wanted})}" if wanted else reverse(name)


def _qr(url: str) -> str:
    # Presentation attributes only: the page's policy allows no style within it.
    # A viewBox in place of a size lets the page shrink the whole of it, margin and all.
    picture = segno.make(url, error="m").svg_inline(border=4, light="#fff", omitsize=True)
    return mark_safe(picture)


def _in_fours(device: TOTPDevice) -> str:
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
