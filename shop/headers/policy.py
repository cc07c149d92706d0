"""The content security policy of each part of the shop.

Our own pages have the strict one: scripts and styles are files, so nothing needs a nonce and pages
can be kept whole. Pages of Wagtail and of Oscar's dashboard write scripts into themselves: a
tolerant policy binds them, and the strict one is only reported on.
"""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(settings.ADMIN_PREFIXES) and parts.config is None:
            parts.config = _strict_to_report() if report_only else settings.ADMIN_POLICY
        return parts


def _strict_to_report() -> dict[str, Any]:
    # Browsers complain of this directive where nothing is enforced.
    strict = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return {name: what for name, what in strict.items() if name != "upgrade-insecure-requests"}
