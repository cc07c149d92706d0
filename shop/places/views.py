"""The wards of a province as options, for a form whose province has just changed."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from shop.places.choices import WARD_PLACEHOLDER, ward_choices

_DAY_SECONDS = 24 * 60 * 60


@require_safe
def ward_options(request: HttpRequest) -> HttpResponse:
    """Return `<option>` elements for `?province=24`, one of them chosen by `&selected=`.

    Without a province only the placeholder; an unknown one is an empty 404.
    """
    province_code = request.GET.get("province", "").strip()
    wards = ward_choices(province_code)
    if province_code and not wards:
        return HttpResponseNotFound()
    context = {
        "placeholder": WARD_PLACEHOLDER,
        "wards": wards,
        "selected": request.GET.get("selected", ""),
    }
    # Rendered without the request: the context processors of the shop read the session, and an
    # answer that varies by cookie is kept by no shared cache.
    response = HttpResponse(render_to_string("places/ward_options.html", context))
    patch_cache_control(response, public=True, max_age=_DAY_SECONDS)
    return response
