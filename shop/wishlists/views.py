"""Pages of what was saved: one's own, and a list that somebody shared."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.age import has_confirmed_age, must_ask_age
from catalogue.cards import cards_by_key
from catalogue.models import Product
from catalogue.returning import asked_next
from shop.wishlists.forms import ShareForm
from shop.wishlists.models import Line, WishList
from shop.wishlists.saving import (
    MOST_SAVED,
    forget,
    list_of,
    save,
    saved_keys,
    share,
    stop_sharing,
)

#: Says to the pages' script that something was saved, and nothing of what.
COOKIE, COOKIE_SECONDS = "saved", 365 * 24 * 60 * 60


@never_cache
@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """What this visitor saved, at today's price and stock."""
    return _show(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A page with a button, where the heart of a card leads; the script of the cards presses it."""
    product = get_object_or_404(Product.objects.listed().with_origin(), pk=pk)
    if must_ask_age(request, product):
        return redirect(product.get_absolute_url())
    if request.method == "POST":
        save(request, product)
        if request.headers.get("X-Requested-With") == "fetch":
            return _remembered(HttpResponse(status=204))
        messages.success(request, _("Đã lưu %(title)s.") % {"title": product.display_title})
        return _remembered(redirect(asked_next(request) or "wishlists:summary"))
    context = {
        "product": product,
        "is_saved": product.pk in saved_keys(request),
        "next": asked_next(request),
    }
    return render(request, "wishlists/add.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    forget(request, pk)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    messages.success(request, _("Đã bỏ khỏi danh sách."))
    return redirect(asked_next(request) or "wishlists:summary")


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Keys of what was saved, for the hearts on the page."""
    response = JsonResponse({"keys": saved_keys(request)})
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
@login_required
def start_sharing(request: HttpRequest) -> HttpResponse:
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    share(list_of(request.user), form.cleaned_data["name"])
    messages.success(request, _("Ai có đường dẫn đều xem được danh sách."))
    return redirect("wishlists:summary")


@require_POST
@login_required
def end_sharing(request: HttpRequest) -> HttpResponse:
    stop_sharing(list_of(request.user))
    messages.success(request, _("Đã tắt đường dẫn chia sẻ."))
    return redirect("wishlists:summary")


@require_safe
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's list, to whoever has its link: the goods, and the name they chose."""
    wishlist = get_object_or_404(WishList.objects.shared_as(key))
    found = wishlist.lines.filter(product__isnull=False).order_by("-pk")
    goods = list(found.values_list("product", flat=True)[:MOST_SAVED])
    context = {
        "name": wishlist.shared_name,
        "cards": cards_by_key(goods, with_alcohol=has_confirmed_age(request)),
    }
    response = render(request, "wishlists/shared.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    patch_cache_control(response, private=True)
    return response


def _show(request: HttpRequest, form: ShareForm | None = None, status: int = 200) -> HttpResponse:
    user: Any = request.user
    saved = saved_keys(request)
    cards = cards_by_key(saved, with_alcohol=has_confirmed_age(request))
    wishlist, gone = None, []
    if user.is_authenticated:
        wishlist = WishList.objects.filter(owner=user).first()
        shown = {card.product.pk for card in cards}
        gone = _no_longer_sold(user, shown)
    context = {
        "cards": cards,
        "gone": gone,
        "wishlist": wishlist,
        "form": form or ShareForm(initial={"name": _given_name(user, wishlist)}),
        "active_tab": "saved",
    }
    response = render(request, "wishlists/summary.html", context, status=status)
    return _remembered(response) if saved else response


def _no_longer_sold(user: Any, shown: set[int]) -> list[Line]:
    """What was saved and has no page any more."""
    lines = Line.objects.filter(wishlist__owner=user).exclude(product__in=shown)
    return [
        line
        for line in lines.select_related("product")
        if line.product is None or not line.product.is_listed
    ]


def _given_name(user: Any, wishlist: WishList | None) -> str:
    """What was chosen before; else the last word of a Vietnamese name."""
    if wishlist is not None and wishlist.shared_name:
        return wishlist.shared_name
    words = [] if not user.is_authenticated else user.first_name.split()
    return words[-1] if words and "@" not in words[-1] else ""


def _remembered(response: HttpResponse) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        "1",
        max_age=COOKIE_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
