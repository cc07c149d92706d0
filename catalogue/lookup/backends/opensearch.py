"""OpenSearch, over its REST interface: `SEARCH_BACKEND=opensearch`.

The rows in the database stay the truth, so that the shop still finds things when this server does
not answer, and so that the words for corrections come from one place.
"""

import base64
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from catalogue.lookup.backends.base import COLUMNS, MOST_RANKED, BackendDown, Matches, Row
from catalogue.lookup.models import Entry
from catalogue.lookup.wanted import Form, Scope, Term

#: Weights of a match, as the ranking afterwards has them.
FIELDS = {"title": 9, "places": 4, "text": 1}
#: A column that only comes back, and is never looked in.
_KEPT = {"type": "keyword", "index": False, "doc_values": False}
_MAPPINGS = {
    "dynamic": False,
    "properties": {
        # Words come folded and parted by blanks.
        **{name: {"type": "text", "analyzer": "whitespace"} for name in FIELDS},
        **{name: {"type": "keyword"} for name in ("source", "kind", "language")},
        "key": {"type": "long"},
        "is_alcohol": {"type": "boolean"},
        "is_available": {"type": "boolean"},
        "popularity": {"type": "integer"},
        **dict.fromkeys(("name", "name_en", "lead", "lead_en", "route", "address"), _KEPT),
    },
}
#: What is written of an entry.
_WRITTEN = (*COLUMNS, "text", "language", "is_alcohol")


class OpenSearchBackend:
    """Raises ImproperlyConfigured when OPENSEARCH_URL is no http(s) address."""

    def __init__(self) -> None:
        self.url = settings.OPENSEARCH_URL.rstrip("/")
        self.index = settings.OPENSEARCH_INDEX
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise ImproperlyConfigured("OPENSEARCH_URL must begin with http:// or https://")

    def find(
        self,
        terms: list[Term],
        scope: Scope,
        *,
        kind: str = "",
        most: int = MOST_RANKED,
    ) -> Matches:
        body = self._question(terms, scope, most)
        body["aggs"] = {"kinds": {"terms": {"field": "kind", "size": 20}}}
        if kind:
            # After the counting, which is of every kind.
            body["post_filter"] = {"term": {"kind": kind}}
        answer = self._ask("POST", f"/{self.index}/_search", body)
        kinds = answer["aggregations"]["kinds"]["buckets"]
        return Matches(_rows(answer), Counter({each["key"]: each["doc_count"] for each in kinds}))

    def suggest(self, terms: list[Term], scope: Scope, most: int) -> list[Row]:
        body = self._question(terms, scope, most)
        return _rows(self._ask("POST", f"/{self.index}/_search", body))

    def meant(self, terms: list[Term], scope: Scope, most: int) -> list[Row]:
        body = self._question(terms, scope, most)
        body["_source"] = [*COLUMNS, "text"]
        return _rows(self._ask("POST", f"/{self.index}/_search", body))

    def write(self, entries: Iterable[Entry]) -> None:
        lines: list[dict[str, Any]] = []
        for entry in entries:
            lines += [
                {"index": {"_id": _id(entry)}},
                {name: getattr(entry, name) for name in _WRITTEN},
            ]
        self._bulk(lines)

    def forget(self, entries: Iterable[Entry]) -> None:
        self._bulk([{"delete": {"_id": _id(entry)}} for entry in entries])

    def clear(self) -> None:
        """The index anew, with its fields; an index that was not there is no error."""
        self._ask("DELETE", f"/{self.index}?ignore_unavailable=true", None, allow=(404,))
        self._ask("PUT", f"/{self.index}", {"mappings": _MAPPINGS})

    def _question(self, terms: list[Term], scope: Scope, most: int) -> dict[str, Any]:
        hidden = [] if scope.shows_alcohol else [{"term": {"is_alcohol": True}}]
        return {
            "size": most,
            "_source": list(COLUMNS),
            "track_total_hits": False,
            "query": {
                "bool": {
                    "must": [_either(term) for term in terms],
                    "filter": [{"terms": {"language": ["", scope.language]}}],
                    "must_not": hidden,
                }
            },
        }

    def _bulk(self, lines: list[dict[str, Any]]) -> None:
        if not lines:
            return
        body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        # Found from now on: answers are kept from the commit that follows.
        answer = self._ask("POST", f"/{self.index}/_bulk?refresh=true", body)
        if answer.get("errors"):
            bad = [item for item in answer["items"] if _went_wrong(item)]
            if bad:
                raise BackendDown(f"OpenSearch refused {len(bad)} entries: {bad[0]}")

    def _ask(
        self, method: str, path: str, body: Any, *, allow: tuple[int, ...] = ()
    ) -> dict[str, Any]:
        """What the server says. Raises BackendDown when it says nothing, or an error."""
        is_lines = isinstance(body, str)
        request = Request(self.url + path, method=method)  # scheme checked above
        request.add_header(
            "Content-Type", "application/x-ndjson" if is_lines else "application/json"
        )
        if settings.OPENSEARCH_AUTH:
            token = base64.b64encode(settings.OPENSEARCH_AUTH.encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        if body is not None:
            request.data = (body if is_lines else json.dumps(body)).encode()
        try:
            with urlopen(request, timeout=settings.OPENSEARCH_TIMEOUT_SECONDS) as answer:
                said: dict[str, Any] = json.load(answer)
                return said
        except HTTPError as error:
            with error:
                if error.code in allow:
                    return {}
                said_wrong = error.read(500).decode(errors="replace")
            raise BackendDown(f"OpenSearch answered {error.code}: {said_wrong}") from error
        except (URLError, OSError, ValueError) as error:
            raise BackendDown(f"OpenSearch does not answer: {error}") from error


def _either(term: Term) -> dict[str, Any]:
    forms = [_all(form) for form in term]
    if len(forms) == 1:
        return forms[0]
    return {"bool": {"should": forms, "minimum_should_match": 1}}


def _all(form: Form) -> dict[str, Any]:
    last = len(form.words) - 1
    words = [_word(word, form.goes_on and n == last) for n, word in enumerate(form.words)]
    return words[0] if len(words) == 1 else {"bool": {"must": words}}


def _word(word: str, goes_on: bool) -> dict[str, Any]:
    """The word in any column, the best one counts; a whole word above one that only begins so."""
    queries: list[dict[str, Any]] = []
    for field, boost in FIELDS.items():
        queries.append({"term": {field: {"value": word, "boost": 2 * boost}}})
        if goes_on:
            queries.append({"prefix": {field: {"value": word, "boost": boost}}})
    return {"dis_max": {"queries": queries}}


def _id(entry: Entry) -> str:
    return f"{entry.source}-{entry.key}-{entry.language}"


def _rows(answer: dict[str, Any]) -> list[Row]:
    return [Row(**hit["_source"]) for hit in answer["hits"]["hits"]]


def _went_wrong(item: dict[str, Any]) -> bool:
    """Removing what is not there is what was wanted."""
    return any(verb != "delete" and said["status"] >= 400 for verb, said in item.items())
