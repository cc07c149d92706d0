"""Form parameters checked as Stripe checks them: unknown ones and wrong types are refused.

The rules are the types of the official client's request parameters, which Stripe generates from its
published OpenAPI (github.com/stripe/openapi): what they do not name, the real server refuses too.
"""

import re
import sys
import typing
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin
from urllib.parse import parse_qsl

from stripe._request_options import RequestOptions
from typing_extensions import is_typeddict

#: Options of the client's call, which never travel as form parameters.
OPTIONS = frozenset(RequestOptions.__annotations__)


class Refused(Exception):
    """The request is not Stripe's. Becomes an error of its shape, 400."""

    def __init__(self, message: str, param: str, code: str) -> None:
        self.param, self.code = param, code
        super().__init__(message)


def nested(body: str) -> dict[str, Any]:
    """`line_items[0][quantity]=2` as dictionaries; lists are dictionaries with numbers."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)):
        keys = re.findall(r"[^\[\]]+", name)
        place = found
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        place[keys[-1]] = value
    return found


def check(params: type, found: dict[str, Any]) -> None:
    """Raises Refused for the first parameter that `params` does not know, or not so."""
    _check_fields(params, found, "")


def _check_fields(params: type, found: Any, path: str) -> None:
    if not isinstance(found, dict):
        raise Refused(f"Invalid object: {path}", path, "parameter_invalid_object")
    module = sys.modules[params.__module__]
    hints = {
        name: _resolved(hint, module)
        for base in reversed(params.__mro__)
        for name, hint in getattr(base, "__annotations__", {}).items()
        if path or name not in OPTIONS
    }
    for name, value in found.items():
        here = f"{path}[{name}]" if path else name
        if name not in hints:
            raise Refused(f"Received unknown parameter: {here}", here, "parameter_unknown")
        if not _fits(hints[name], value, here, module):
            raise Refused(f"Invalid {here}: {value}", here, "parameter_invalid")
    for name, hint in hints.items():
        if get_origin(hint) is not NotRequired and name not in found and path:
            here = f"{path}[{name}]"
            raise Refused(f"Missing required param: {here}.", here, "parameter_missing")


def _resolved(hint: Any, module: Any) -> Any:
    if isinstance(hint, typing.ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        names = {**vars(typing), **vars(module), "NotRequired": NotRequired}
        return eval(hint, names)  # the client's own annotations
    return hint


def _fits(hint: Any, value: Any, path: str, module: Any) -> bool:
    hint = _resolved(hint, module)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (NotRequired, Required):
        return _fits(inner[0], value, path, module)
    if origin in (Union, UnionType):
        # The client lets newer values through (`Literal[…] | str`); the server knows its own.
        if any(get_origin(each) is Literal and get_args(each) != ("",) for each in inner):
            inner = tuple(each for each in inner if each is not str)
        return any(_fits(each, value, path, module) for each in inner)
    if is_typeddict(hint):
        if not isinstance(value, dict):
            return False
        _check_fields(hint, value, path)
        return True
    if origin is list:
        return isinstance(value, dict) and all(
            key.isdigit() and _fits(inner[0], each, f"{path}[{key}]", module)
            for key, each in value.items()
        )
    if origin is dict:
        return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    if origin is Literal:
        return value in inner
    if hint is bool:
        return value in ("true", "false")
    if hint is int:
        return isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value) is not None
    if hint in (str, NoneType):
        return isinstance(value, str)
    return False
