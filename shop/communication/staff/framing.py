"""A letter's HTML shown to staff: in a frame that runs nothing, fetches nothing, sends nothing."""

from django.http import HttpResponse

#: Inline styles only, as mail programs have them; no script, no request, no form, no window.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


def framed(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    return response
