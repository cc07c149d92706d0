"""All products, and the products of one group."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.age import has_confirmed_age
from catalogue.browse.keeping import shelf_today
from catalogue.browse.listing import Listing
from catalogue.browse.selection import Selection
from catalogue.browse.shelf import Shelf
from catalogue.models import Category
from catalogue.product_page import group_crumbs, trail
from catalogue.structured_data import breadcrumbs_data


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _listing(request, shelf_today(), path=reverse("catalogue:index"))


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    shelf = shelf_today()
    group = next((c for c in shelf.names.categories if c.slug == slug), None)
    if group is None:
        raise Http404(slug)
    return _listing(request, shelf, path=group.get_absolute_url(), group=group)


def _listing(
    request: HttpRequest, shelf: Shelf, *, path: str, group: Category | None = None
) -> HttpResponse:
    listing = Listing(
        shelf,
        Selection.from_query(request.GET),
        path=path,
        shows_alcohol=has_confirmed_age(request),
        group=group,
    )
    crumbs = group_crumbs(group, shelf.names.categories)
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    in_place = htmx and not htmx.history_restore_request
    response = render(
        request,
        "catalogue/listing_body.html" if in_place else "catalogue/listing.html",
        {
            "listing": listing,
            "group": group,
            "title": group.display_name if group else _("Sản phẩm"),
            "crumbs": trail(crumbs),
            "breadcrumbs_data": breadcrumbs_data(crumbs),
            # The sheet of filters stays open while a phone's owner is ticking.
            "filters_open": htmx.trigger == "filters",
        },
    )
    if in_place:
        response["HX-Push-Url"] = listing.url
    patch_vary_headers(response, ["HX-Request"])
    return response
