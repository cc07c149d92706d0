"""Where a stranger may send something: addresses of the resolver, forms and links of the pages."""

import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup, Tag

from tests.addresses import Address, all_addresses
from tests.full_house import House
from tests.neighbour import filled

OURS = ("shop", "catalogue", "cms")
_ASKED = re.compile(
    r'\b(?:GET|POST)(?:\.get(?:list)?\(|\[)"([^"]+)"|"([^"]+)" (?:not )?in request\.'
)


@dataclass(frozen=True)
class Field:
    name: str
    kind: str = "text"
    value: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """One thing to send to: `path` as it stands, `form` where a part of it may be changed."""

    role: str
    path: str
    form: str = ""
    names: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    #: Of a form found on a page; empty: the address alone.
    fields: tuple[Field, ...] = ()
    method: str = "GET"
    known: Any = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.role} {self.method} {self.path}"


def is_ours(address: Address) -> bool:
    """Ours to mend, and Wagtail's door for all pages of the site."""
    return address.room.split(".")[0] in OURS or address.form.endswith("((?:[w-]+/)*)")


def our_addresses() -> list[Address]:
    return [address for address in all_addresses() if is_ours(address)]


@cache
def _names_in(module: str) -> tuple[str, ...]:
    """Names of parameters that a module reads by itself."""
    source = inspect.getsource(sys.modules[module])
    return tuple(sorted({one or other for one, other in _ASKED.findall(source)}))


def targets_of(house: House, role: str, among: Sequence[Address] | None = None) -> list[Target]:
    """Every address of ours as that role sees it, and every form on its pages, each once.

    `among` these addresses only, where it is given.
    """
    client = house.client(role)
    found: dict[Any, Target] = {}
    for address in our_addresses() if among is None else among:
        path = filled(address.form, address.names, house.known)
        if "((" in path:
            path = "/" + house.known["story"]["path"] + "/"
        names = _names_in(address.room) if address.room.split(".")[0] in OURS else ()
        response = client.get(path)
        links, forms = _on_page(path, response)
        plain = Target(
            role,
            path,
            address.form,
            address.names,
            tuple(sorted({*names, *links})),
            method="POST" if response.status_code == 405 else "GET",
            known=house.known,
        )
        found[path] = plain
        for form in forms:
            for each in _targets_of_form(plain, form):
                found.setdefault(
                    (each.path, each.method, each.fields and each.fields[0].name), each
                )
    return list(found.values())


def _on_page(path: str, response: Any) -> tuple[set[str], list[Tag]]:
    """Names of parameters in links that lead back to the page, and the page's forms."""
    if "html" not in response.get("Content-Type", "") or response.streaming:
        return set(), []
    page = BeautifulSoup(response.content, "html.parser")
    names = {
        name
        for link in page.find_all("a", href=True)
        for parts in [urlsplit(str(link["href"]))]
        if not parts.netloc and parts.path in ("", path)
        for name, _value in parse_qsl(parts.query)
    }
    return names, page.find_all("form")


def _targets_of_form(page: Target, form: Tag) -> Iterator[Target]:
    action = urlsplit(str(form.get("action") or page.path))
    method = str(form.get("method") or "get").upper()
    fields = tuple(_fields(form))
    path = action.path or page.path
    if action.netloc or method not in ("GET", "POST"):
        return
    if action.query:
        path += f"?{action.query}"
    yield Target(page.role, path, fields=fields, method=method, known=page.known)
    # Buttons of the same form that lead elsewhere.
    for button in form.find_all(["button", "input"], formaction=True):
        path = urlsplit(str(button["formaction"])).path
        yield Target(page.role, path, fields=fields, method=method, known=page.known)


def _fields(form: Tag) -> Iterator[Field]:
    for each in form.find_all(["input", "select", "textarea", "button"]):
        name = each.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        kind = str(each.get("type") or each.name)
        value = str(each.get("value") or (each.text if each.name == "textarea" else ""))
        options = each.find_all("option") if each.name == "select" else []
        choices = tuple(str(option.get("value", "")) for option in options)
        chosen = [o for o in options if o.has_attr("selected")] or options
        value = str(chosen[0].get("value", "")) if chosen else value
        yield Field(str(name), kind, value, choices)
