"""Texts of editors: plain markup, links that lead by known ways, nothing that runs."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from cms.blocks.words import RICH_TEXT_FEATURES, TextBlock
from tests.cms.making import a_body, a_story
from tests.factories import a_shop

pytestmark = pytest.mark.django_db

EVIL = (
    "<script>zzq()</script>",
    "<img src=x onerror=zzq()>",
    "<svg onload=zzq()>",
    "<iframe src='https://ke-xau.example'></iframe>",
    "<p onclick='zzq()' style='position:fixed'>a</p>",
    "<a href='javascript:zzq()'>a</a>",
    "<a href=' java\tscript:zzq()'>a</a>",
    "<a href='data:text/html,zzq'>a</a>",
    "<object data='x'></object><embed src='x'>",
    "<form action='https://ke-xau.example'><button>a</button></form>",
    "<base href='https://ke-xau.example/'><meta http-equiv=refresh content='0'>",
    "<math><mtext><style>@import 'x'</style></mtext></math>",
)


def saved(html: str) -> str:
    """As Wagtail's editor takes it in and gives it back to be kept, then drawn."""
    converter = ContentstateConverter(features=RICH_TEXT_FEATURES)
    return str(expand_db_html(converter.to_database_format(converter.from_database_format(html))))


@pytest.mark.parametrize("html", EVIL)
def test_only_plain_markup_of_editors_is_kept(html: str) -> None:
    kept = saved(f"<p>trước</p>{html}<p>sau</p>").lower()
    assert "trước" in kept and "sau" in kept
    for sign in ("<script", "onerror", "onload", "onclick", "style=", "<iframe", "<svg", "<img"):
        assert sign not in kept
    for sign in ("<object", "<embed", "<form", "<input", "<base", "<meta", "script:", "data:"):
        assert sign not in kept.replace("&lt;", "")


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:zzq()", "JaVaScRiPt:zzq()", "\x01javascript:zzq()", "java\nscript:zzq()"),
        *("data:text/html,<script>", "vbscript:x", '//ke-xau.example" onclick="zzq()'),
    ],
)
def test_links_of_editors_lead_by_known_ways_only(url: str) -> None:
    """What the editor sends is JSON; nobody has to send it from the editor."""
    state: dict[str, Any] = {
        "blocks": [
            {
                **{"key": "a", "text": "liên kết", "type": "unstyled", "depth": 0},
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 8, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}},
    }
    block = TextBlock()
    kept = block.value_from_datadict({"a": json.dumps(state)}, {}, "a")
    drawn = str(expand_db_html(kept.source)).lower()
    assert "liên kết" in drawn
    assert "script:" not in drawn.replace("\n", "") and "data:" not in drawn
    assert 'onclick="' not in drawn


def test_a_story_with_markup_in_every_word_shows_it_as_text() -> None:
    a_shop()
    evil = '"><zzq onerror=1>'
    body = a_body(
        ("heading", evil),
        ("lead", evil),
        ("quote", {"text": evil, "by": evil, "url": "https://example.vn/"}),
        ("fact", {"label": evil, "text": evil}),
    )
    story = a_story(f"Chuyện {evil}", body=body)
    page = Client().get(story.get_url()).content.decode()
    assert "&lt;zzq" in page
    assert "<zzq" not in page
