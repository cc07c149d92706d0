"""The plainest browser there is: it runs on the cores that it measures.

It is asked as a `requests.Session` is, so that either can buy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

FORM = "application/x-www-form-urlencoded"
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Answer:
    #: Of the page that answered in the end.
    url: str
    status_code: int
    text: str


class Browser:
    """One visitor of one shop: cookies, a kept connection, redirects followed."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self._connection: HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._connection is not None:
            self._connection.close()

    def get(self, url: str) -> Answer:
        return self._ask("GET", url, None, {})

    def post(
        self,
        url: str,
        data: Mapping[str, str],
        *,
        headers: Mapping[str, str] | None = None,
        **_always: Any,
    ) -> Answer:
        return self._ask("POST", url, urlencode(data), {"Content-Type": FORM, **(headers or {})})

    def _ask(self, method: str, url: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
        for _step in range(MOST_REDIRECTS):
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            own = {**self.headers, **headers, **({"Cookie": cookie} if cookie else {})}
            path = urlsplit(url)
            target = f"{path.path}?{path.query}" if path.query else path.path
            self._connection.request(method, target, body, own)
            answer = self._connection.getresponse()
            text = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self._keep(line)
            if answer.status not in (301, 302, 303):
                return Answer(url, answer.status, text)
            url = urljoin(url, answer.headers["Location"])
            method, body, headers = "GET", None, {}
        raise SystemExit(f"{url} leads on and on")

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.coded_value
