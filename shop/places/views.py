"""The wards of a province as options, for a form whose province has just changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shop.places.choices import WARD_PLACEHOLDER, ward_choices

_DAY_SECONDS = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=_DAY_SECONDS)
def ward_options(request: HttpRequest) -> HttpResponse:
    """Return `<option>` elements for `?province=24`, one of them chosen by `&selected=`.

    Without a province only the placeholder; an unknown one is a 404.
    """
    province_code = request.GET.get("province", "").strip()
    wards = ward_choices(province_code)
    if province_code and not wards:
        raise Http404("unknown province")
    context = {
        "placeholder": WARD_PLACEHOLDER,
        "wards": wards,
        "selected": request.GET.get("selected", ""),
    }
    return render(request, "places/ward_options.html", context)
