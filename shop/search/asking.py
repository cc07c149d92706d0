"""What a request asks for, and whether a person asked it."""

import re

from django.http import HttpRequest

LONGEST_QUERY = 100
#: Robots that say so. A person counted too few is better than a robot counted a thousand times.
_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|curl|wget|python|java/|headless|monitor",
    re.IGNORECASE,
)


def asked_words(request: HttpRequest) -> str:
    """The query, blanks collapsed, not longer than a search box lets anyone type."""
    typed = request.GET.get("q", "").replace("\x00", "")
    return " ".join(typed.split())[:LONGEST_QUERY]


def asked_by_a_person(request: HttpRequest) -> bool:
    """A question of its own: no robot, no prefetching browser, no second page of the same."""
    agent = request.headers.get("User-Agent", "")
    if not agent or _ROBOT.search(agent) or request.method != "GET":
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return not (request.GET.keys() & {"loai", "trang"})
