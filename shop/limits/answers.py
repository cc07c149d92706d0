"""The answer to whoever comes too often: when to come again, and what they typed with it."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Never sent back into a page, whatever else was typed.
_SECRET = ("password", "csrfmiddlewaretoken")
#: More than a form of ours holds, characters: nothing of it is given back.
_MOST_TYPED = 64 * 1024


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429 with `Retry-After`: a page, a piece for htmx, or plain words for programs.

    The page holds what was typed in a form that sends it again, but for passwords and files.
    """
    wait = words_of(seconds)
    if request.headers.get("HX-Request"):
        response = render(request, "limits/notice.html", {"wait": wait}, status=429)
    elif "text/html" in request.headers.get("Accept", "text/html"):
        response = render(request, "429.html", {"wait": wait, **_typed(request)}, status=429)
    else:
        response = HttpResponse("Too many requests\n", status=429, content_type="text/plain")
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


def locked_out(
    request: HttpRequest, response: Any = None, credentials: Any = None, **kwargs: Any
) -> HttpResponse:
    """The same for django-axes, which closes the door for its own time."""
    from axes.helpers import get_cool_off

    cool_off = get_cool_off(request)
    return too_many(request, int(cool_off.total_seconds()) if cool_off else 60)


def words_of(seconds: int) -> str:
    """`3 phút`; seconds below a minute."""
    if seconds < 60:
        return ngettext("%(number)s giây", "%(number)s giây", seconds) % {"number": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext("%(number)s phút", "%(number)s phút", minutes) % {"number": minutes}


def _typed(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        return {}
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(secret in name for secret in _SECRET)
        for value in values
    ]
    if request.FILES or sum(len(name) + len(value) for name, value in fields) > _MOST_TYPED:
        return {"advice": _("Bấm nút quay lại của trình duyệt: những gì bạn đã điền còn nguyên.")}
    return {"typed": fields, "address": request.get_full_path()}
