"""What people typed stays text: templates escape by themselves, and each exception is known."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client

from catalogue.lookup.highlighting import highlighted
from tests.factories import a_producer, a_product, a_review, a_shop

BASE = Path(settings.BASE_DIR)
ROOMS = ("catalogue", "shop", "cms")
MARKUP = "</script><zzq onerror=1>"
#: Modules that call text safe, and why it is.
MARKED = {
    "catalogue/templatetags/catalogue_tags.py": "JSON with every angle bracket escaped",
    "catalogue/card_drawing.py": "cards that a template drew",
    "catalogue/page_drawing.py": "parts of pages that templates drew",
    "catalogue/lookup/highlighting.py": "every part is escaped before it is put together",
    "shop/templatetags/shop_tags.py": "a constant",
    "shop/payment/methods/vietqr/views.py": "an SVG that segno draws; the title is escaped",
    "shop/places/forms.py": "options whose codes and labels are escaped",
    "shop/observability/mails.py": "plain text for whoever keeps the shop",
    "shop/two_factor/views.py": "an SVG that segno draws",
}


def templates(pattern: str) -> Iterator[tuple[str, str]]:
    for folder in ("templates", *ROOMS):
        for file in filter(Path.is_file, (BASE / folder).rglob(pattern)):
            yield str(file.relative_to(BASE)), file.read_text()


def test_no_page_calls_text_safe() -> None:
    found = [name for name, text in templates("*.html") if re.search(r"\|\s*safe(seq)?\b", text)]
    assert found == []


def test_only_letters_in_plain_text_do_not_escape() -> None:
    drawn = (*templates("*.html"), *templates("*.txt"), *templates("*.xml"))
    found = [name for name, text in drawn if "autoescape off" in text]
    assert found
    assert [
        n for n in found if not (n.startswith("templates/emails/") and n.endswith(".txt"))
    ] == []


def test_only_known_modules_call_text_safe() -> None:
    found = set()
    for room in ROOMS:
        for file in (BASE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                called = getattr(node, "func", None)
                name = getattr(called, "id", getattr(called, "attr", ""))
                if name in ("mark_safe", "SafeString", "SafeText", "html_safe"):
                    found.add(str(file.relative_to(BASE)))
    assert found == set(MARKED)


def test_json_for_search_engines_cannot_end_its_script() -> None:
    template = Template("{% load catalogue_tags %}{% json_ld data %}")
    shown = template.render(Context({"data": {"name": MARKUP, "a": "&<!--"}}))
    assert "<zzq" not in shown and shown.count("</script>") == 1 and "<!--" not in shown


@pytest.mark.parametrize("words", [(), ("zzq",), ("script", "onerror"), ("<",), ("lt",), ("amp",)])
def test_marked_words_stay_text(words: tuple[str, ...]) -> None:
    shown = re.sub(r"</?mark>", "", highlighted(f"Mật {MARKUP} & ong", words))
    assert shown == "Mật &lt;/script&gt;&lt;zzq onerror=1&gt; &amp; ong"


@pytest.mark.django_db
def test_names_and_texts_of_a_producer_are_text_on_every_page_that_tells_of_them() -> None:
    a_shop()
    maker = a_producer(f"HTX {MARKUP}", representative=MARKUP, hamlet=MARKUP)
    product = a_product(
        f"Mật {MARKUP}", producer=maker, summary=MARKUP, description=MARKUP, ingredients=MARKUP
    )
    a_review(product, title=MARKUP, body=MARKUP)
    client = Client()
    pages = [
        product.get_absolute_url(),
        f"/nha-san-xuat/{maker.slug}/",
        f"/danh-gia/{product.slug}/",
        *("/", "/san-pham/", "/nha-san-xuat/", "/tim-kiem/?q=mat", "/tim-kiem/goi-y/?q=mat"),
    ]
    for page in pages:
        body: Any = client.get(page).content.decode()
        assert "<zzq" not in body, page
