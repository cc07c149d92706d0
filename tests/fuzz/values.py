"""What no person types: values that break what was never asked about them."""

import io
import json
import zipfile
from functools import cache
from typing import Any, cast

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st

from tests.factories import image_bytes

#: Stands in pages only when markup was let through.
MARKUP = '"><zzq onerror=1>'
#: A host that is not ours.
ELSEWHERE = "ke-xau.example"

NUMBERS = (
    *("0", "-1", "1", "2147483648", "9223372036854775807", "9223372036854775808", "-9" * 12),
    *("9" * 40, "9" * 5000, "1e309", "1e-400", "NaN", "sNaN", "Infinity", "-Infinity", "0x10"),
    *("1_000", "٣", "²", "Ⅷ", "1,5", "1.5", ".", "-", "+1", " 1 ", "1\x00", "0" * 300),
)
DATES = (
    *("0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "10000-01-01", "31/02/2026"),
    *("0000-00-00", "2026-W53", "2026-11", "9999-12", "0000-01", "99999-01", "-1-01"),
    *("2026-11-27T25:61", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "24:00"),
)
TEXTS = (
    *("", " ", "\x00", "a\x00b", "\ufeff", "\u202e\u2066abc", "\u200b", "\ud7ff\uffff", "💥" * 300),
    *("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳" * 20, "a" * 70_000, "\r\nX-A: b", "\r\nBcc: a@b.vn"),
    *(MARKUP, "<script>alert(1)</script>", "{{ 7*7 }}{% debug %}", "%s%n%(x)s", "{0.__class__}"),
    *(
        "' OR 1=1 --",
        '";--',
        "1) UNION SELECT 1--",
        "\\",
        "%",
        "_",
        "%00",
        "*",
        "((((",
        "a AND",
        '"',
    ),
    *("../../etc/passwd", "..\\..\\x", "/etc/passwd", "file:///etc/passwd", "con", "a/b", "."),
    *(f"//{ELSEWHERE}", f"https://{ELSEWHERE}/", f"/\\{ELSEWHERE}", f"///{ELSEWHERE}/%2f"),
    *(f"javascript:alert(1)//{ELSEWHERE}", "data:text/html,x", f"\t//{ELSEWHERE}", "/..//x"),
    *("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "None", "null", "true", "[]", "{}", "[[["),
    *("a@b", "a@b.vn\r\n", "a" * 250 + "@b.vn", '"a b"@b.vn', "a@[127.0.0.1]", "ạ@ví-dụ.vn"),
    *("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "1-1-1-1-1-1-1-1-1-1-1-1-", "a.a.a.a.a.a.a.a.a.a.a.a.a."),
)

numbers = st.sampled_from(NUMBERS)
dates = st.sampled_from(DATES)
#: Anything that UTF-8 can say: surrogates come as broken bytes, in `sending`.
texts: Any = st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
hostile = st.one_of(texts, numbers, dates)

#: JSON as deep and as wide as a message may be.
json_values: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | hostile,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
DEEP = "[" * 100_000
json_bodies = st.one_of(
    json_values.map(json.dumps),
    st.sampled_from((DEEP, '{"a":' * 5000, '{"a": "\\ud800"}', '{"a": 1e999999}', "", "nul", "{")),
)


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """Names and contents of what is handed to a file field."""
    picture = image_bytes()
    return (
        ("a.png", picture),
        ("a.jpg", picture),
        ("a.png", picture[: len(picture) // 2]),
        ("a.png", b""),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("../../a.png", picture),
        ("a\x00.png", picture),
        ("a" * 300 + ".png", picture),
        ("\u202egnp.exe", b"MZ" + bytes(100)),
        ("a.pdf", b"%PDF-1.4\n\x00\xff"),
        ("a.pdf", b"no pdf"),
        ("a.csv", b"\xff\xfe\x00a,b\n"),
        ("a.csv", b"a,b\n" + b"\x00" * 50),
        ("a.csv", b'"' * 1001),
        ("a.csv", b"a," * 20_000),
        ("a.csv", ("x" * 140_000).encode()),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xlsx", bomb()),
        ("a.xlsx", workbook_with_entity()),
        ("a.xlsx", _zip({"a": b"no workbook"})),
    )


@cache
def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to 40 MB."""
    return _zip({"xl/worksheets/sheet1.xml": bytes(40_000_000)})


@cache
def workbook_with_entity() -> bytes:
    """A workbook whose XML asks for a file of the machine."""
    from openpyxl import Workbook

    book, plain = Workbook(), io.BytesIO()
    cast(Any, book.active).append(["MARK", "b"])
    book.save(plain)
    with zipfile.ZipFile(plain) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for name in parts.keys() & {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}:
        body = parts[name].split(b"?>", 1)[-1] if parts[name].startswith(b"<?xml") else parts[name]
        parts[name] = head + body.replace(b"MARK", b"&x;")
    return _zip(parts)


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


uploads = st.integers(0, 20).map(lambda n: SimpleUploadedFile(*files()[n]))
