"""The basket: shown, filled, changed. Plain forms; with htmx the same answers, in place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalogue.age import has_confirmed_age, must_ask_age
from catalogue.boxes.builder_page import BuilderPage, typed_in
from catalogue.boxes.contents import contents_of
from catalogue.models import BoxDesign, Product
from catalogue.prefetched import as_prefetched
from catalogue.returning import asked_next
from catalogue.views.boxes import box_to_design, keep, show
from shop.basket.adding import put_in, read_source, wanted_of
from shop.basket.counting import pieces_of
from shop.basket.models import Line
from shop.basket.page import BasketPage
from shop.basket.quantities import check_quantity, read_quantity
from shop.basket.vouchers import add_voucher, remove_voucher
from shop.checkout.placed import just_placed
from shop.checkout.quote import price_anew
from shop.partner.models import StockRecord
from shop.shipping.estimates import remembered_province

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
    product = _with_stock(pk)
    if must_ask_age(request, product):
        return _go(request, product.get_absolute_url())
    if product.is_gift_box and contents_of(product).is_to_be_filled:
        messages.info(request, _("Hãy chọn món cho từng ngăn của hộp."))
        return _go(request, reverse("catalogue:box-build", args=[product.slug]))
    try:
        wanted = wanted_of(product, request.POST.get("child_id", ""))
        quantity = _put_in(request, wanted)
    except ValidationError as refusal:
        return _refused(request, product, reverse("basket:add", args=[product.pk]), refusal)
    return _added(request, wanted, quantity, product.get_absolute_url())


def _with_stock(pk: int) -> Product:
    """The product with its stock, in one query where it has any. Raises Http404 for none."""
    records = list(StockRecord.objects.filter(product=pk).select_related("product__product_class"))
    if not records:  # sold in variants, or not yet
        return get_object_or_404(Product.objects.select_related("product_class"), pk=pk)
    product: Product = records[0].product
    as_prefetched(product, "stockrecords", records)
    return product


@require_POST
def add_design(request: HttpRequest) -> HttpResponse:
    """Put a box that somebody filled, by its link's token, into the basket."""
    token = request.POST.get("token", "")
    found = BoxDesign.objects.select_related("box__product_class")
    design: BoxDesign = get_object_or_404(found, token=token.replace("\x00", ""))
    return _add_design(request, design)


@require_POST
def add_filled(request: HttpRequest, slug: str) -> HttpResponse:
    """Save a box as the builder's form fills it, and put one into the basket."""
    box = box_to_design(slug)
    if must_ask_age(request, box):
        return _go(request, reverse("catalogue:box-build", args=[slug]))
    page = BuilderPage(box, typed_in(request.POST), is_checked=True)
    try:
        design = keep(request, page)
    except ValidationError:
        return show(request, page, status=422)
    return _add_design(request, design)


def _add_design(request: HttpRequest, design: BoxDesign) -> HttpResponse:
    contents, url = contents_of(design.box, design), design.get_absolute_url()
    if contents.is_alcohol and not has_confirmed_age(request):
        return _go(request, url)
    try:
        quantity = _put_in(request, design.box, design)
    except ValidationError as refusal:
        return _refused(request, design.box, reverse("basket:add-design"), refusal, design)
    return _added(request, design.box, quantity, url)


def _put_in(request: HttpRequest, product: Product, design: BoxDesign | None = None) -> int:
    """How many were put in. Raises ValidationError."""
    quantity = read_quantity(request.POST.get("quantity", "1"))
    put_in(request, product, quantity, design=design, source=read_source(request.POST))
    return quantity


def _added(request: HttpRequest, product: Product, quantity: int, url: str) -> HttpResponse:
    title = product.display_title
    if request.htmx:  # type: ignore[attr-defined]
        if request.POST.get("from") == "basket":
            return _changed(request, {"text": _("Đã để lại %(title)s vào giỏ.") % {"title": title}})
        return _answer(HttpResponse(status=204, headers={"HX-Trigger": CHANGED}))
    if request.POST.get("buy_now"):
        return redirect("checkout:index")
    facts = {"n": quantity, "title": title}
    messages.success(request, _("Đã thêm %(n)s × %(title)s vào giỏ hàng.") % facts)
    return redirect(asked_next(request) or url)


def _refused(
    request: HttpRequest,
    product: Product,
    action: str,
    refusal: ValidationError,
    design: BoxDesign | None = None,
) -> HttpResponse:
    """What was typed, and why it cannot be had."""
    source = read_source(request.POST)
    context = {
        "product": product,
        "action": action,
        "back": design.get_absolute_url() if design else product.get_absolute_url(),
        "typed": request.POST.get("quantity", "1"),
        "error": refusal.messages[0],
        "kept": {
            "next": asked_next(request),
            "buy_now": request.POST.get("buy_now", "")[:1],
            "child_id": request.POST.get("child_id", ""),
            "token": design.token if design else "",
            "from_page": source.from_page or "",
            "from_campaign": source.from_campaign,
        },
    }
    return _answer(render(request, "basket/add_refused.html", context, status=422))


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """To a page that asks something first; nothing is added before the answer."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


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
        "design": line.design.token if line.design else "",
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
    province = remembered_province(request)
    page = BasketPage(basket, request.user, province_code=province, **refused)
    # htmx swaps only answers that say all went well.
    status = 200 if request.htmx else status  # type: ignore[attr-defined]
    context: dict[str, Any] = {"page": page, "notice": notice}
    if page.is_empty:
        context["placed"] = just_placed(request)
    return _answer(render(request, "basket/summary.html", context, status=status))


def _answer(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
