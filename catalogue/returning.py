"""Where a form asks to go afterwards: a page of ours, or nowhere."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_next(request: HttpRequest) -> str:
    """The `next` of a form or an address when it is a path of this shop; else empty.

    Only whole paths: a bare word would be taken for the name of a view.
    """
    asked = request.POST.get("next") or request.GET.get("next", "")
    allowed = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if allowed else ""
