"""Own listings on the phone: the list, the steps of writing one, price and stock, moderation."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue.comparing import Difference, differences, gallery_difference
from catalogue.gallery import is_own, shots_of
from catalogue.models import Product
from shop.partner.history import PriceChange, StockChange
from shop.partner.membership import Role
from shop.partner.models import StockRecord
from shop.producers.access import ProducerRequest, View, members_only
from shop.producers.forms import StockForm
from shop.producers.listings import drafting, photos
from shop.producers.listings.drafting import NotPossible
from shop.producers.listings.forms import (
    LabelForm,
    NewListingForm,
    PhotosForm,
    PriceForm,
    StepForm,
    VariantForm,
    WordsForm,
)
from shop.producers.listings.rows import rows_of, with_rows

LISTINGS_A_PAGE = 12
CHANGES_SHOWN = 30
READ = ["GET", "HEAD", "POST"]


def own_listing(view: View) -> View:
    """Give a view the listing of that key, if it is the producer's own; 404 otherwise."""

    @wraps(view)
    def found(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, get_object_or_404(_own(request), pk=pk), *args, **kwargs)

    return members_only(at_least=Role.EDITOR)(found)


@require_GET
@members_only(at_least=Role.PACKER)
def listings(request: HttpRequest) -> HttpResponse:
    archived = request.GET.get("xem") == "ngung-ban"
    found = with_rows(_own(request).filter(archived_at__isnull=not archived))
    page = Paginator(found, LISTINGS_A_PAGE).get_page(request.GET.get("trang"))
    rows = rows_of(list(page), _producer(request))
    context = {"active_tab": "listings", "rows": rows, "page_obj": page, "archived": archived}
    return render(request, "producers/listings/index.html", context)


@require_POST
@members_only(at_least=Role.EDITOR)
def set_stock(request: HttpRequest, pk: int) -> HttpResponse:
    records = StockRecord.objects.filter(
        partner=_producer(request), product__archived_at__isnull=True
    )
    record = get_object_or_404(records.select_related("product__parent"), pk=pk)
    form = StockForm(request.POST, record=record)
    saved = form.is_valid() and form.save(request.user)
    if getattr(request, "htmx", False):
        context = {"record": record, "form": form, "saved": saved}
        return render(request, "producers/listings/stock_told.html", context)
    listing = record.product.canonical
    if not saved:
        return _prices(request, _own(request).get(pk=listing.pk), stocks={pk: form}, status=422)
    messages.success(
        request,
        _("%(title)s: còn %(left)s.")
        % {"title": record.product.get_title(), "left": record.net_stock_level},
    )
    match request.POST.get("then"):
        case "price":
            return redirect("producers:listing-price", pk=listing.pk)
        case "home":
            return redirect(f"{reverse('producers:home')}#mon-{listing.pk}")
    return redirect("producers:listings")


@require_http_methods(READ)
@members_only(at_least=Role.EDITOR)
def new(request: HttpRequest) -> HttpResponse:
    form = NewListingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = drafting.new_listing(
            _producer(request), data["title"], data["group"], by=request.user
        )
        return redirect("producers:listing-words", pk=made.pk)
    context = {"active_tab": "listings", "form": form}
    return render(
        request, "producers/listings/new.html", context, status=422 if form.is_bound else 200
    )


@require_GET
@own_listing
def listing(request: HttpRequest, product: Product) -> HttpResponse:
    draft = drafting.draft_of(product)
    missing = drafting.what_is_missing(product, draft)
    return _page(request, product, "listing.html", draft=draft, missing=missing)


@require_http_methods(READ)
@own_listing
def words(request: HttpRequest, product: Product) -> HttpResponse:
    return _step(request, product, WordsForm, "listing-words", "listing-photos")


@require_http_methods(READ)
@own_listing
def label(request: HttpRequest, product: Product) -> HttpResponse:
    return _step(request, product, LabelForm, "listing-label", "listing-price")


def _step(
    request: HttpRequest, product: Product, form_class: type[StepForm], here: str, then: str
) -> HttpResponse:
    """One step of writing: kept while somebody types, and when they go on."""
    draft = drafting.draft_of(product)
    form: Any = form_class(request.POST or None, instance=draft)
    is_post = request.method == "POST"
    if is_post and "choose_province" in request.POST:
        form.forget_errors()
        is_post = False
    saved = False
    by_itself = bool(getattr(request, "htmx", False))
    if is_post and (form.is_valid() or by_itself):
        try:
            drafting.save_draft(form.instance, by=request.user, seen=request.POST.get("seen"))
            saved = True
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        if saved and not product.has_been_live and form.cleaned_data.get("group"):
            product.categories.set([form.cleaned_data["group"]])
    version = drafting.version_of(product)
    if by_itself:
        context = {"form": form, "saved": saved, "version": version}
        return render(request, "producers/listings/autosaved.html", context)
    if saved:
        return redirect(f"producers:{then}", pk=product.pk)
    # What was typed on an older page is checked against that page again.
    version = request.POST.get("seen", version)
    return _page(
        request,
        product,
        "step.html",
        draft=draft,
        form=form,
        here=here,
        version=version,
        status=422 if form.errors else 200,
    )


# --- Photographs ----------------------------------------------------------------------------------


@require_http_methods(READ)
@own_listing
def add_photos(request: HttpRequest, product: Product) -> HttpResponse:
    form = PhotosForm()
    if request.method == "POST":
        form = PhotosForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                photos.add_photos(product, form.cleaned_data["photos"], by=request.user)
            except NotPossible as refusal:
                form.add_error("photos", str(refusal))
            else:
                messages.success(request, _("Đã thêm ảnh."))
                return redirect("producers:listing-photos", pk=product.pk)
    draft = drafting.draft_of(product)
    shots = shots_of(draft)
    return _page(
        request,
        product,
        "photos.html",
        draft=draft,
        form=form,
        here="listing-photos",
        shots=[(shot, is_own(shot.picture, product.producer)) for shot in shots],
        status=422 if form.is_bound else 200,
    )


@require_POST
@own_listing
def change_photo(request: HttpRequest, product: Product, picture: int) -> HttpResponse:
    """One picture of the gallery: moved, told, cut or taken out, by the button that was pressed."""
    data, by = request.POST, request.user
    try:
        if "point.x" in data:
            x, y = _percent(data, "x", "width"), _percent(data, "y", "height")
            photos.keep_point(product, picture, x, y, by=by)
        elif data.get("do") in ("earlier", "later"):
            photos.move_photo(product, picture, by=by, earlier=data["do"] == "earlier")
        elif data.get("do") == "remove":
            photos.remove_photo(product, picture, by=by)
        else:
            photos.describe_photo(product, picture, data.get("alt", ""), by=by)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("producers:listing-photos", pk=product.pk)


def _percent(data: Any, axis: str, side: str) -> int:
    """Where an `<input type=image>` was pressed; the middle for nonsense."""
    try:
        return round(100 * int(data[f"point.{axis}"]) / int(data[side]))
    except (KeyError, ValueError, ZeroDivisionError):
        return 50


# --- Price, stock, sizes ------------------------------------------------------------------------


@require_GET
@own_listing
def price(request: HttpRequest, product: Product) -> HttpResponse:
    return _prices(request, product)


@require_POST
@own_listing
def set_price(request: HttpRequest, product: Product, record: int) -> HttpResponse:
    found = get_object_or_404(_records(product), pk=record)
    form = PriceForm(request.POST, record=found)
    if form.is_valid():
        change = form.save(request.user)
        if not form.errors:
            if change is not None and change.state == PriceChange.State.WAITING:
                messages.warning(
                    request,
                    _("Giá đổi nhiều quá nên cửa hàng xem trước rồi mới đổi. Giá cũ còn giữ."),
                )
            else:
                messages.success(request, _("Đã lưu giá."))
            return redirect("producers:listing-price", pk=product.pk)
    return _prices(request, product, prices={record: form}, status=422)


@require_POST
@own_listing
def add_variant(request: HttpRequest, product: Product) -> HttpResponse:
    form = VariantForm(request.POST)
    if form.is_valid():
        try:
            drafting.add_variant(product, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm loại."))
            return redirect("producers:listing-price", pk=product.pk)
    return _prices(request, product, new_variant=form, status=422)


@require_POST
@own_listing
def change_variant(request: HttpRequest, product: Product, variant: int) -> HttpResponse:
    found = get_object_or_404(product.children.filter(archived_at=None), pk=variant)
    form = VariantForm(request.POST, variant=found)
    if form.is_valid():
        try:
            drafting.change_variant(found, by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu loại."))
            return redirect("producers:listing-price", pk=product.pk)
    return _prices(request, product, variants={variant: form}, status=422)


@require_POST
@own_listing
def drop_variant(request: HttpRequest, product: Product, variant: int) -> HttpResponse:
    found = get_object_or_404(product.children.filter(archived_at=None), pk=variant)
    return _do(
        request,
        product,
        lambda: drafting.drop_variant(found, by=request.user),
        _("Đã ngừng bán loại này."),
        then="listing-price",
    )


@require_GET
@own_listing
def history(request: HttpRequest, product: Product) -> HttpResponse:
    """Who changed which price and count, and when."""
    records = _records(product)
    of = {"stockrecord__in": records}
    return _page(
        request,
        product,
        "history.html",
        prices=PriceChange.objects.filter(**of).select_related("by", "stockrecord__product")[
            :CHANGES_SHOWN
        ],
        counts=StockChange.objects.filter(**of).select_related("by", "stockrecord__product")[
            :CHANGES_SHOWN
        ],
    )


# --- Moderation, archive, copy -----------------------------------------------------------------


@require_GET
@own_listing
def review(request: HttpRequest, product: Product) -> HttpResponse:
    """What would change, what is missing, and the button that hands it in."""
    draft = drafting.draft_of(product)
    return _page(
        request,
        product,
        "review.html",
        here="listing-review",
        draft=draft,
        missing=drafting.what_is_missing(product, draft),
        differences=_differences(product, draft),
        galleries=gallery_difference(product, draft) if _is_changed(product, draft) else None,
    )


def _is_changed(product: Product, draft: Product) -> bool:
    return product.live and draft is not product


def _differences(product: Product, draft: Product) -> list[Difference] | None:
    """Nothing to compare with before the first publishing; nothing differs without a draft."""
    if not product.live:
        return None
    return differences(product, draft) if _is_changed(product, draft) else []


@require_POST
@own_listing
def hand_in(request: HttpRequest, product: Product) -> HttpResponse:
    if request.POST.get("vouched") != "on":
        messages.error(request, _("Hãy đánh dấu xác nhận trước khi gửi."))
        return redirect("producers:listing-review", pk=product.pk)
    return _do(
        request,
        product,
        lambda: drafting.hand_in(product, by=request.user),
        _("Đã gửi. Người duyệt đọc rồi trả lời; bạn nhận thư."),
    )


@require_POST
@own_listing
def withdraw(request: HttpRequest, product: Product) -> HttpResponse:
    done = _("Đã rút lại. Sửa xong thì gửi lần nữa.")
    return _do(request, product, lambda: drafting.withdraw(product, by=request.user), done)


@require_POST
@own_listing
def discard(request: HttpRequest, product: Product) -> HttpResponse:
    done = _("Đã bỏ bản đang soạn.")
    return _do(request, product, lambda: drafting.discard_draft(product, by=request.user), done)


@require_POST
@own_listing
def archive(request: HttpRequest, product: Product) -> HttpResponse:
    done = _("Đã ngừng bán. Đơn đã đặt vẫn giao.")
    return _do(request, product, lambda: drafting.archive(product, by=request.user), done)


@require_POST
@own_listing
def bring_back(request: HttpRequest, product: Product) -> HttpResponse:
    return _do(request, product, lambda: drafting.bring_back(product), _("Đã bán lại."))


@require_POST
@own_listing
def copy(request: HttpRequest, product: Product) -> HttpResponse:
    twin = drafting.copy(product, by=request.user)
    messages.success(request, _("Đã sao chép. Đổi tên và sửa chỗ khác nhau."))
    return redirect("producers:listing-words", pk=twin.pk)


def _do(
    request: HttpRequest,
    product: Product,
    step: Callable[[], Any],
    done: str,
    then: str = "listing",
) -> HttpResponse:
    try:
        step()
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(f"producers:{then}", pk=product.pk)


# --- What the pages show -------------------------------------------------------------------------


def _producer(request: HttpRequest) -> Any:
    return cast(ProducerRequest, request).producer


def _own(request: HttpRequest) -> QuerySet[Product]:
    """Listings of the producer, gift boxes and archived ones among them; never a variant."""
    return Product.objects.filter(producer=_producer(request), parent=None).select_related(
        "producer", "product_class", "origin__province", "latest_revision"
    )


def _records(product: Product) -> QuerySet[StockRecord]:
    return StockRecord.objects.filter(
        product__in=[each.pk for each in drafting.on_offer(product)], partner=product.producer
    ).select_related("product__parent", "partner")


def _page(
    request: HttpRequest,
    product: Product,
    template: str,
    *,
    draft: Product | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    shown = {
        "active_tab": "listings",
        "product": product,
        "draft": draft or drafting.draft_of(product),
        "progress": drafting.progress_of(product),
        **context,
    }
    return render(request, f"producers/listings/{template}", shown, status=status)


def _prices(
    request: HttpRequest,
    product: Product,
    *,
    prices: dict[int, PriceForm] | None = None,
    variants: dict[int, VariantForm] | None = None,
    new_variant: VariantForm | None = None,
    stocks: dict[int, StockForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    prices, variants, stocks = prices or {}, variants or {}, stocks or {}
    waiting = {
        change.stockrecord_id: change
        for change in PriceChange.objects.waiting().filter(stockrecord__in=_records(product))
    }
    rows = [
        {
            "record": record,
            "price": prices.get(record.pk) or PriceForm(record=record),
            "stock": stocks.get(record.pk) or StockForm(record=record),
            "waiting": waiting.get(record.pk),
            "variant": (
                variants.get(record.product_id)
                or VariantForm(variant=drafting.draft_of(record.product))
            )
            if record.product.is_child
            else None,
        }
        for record in _records(product).order_by("product_id")
    ]
    return _page(
        request,
        product,
        "price.html",
        rows=rows,
        here="listing-price",
        new_variant=new_variant or VariantForm(),
        may_divide=product.is_parent or not product.has_been_live,
        status=status,
    )
