"""The visitor says to which province; product pages answer with fee and days."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from catalogue.models import Product
from catalogue.returning import asked_next
from shop.http import ShopRequest
from shop.shipping.estimates import estimate_for, is_province, remember_province


@require_POST
def choose_province(request: ShopRequest) -> HttpResponse:
    """Remember `tinh`; htmx gets the delivery of `mon` (key of a product), others go back.

    The basket asks without a product: htmx follows to the basket, drawn anew.
    """
    code = request.POST.get("tinh", "")
    if not is_province(code):
        return HttpResponseBadRequest()
    if request.htmx and "mon" in request.POST:
        product = _product(request)
        response = render(
            request, "shipping/estimate.html", {"delivery": estimate_for(product, code)}
        )
    else:
        response = redirect(asked_next(request) or reverse("catalogue:index"))
    remember_province(response, code)
    return response


def _product(request: HttpRequest) -> Product:
    key = request.POST.get("mon", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Http404
    product: Product = get_object_or_404(
        Product.objects.public().select_related(
            "producer__ward", "parent__producer__ward", "parent__product_class", "product_class"
        ),
        pk=key,
    )
    if not product.canonical.is_listed:
        raise Http404
    return product
