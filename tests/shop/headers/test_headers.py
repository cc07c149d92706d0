"""What browsers are told with every kind of answer: pages, papers, pictures, refusals."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as shop_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, RequestFactory
from django.urls import reverse

from shop.errors import server_error
from shop.users.models import User
from tests.factories import a_product, a_staff_member, an_order, signed_in
from tests.shop.test_settings import PRODUCTION, shown

pytestmark = pytest.mark.django_db


def policy(answer: Any) -> dict[str, set[str]]:
    """Directive to sources."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def test_no_page_loads_or_leads_anywhere_without_encryption() -> None:
    for name, address in public_pages().items():
        page = Client().get(address, follow=True).content.decode()
        plain = re.findall(r'(?:src|srcset|href|action|content)="(http://[^"]*)', page)
        assert [url for url in plain if not url.startswith(shop_settings.BASE_URL)] == [], name


def a_superuser() -> User:
    person = a_staff_member()
    person.is_superuser = True
    person.save()
    return person


def public_pages() -> dict[str, str]:
    product = a_product("Mật ong")
    return {
        "home": "/",
        "home-english": "/en/",
        "product": product.get_absolute_url(),
        "products": reverse("catalogue:index"),
        "group": product.categories.get().get_absolute_url(),
        "search": reverse("search:search") + "?q=mat",
        "suggestions": reverse("search:suggestions") + "?q=mat",
        "basket": reverse("basket:summary"),
        "basket-count": reverse("basket:count"),
        "producers": reverse("partner:index"),
        "trace": reverse("catalogue:trace-form"),
        "questions": reverse("questions:of-product", args=[product.slug]),
        "companies": reverse("corporate:index"),
        "sign-in": reverse("customer:login"),
        "sign-up": reverse("customer:register"),
        "programme": reverse("programme-progress"),
        "order": an_order(product).get_absolute_url(),
        "not-found": "/khong-co-trang-nay/",
        "robots": "/robots.txt",
        "sitemap": "/sitemap.xml",
    }


def test_every_kind_of_public_page_is_strict() -> None:
    for name, address in public_pages().items():
        answer = Client().get(address, follow=True)
        assert answer.status_code in (200, 404), name
        told = policy(answer)
        assert told["script-src"] == told["style-src"] == told["default-src"] == {"'self'"}, name
        assert told["object-src"] == {"'none'"} and told["base-uri"] == {"'self'"}, name
        assert told["frame-ancestors"] == {"'self'"}, name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["X-Frame-Options"] == "SAMEORIGIN", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert "camera=()" in answer["Permissions-Policy"], name
        assert "Server" not in answer and "X-Powered-By" not in answer, name


def test_no_page_writes_scripts_or_styles_into_itself() -> None:
    for name, address in public_pages().items():
        page = Client().get(address).content.decode()
        assert " style=" not in page and "<style" not in page, name
        assert " onclick=" not in page and "javascript:" not in page and "hx-on" not in page, name


@pytest.mark.parametrize("address", ["/cms/", "/quan-ly/catalogue/", "/quan-ly/offers/"])
def test_admins_have_a_tolerant_policy_and_the_strict_one_reported(address: str) -> None:
    answer = signed_in(a_superuser()).get(address)
    assert answer.status_code == 200
    told = policy(answer)
    assert told["script-src"] == {"'self'", "'unsafe-inline'"}
    assert told["object-src"] == {"'none'"} and told["frame-ancestors"] == {"'self'"}
    strict = answer["Content-Security-Policy-Report-Only"]
    assert "script-src 'self';" in strict + ";" and "report-uri /bao-cao-csp/" in strict


def test_our_own_pages_of_the_staff_are_strict_too() -> None:
    answer = signed_in(a_superuser()).get(reverse("dashboard:index"))
    assert policy(answer)["script-src"] == {"'self'"}
    assert "Content-Security-Policy-Report-Only" not in answer


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("trap.svg", b"<svg onload='alert(1)'/>", None),
        ("trap.html", b"<script>alert(1)</script>", None),
        ("trap.js", b"alert(1)", None),
        ("paper.pdf", b"%PDF-1.4", None),
        ("fine.png", b"\x89PNG", "image/png"),
        ("fine.WEBP", b"RIFF", "image/webp"),
    ],
)
def test_an_upload_runs_nothing_whatever_it_is(name: str, content: bytes, kind: str | None) -> None:
    kept = default_storage.save(f"thu/{name}", ContentFile(content))
    answer = Client().get(shop_settings.MEDIA_URL + kept)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"] == (kind or "application/octet-stream")
    assert answer["Content-Disposition"].startswith("inline" if kind else "attachment")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"  # letters show pictures


def test_documents_are_read_through_their_own_view_only() -> None:
    kept = default_storage.save("documents/bao-cao.pdf", ContentFile(b"%PDF-1.4"))
    assert Client().get(shop_settings.MEDIA_URL + kept).status_code == 404


def test_uploads_are_not_listed_and_nothing_else_is_read() -> None:
    for path in ("", "../shop.sqlite3", "%2e%2e/shop.sqlite3", "/etc/passwd"):
        assert Client().get(shop_settings.MEDIA_URL + path).status_code in (400, 404)


def test_a_broken_page_tells_nothing(settings: LazySettings) -> None:
    client = Client(raise_request_exception=False)
    settings.ROOT_URLCONF = "tests.shop.headers.broken_urls"
    page = client.get("/vo/").content.decode()
    for secret in ("bí mật trong lỗi", "Traceback", "ZeroDivision", "shop/"):
        assert secret not in page
    assert server_error(RequestFactory().get("/")).status_code == 500


def test_an_unknown_host_is_refused_without_a_word(settings: LazySettings) -> None:
    answer = Client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.vn"])
def test_a_form_of_another_site_is_refused(origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("customer:login"))
    token = client.cookies["csrftoken"].value
    answer = client.post(
        reverse("customer:login"),
        {"csrfmiddlewaretoken": token, "username": "a", "password": "b"},
        headers={"Origin": origin},
    )
    assert answer.status_code == 403
    assert "evil" not in answer.content.decode()


def test_who_finds_a_hole_reads_whom_to_tell() -> None:
    text = Client().get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:" in text and "Expires: 20" in text
    assert f"Canonical: {shop_settings.BASE_URL}/.well-known/security.txt" in text


def test_production_closes_what_can_be_closed(tmp_path: Path) -> None:
    told = shown(
        tmp_path,
        PRODUCTION,
        "{name: getattr(s, name) for name in dir(s) if name.isupper()"
        " and name.split('_')[0] in ('SESSION', 'CSRF', 'SECURE', 'LANGUAGE', 'CONTENT', 'ADMIN',"
        " 'DEVICE', 'TWO')}",
    )
    assert isinstance(told, dict)
    for name in ("SESSION_COOKIE_NAME", "DEVICE_COOKIE", "TWO_FACTOR_COOKIE"):
        assert told[name].startswith("__Host-")
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"):
        assert told[name] is True
    assert told["SESSION_COOKIE_HTTPONLY"] is True
    assert told["SESSION_COOKIE_SAMESITE"] == told["CSRF_COOKIE_SAMESITE"] == "Lax"
    assert told["SECURE_HSTS_SECONDS"] >= 31_536_000 and told["SECURE_HSTS_PRELOAD"]
    assert told["SECURE_HSTS_INCLUDE_SUBDOMAINS"] and told["SECURE_SSL_REDIRECT"]
    assert told["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"] is True


def test_django_finds_nothing_to_mend_in_production(tmp_path: Path) -> None:
    production = {**PRODUCTION, "SECRET_KEY": secrets.token_urlsafe(48)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=shop_settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "SHOP_VAR_DIR": str(tmp_path), **production},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
