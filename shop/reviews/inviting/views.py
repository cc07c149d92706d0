"""The stop link of an invitation: a page with a button, and one press from the mail program."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shop.reviews.inviting.asking import address_in, stop_inviting


# Mail programs post here by themselves (RFC 8058); a stop does nobody harm.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    email = address_in(token)
    if email is None:
        raise Http404
    if request.method == "POST":
        stop_inviting(email)
        messages.success(request, _("Đã thôi. Chúng tôi không viết thư mời đánh giá nữa."))
        return redirect("catalogue:index")
    response = render(request, "reviews/stop_inviting.html", {"email": email})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
