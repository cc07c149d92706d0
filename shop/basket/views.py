"""The basket: shown, filled, changed. Plain forms; with htmx the same answers, in place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from oscar.apps.basket.signals import basket_addition

from catalogue.age import must_ask_age
from catalogue.models import Product
from catalogue.prices import variants_of
from catalogue.returning import asked_next
from shop.basket.counting import pieces_of
from shop.basket.models import Line
from shop.basket.page import BasketPage
from shop.basket.quantities import check_quantity, read_quantity
from shop.basket.vouchers import add_voucher, remove_voucher
from shop.checkout.placed import just_placed
from shop.checkout.quote import price_anew

#: What the basket page says once, after the next request: words, and how to undo it.
NOTICE = "basket_notice"
#: htmx asks the pill in the header to count again.
CHANGED = "basket-changed"


@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    return _page(request, notice=request.session.pop(NOTICE, None))


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """The words behind “Giỏ hàng” in the header: ` · 3`, or nothing."""
    response = render(request, "basket/count.html", {"pieces": pieces_of(request)})
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a product, or the chosen variant of one, into the basket; back to where one was."""
    product: Product = get_object_or_404(Product.objects.select_related("product_class"), pk=pk)
    if must_ask_age(request, product):
        return _ask_age(request, product)
    typed = request.POST.get("quantity", "1")
    try:
        wanted = _wanted(request, product)
        quantity = read_quantity(typed)
        _add(request, wanted, quantity)
    except ValidationError as refusal:
        context = {
            "product": product,
            "typed": typed,
            "error": refusal.messages[0],
            "next": asked_next(request),
        }
        context["child_id"] = request.POST.get("child_id", "")
        return _answer(render(request, "basket/add_refused.html", context, status=422))
    if request.htmx:  # type: ignore[attr-defined]
        if request.POST.get("from") == "basket":
            return _changed(
                request,
                {"text": _("Đã để lại %(title)s vào giỏ.") % {"title": wanted.display_title}},
            )
        return _answer(HttpResponse(status=204, headers={"HX-Trigger": CHANGED}))
    messages.success(
        request,
        _("Đã thêm %(n)s × %(title)s vào giỏ hàng.")
        % {"n": quantity, "title": wanted.display_title},
    )
    return redirect(asked_next(request) or product.get_absolute_url())


def _ask_age(request: HttpRequest, product: Product) -> HttpResponse:
    """To the product's page, which asks; nothing is added before the answer."""
    url = product.get_absolute_url()
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _wanted(request: HttpRequest, product: Product) -> Product:
    if not product.is_parent:
        return product
    chosen = request.POST.get("child_id", "")
    for variant in variants_of(product):
        if str(variant.pk) == chosen:
            return variant
    raise ValidationError(_("Hãy chọn một loại."))


def _add(request: HttpRequest, product: Product, quantity: int) -> None:
    if quantity < 1:
        raise ValidationError(_("Hãy chọn ít nhất 1."))
    basket: Any = request.basket  # type: ignore[attr-defined]
    info = request.strategy.fetch_for_product(product)  # type: ignore[attr-defined]
    lines = list(basket.all_lines())
    already = sum(line.quantity for line in lines if line.product_id == product.pk)
    others = sum(line.quantity for line in lines) - already
    try:
        check_quantity(info.availability, already + quantity, others)
    except ValidationError as refusal:
        if already:
            words = _("%(reason)s Trong giỏ đã có %(n)s.")
            raise ValidationError(words % {"reason": refusal.messages[0], "n": already}) from None
        raise
    basket.add_product(product, quantity)
    basket_addition.send(sender=None, product=product, user=request.user, request=request)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A new quantity for one line; 0 takes it out. A number that cannot be had stays in its box."""
    line = _own_line(request, pk)
    if line is None:
        return _changed(request, {"text": _("Món đó không còn trong giỏ.")})
    typed = request.POST.get("quantity", "")
    others = sum(each.quantity for each in line.basket.all_lines() if each.pk != line.pk)
    try:
        quantity = read_quantity(typed)
        if quantity:
            check_quantity(line.purchase_info.availability, quantity, others)
    except ValidationError as refusal:
        return _page(request, errors={pk: refusal.messages[0]}, typed={pk: typed}, status=422)
    if not quantity:
        return _remove(request, line)
    line.quantity = quantity
    line.save(update_fields=["quantity", "date_updated"])
    return _changed(request)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    line = _own_line(request, pk)
    return _remove(request, line) if line is not None else _changed(request)


def _remove(request: HttpRequest, line: Line) -> HttpResponse:
    notice = {
        "text": _("Đã bỏ %(title)s khỏi giỏ.") % {"title": line.product.display_title},
        "product": line.product_id,
        "quantity": line.quantity,
    }
    line.delete()
    return _changed(request, notice)


@require_POST
def voucher_add(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("code", "")
    try:
        voucher = add_voucher(request.basket, typed, request.user)  # type: ignore[attr-defined]
    except ValidationError as refusal:
        return _page(request, voucher_error=refusal.messages[0], voucher_typed=typed, status=422)
    return _changed(request, {"text": _("Đã dùng mã “%(code)s”.") % {"code": voucher.code}})


@require_POST
def voucher_remove(request: HttpRequest, pk: int) -> HttpResponse:
    voucher = remove_voucher(request.basket, pk, request.user)  # type: ignore[attr-defined]
    if voucher is None:
        return _changed(request)
    return _changed(request, {"text": _("Đã bỏ mã “%(code)s”.") % {"code": voucher.code}})


# --- Answers ------------------------------------------------------------------------------------


def _own_line(request: HttpRequest, pk: int) -> Line | None:
    lines = request.basket.all_lines()  # type: ignore[attr-defined]
    return next((line for line in lines if line.pk == pk), None)


def _changed(request: HttpRequest, notice: dict[str, Any] | None = None) -> HttpResponse:
    """The basket after a change: drawn at once for htmx, by a redirect for everybody else."""
    if request.htmx:  # type: ignore[attr-defined]
        response = _page(request, notice=notice)
        response["HX-Trigger"] = CHANGED
        return response
    if notice:
        request.session[NOTICE] = notice
    return redirect("basket:summary")


def _page(
    request: HttpRequest, *, notice: dict[str, Any] | None = None, status: int = 200, **refused: Any
) -> HttpResponse:
    basket: Any = request.basket  # type: ignore[attr-defined]
    if request.method == "POST":
        price_anew(basket, request.user)
    page = BasketPage(basket, request.user, **refused)
    # htmx swaps only answers that say all went well.
    status = 200 if request.htmx else status  # type: ignore[attr-defined]
    context: dict[str, Any] = {"page": page, "notice": notice}
    if page.is_empty:
        context["placed"] = just_placed(request)
    return _answer(render(request, "basket/summary.html", context, status=status))


def _answer(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
