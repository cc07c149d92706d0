"""Where browsers tell what the content security policy stopped: a line of the log each.

What the stricter policy of Wagtail's and Oscar's pages would stop is only information.
"""

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger(__name__)
#: No report is as long, bytes.
MOST_BYTES = 16 * 1024
#: Reports in one message of the newer kind that are looked at.
MOST_AT_ONCE = 10
_LONGEST = 200
_KINDS = ("application/csp-report", "application/reports+json", "application/json")


# Browsers send these without a token; nothing is kept but a line of the log.
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """204; 400 for what is no report, 413 for what is too long, 415 for another kind of body."""
    if request.content_type not in _KINDS:
        return HttpResponse(status=415)
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    for report in _reports(told):
        is_only_reported = _word(report, "disposition") == "report"
        logger.log(
            logging.INFO if is_only_reported else logging.WARNING,
            "csp %s %s: %s on %s",
            "would stop" if is_only_reported else "stopped",
            _word(report, "effective-directive", "effectiveDirective", "violated-directive"),
            _place(_word(report, "blocked-uri", "blockedURL")),
            _place(_word(report, "document-uri", "documentURL")),
        )
    return HttpResponse(status=204)


def _reports(told: Any) -> list[dict[str, Any]]:
    """The reports in a body of the older kind (one) or of the newer (a list)."""
    if isinstance(told, dict):
        told = [told]
    if not isinstance(told, list):
        return []
    bodies = [
        each.get("csp-report") or each.get("body")
        for each in told[:MOST_AT_ONCE]
        if isinstance(each, dict)
    ]
    return [body for body in bodies if isinstance(body, dict)]


def _word(report: dict[str, Any], *names: str) -> str:
    word = next((report[name] for name in names if report.get(name)), "")
    # One line each: who writes into a log must not begin another.
    return "".join(letter for letter in str(word)[:2000] if letter.isprintable())


def _place(address: str) -> str:
    """The address without its query, which may hold the key of an order."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "?"
    if not parts.netloc:
        return address.partition("?")[0][:_LONGEST]
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:_LONGEST]
