"""Old addresses that lead on."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects import middleware
from wagtail.contrib.redirects.models import Redirect

from cms.remembered import remembered


class RedirectMiddleware(middleware.RedirectMiddleware):
    """As Wagtail's, which asks for the site and then for a redirect at every page that is not
    there: not in a shop where no address leads on."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or not remembered("redirects", Redirect.objects.exists):
            return response
        answer: HttpResponse = super().process_response(request, response)
        return answer
