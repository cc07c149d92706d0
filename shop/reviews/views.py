"""Reviews as buyers read and write them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.age import must_ask_age
from catalogue.models import Product
from catalogue.product_page import Crumb, group_crumbs
from shop.reviews.forms import ReviewForm
from shop.reviews.models import ProductReview
from shop.reviews.writing import AlreadyWritten, hand_in, review_by, why_not

REVIEWS_A_PAGE = 20


def _product(slug: str) -> Product:
    return get_object_or_404(Product.objects.listed().with_origin(), slug=slug)


@require_safe
def of_product(request: HttpRequest, slug: str) -> HttpResponse:
    """What buyers say of a product: what was approved, and the visitor's own."""
    product = _product(slug)
    if must_ask_age(request, product):
        return redirect(product.get_absolute_url())
    approved = (
        ProductReview.objects.approved()
        .filter(product=product)
        .select_related("user")
        .prefetch_related("photos")
        .order_by("-date_created", "-pk")
    )
    context = {
        "product": product,
        "page_obj": Paginator(approved, REVIEWS_A_PAGE).get_page(request.GET.get("trang")),
        "own": review_by(request.user, product),
        "crumbs": _crumbs(product),
    }
    return render(request, "reviews/of_product.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """A new review, or one that is not yet approved, mended."""
    product = _product(slug)
    if reason := why_not(request.user, product):
        messages.error(request, reason)
        return redirect("reviews:of-product", slug=slug)
    own = review_by(request.user, product)
    before = {"score": own.score, "title": own.title, "body": own.body} if own else None
    form = ReviewForm(request.POST or None, request.FILES or None, own=own, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            hand_in(request.user, product, **form.cleaned_data)
        except AlreadyWritten:
            messages.error(request, _("Đánh giá này đã được gửi rồi."))
        else:
            messages.success(request, _("Cảm ơn bạn. Đánh giá hiện ra sau khi được duyệt."))
        return redirect("reviews:of-product", slug=slug)
    context = {
        "product": product,
        "form": form,
        "own": own,
        "crumbs": _crumbs(product),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reviews/write.html", context, status=status)


def _crumbs(product: Product) -> list[Crumb]:
    name = product.display_title
    return [
        *group_crumbs(None),
        Crumb(name, product.get_absolute_url()),
        Crumb(_("Đánh giá"), ""),
    ]
