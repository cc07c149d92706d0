"""Boxes that buyers fill themselves: all of them, the page to fill one, one that was filled."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.age import has_confirmed_age
from catalogue.boxes.builder_page import BuilderPage, typed_in
from catalogue.boxes.contents import Contents, contents_of
from catalogue.boxes.design_page import DesignPage
from catalogue.boxes.designing import can_be_designed, save_design
from catalogue.boxes.offers import boxes_to_design
from catalogue.models import BoxDesign, Product
from catalogue.product_page import Crumb, trail

#: The design that the builder begins with.
FROM = "tu"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every box that a buyer may fill, or change something in."""
    offers = boxes_to_design(with_alcohol=has_confirmed_age(request))
    crumbs = trail([_index_crumb()])
    return render(request, "boxes/index.html", {"offers": offers, "crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what lies in a box; for htmx only what a choice changes."""
    box = box_to_design(slug)
    if _must_ask_age(request, contents_of(box)):
        return _ask_age(request, BuilderPage(box, {}))
    if request.method == "POST":
        saves = request.POST.get("do") == "save"
        page = BuilderPage(box, typed_in(request.POST), is_checked=saves)
        return _save(request, page) if saves else show(request, page)
    token = request.GET.get(FROM, "").replace("\x00", "")
    design = BoxDesign.objects.filter(box=box, token=token).first() if token else None
    return show(request, BuilderPage.of_design(box, design) if design else BuilderPage(box, {}))


def box_to_design(slug: str) -> Product:
    """A box on offer in which a buyer chooses something. Raises Http404."""
    found = Product.objects.listed().with_origin()
    box: Product = get_object_or_404(found, slug=slug)
    if not box.is_gift_box or not can_be_designed(contents_of(box)):
        raise Http404
    return box


def show(request: HttpRequest, page: BuilderPage, status: int = 200) -> HttpResponse:
    """The page to fill a box, or of it what follows the choice."""
    htmx = request.htmx  # type: ignore[attr-defined]
    if htmx and not htmx.history_restore_request:
        template, status = "boxes/summary.html", 200
    else:
        template = "boxes/build.html"
    crumbs = trail([_index_crumb(), Crumb(page.title, page.url)])
    response = render(request, template, {"page": page, "crumbs": crumbs}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def keep(request: HttpRequest, page: BuilderPage) -> BoxDesign:
    """Save what was chosen. Raises ValidationError when it cannot be had so."""
    owner = request.user if request.user.is_authenticated else None
    return save_design(page.box, page.filling(), owner)


def _save(request: HttpRequest, page: BuilderPage) -> HttpResponse:
    try:
        made = keep(request, page)
    except ValidationError:
        return show(request, page, status=422)
    return redirect(made.get_absolute_url())


@require_safe
def design(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """A box as somebody filled it, for whoever has the link."""
    found = BoxDesign.objects.select_related("box__product_class")
    kept = get_object_or_404(found, token=token, box__slug=slug)
    page = DesignPage(kept.box, kept)
    if _must_ask_age(request, page.contents):
        return _ask_age(request, page)
    crumbs = trail([_index_crumb(), Crumb(page.title, page.url)])
    response = render(request, "boxes/design.html", {"page": page, "crumbs": crumbs})
    patch_cache_control(response, private=True)
    return response


def _must_ask_age(request: HttpRequest, contents: Contents) -> bool:
    return contents.is_alcohol and not has_confirmed_age(request)


def _ask_age(request: HttpRequest, page: BuilderPage | DesignPage) -> HttpResponse:
    crumbs = trail([_index_crumb(), Crumb(page.title, page.url)])
    return render(request, "catalogue/age_gate.html", {"page": page, "crumbs": crumbs})


def _index_crumb() -> Crumb:
    return Crumb(_("Hộp quà tự chọn"), reverse("catalogue:box-index"))
