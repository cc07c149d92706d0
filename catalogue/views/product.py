"""A product's own page, and the question of age before some of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from catalogue.age import has_confirmed_age, must_ask_age, remember_age
from catalogue.product_page import ProductPage, Surroundings, page_at, trail
from catalogue.returning import asked_next
from catalogue.reviews_shown import reviews_of


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; for htmx only what another variant changes on it."""
    page = page_at(slug, request.GET.get("v", ""))
    if page is None:
        raise Http404(slug)
    product = page.product
    around = Surroundings(page, shows_alcohol=has_confirmed_age(request))
    if must_ask_age(request, product):
        crumbs = trail(around.crumbs)
        return render(request, "catalogue/age_gate.html", {"page": page, "crumbs": crumbs})
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    if htmx and not htmx.history_restore_request:
        response = render(request, "catalogue/choice.html", {"page": page, "product": product})
        response["HX-Replace-Url"] = page.address
    else:
        response = render(request, "catalogue/product.html", page_context(page, around))
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_context(page: ProductPage, around: Surroundings) -> dict[str, Any]:
    """What `catalogue/product.html` is given; a preview in the editors' office is given it too."""
    return {
        "page": page,
        "product": page.product,
        "around": around,
        "reviews": reviews_of(page.product),
    }


@require_POST
def confirm_age(request: HttpRequest) -> HttpResponse:
    """The visitor says to be 18 or older, and goes back to what they wanted to see."""
    response = redirect(asked_next(request) or reverse("catalogue:index"))
    remember_age(response)
    return response
