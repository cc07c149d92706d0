"""Pages about one person or for the staff are kept by no browser and no proxy.

After signing out the back button shows none of them, and a page cache in front never hands one to
somebody else.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

#: Where they are, without the language. Views that say themselves how long are left alone.
ROOMS = ("/tai-khoan/", "/don-hang/", "/thanh-toan/", "/bao-gia/", "/kenh-san-xuat/", "/quan-ly/")
_LANGUAGE = "/en"


class PrivatePagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_private = request.path.removeprefix(_LANGUAGE).startswith(ROOMS)
        if is_private and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
