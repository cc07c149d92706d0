"""The demo's blocks and paragraphs as Wagtail stores them."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape

from catalogue.models import Product
from catalogue.pictures.models import Picture
from cms.demo.reading import in_language
from cms.models import PlacePage, StoryPage

#: Names block ids after their place, so that loading the same text twice changes nothing.
_NAMESPACE = uuid.UUID("6f0c1d52-3a86-4d34-9a5e-0c9d6d9f5b11")


def rich(text: str) -> str:
    """Plain text, a blank line between paragraphs, as rich text."""
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    return "".join(f"<p>{escape(part)}</p>" for part in paragraphs if part)


def rich_list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def stream(name: str, blocks: Iterable[tuple[str, Any]]) -> str:
    """Typed values as a stream in JSON; `name` tells this stream from all others."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": block_id(f"{name}/{number}")}
            for number, (kind, value) in enumerate(blocks)
        ],
        ensure_ascii=False,
    )


def items(name: str, values: Iterable[Any]) -> list[dict[str, Any]]:
    """The values of a list block."""
    return [
        {"type": "item", "value": value, "id": block_id(f"{name}/{number}")}
        for number, value in enumerate(values)
    ]


def block_id(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))


def body(
    name: str,
    blocks: list[dict[str, Any]],
    language: str,
    pictures: Mapping[str, Picture] | None = None,
) -> str:
    """The blocks of a story or a page, in one language; `pictures` are those that it may show."""
    return stream(
        name,
        [
            _block(f"{name}/{number}", block, language, pictures or {})
            for number, block in enumerate(blocks)
        ],
    )


def _block(
    name: str, block: dict[str, Any], language: str, pictures: Mapping[str, Picture]
) -> tuple[str, Any]:
    match block["type"]:
        case "heading":
            return "heading", block[language].strip()
        case "text":
            return "text", rich(block[language])
        case "list":
            return "text", rich_list(item[language] for item in block["items"])
        case "quote":
            text = block[language].strip()
            return "quote", {"text": text, "by": _of(block, "by", language), "url": ""}
        case "fact":
            text = block[language].strip()
            return "fact", {"label": _of(block, "label", language), "text": text}
        case "timeline":
            moments = [
                {"when": _of(item, "when", language), "text": item[language].strip()}
                for item in block["items"]
            ]
            return "timeline", {"moments": items(f"{name}/moments", moments)}
        case "legend":
            return "legend", {"text": rich(block[language])}
        case "picture":
            picture = pictures.get(block["picture"])
            return "picture", {
                "picture": picture.pk if picture else None,
                "caption": block[language].strip(),
            }
        case "product":
            return "product_card", {
                "product": Product.objects.get(slug=block["product"]).pk,
                "note": block[language].strip(),
            }
        case "call":
            return "call_to_action", {
                "text": block[language].strip(),
                "label": _of(block, "label", language),
                "product": None,
                "page": _page_key(block, language),
            }
        case "map":
            return "map", {
                "wards": items(f"{name}/wards", block["wards"]),
                "caption": block[language].strip(),
            }
        case "box":
            return "gift_box", {
                "box": Product.objects.get(slug=block["box"]).pk,
                "note": block[language].strip(),
            }
        case "questions":
            questions = [
                {"question": _of(item, "question", language), "answer": rich(item[language])}
                for item in block["items"]
            ]
            return "questions", {
                "title": _of(block, "title", language),
                "questions": items(f"{name}/questions", questions),
            }
        case "rates" | "seller" as table:
            return table, None
    raise ValueError(f"the demo has no block of type {block['type']!r}")


def _page_key(block: dict[str, Any], language: str) -> int:
    """The page that a block leads to: of a place, or the story with this slug."""
    model, slug = (PlacePage, block["place"]) if "place" in block else (StoryPage, block["story"])
    return model.objects.get(slug=slug, locale__language_code=language).pk


def sources(name: str, rows: list[dict[str, Any]], language: str) -> str:
    return stream(
        f"{name}/sources",
        [
            (
                "source",
                {
                    "title": _of(row, "title", language),
                    "publisher": _of(row, "publisher", language),
                    "date": row.get("date", ""),
                    "url": row.get("url", ""),
                    "note": _of(row, "note", language),
                },
            )
            for row in rows
        ],
    )


def _of(row: dict[str, Any], field: str, language: str) -> str:
    return in_language(row, field, language).strip()
