"""Which pages answer everybody alike. A view that is not named here is never kept."""

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from catalogue.browse.selection import PAGE_PARAM, SORT_PARAM, Facet

#: Marks that networks and mailings put into addresses; nothing of ours reads them.
TRACKING = frozenset(
    {
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "msclkid",
        "srsltid",
        "ttclid",
        "utm_campaign",
        "utm_content",
        "utm_id",
        "utm_medium",
        "utm_source",
        "utm_term",
        "wbraid",
        "zarsrc",
    }
)
_LISTING = frozenset({*(facet.value for facet in Facet), SORT_PARAM, PAGE_PARAM})
#: View: the queries that it reads. An address with another one is drawn for itself.
PUBLIC: dict[str, frozenset[str]] = {
    "wagtail_serve": frozenset({"c"}),
    "catalogue:index": _LISTING,
    "catalogue:category": _LISTING,
    "catalogue:detail": frozenset({"v", "tu", "c"}),
    "catalogue:box-index": frozenset(),
    "catalogue:trace-form": frozenset(),
    "catalogue:trace": frozenset(),
    "partner:index": frozenset(),
    "partner:detail": frozenset(),
    "reviews:of-product": frozenset({PAGE_PARAM}),
    "questions:of-product": frozenset({PAGE_PARAM}),
    "programme-progress": frozenset(),
}
#: Forms that stand on these pages, without a token (`same_origin`).
FORMS = frozenset(
    {
        "basket:add",
        "catalogue:confirm-age",
        "customer:alerts-create",
        "delivery:choose-province",
        "questions:of-product",
        "wagtailcore_authenticate_with_password",
    }
)


def public_params(path: str) -> frozenset[str] | None:
    """The queries that the page at this address reads; None where it is not for everybody."""
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    return PUBLIC.get(match.view_name)
