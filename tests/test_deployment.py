"""What lies in deploy/ knows every variable and names only commands and folders that there are."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"


def test_example_of_the_environment_names_every_variable() -> None:
    read = set()
    for source in [*(ROOT / "shop" / "settings").glob("*.py"), ROOT / "shop" / "serving.py"]:
        read.update(
            re.findall(r"(?:\benv\.\w+|environ\.get)\(\s*\"([A-Z0-9_]+)\"", source.read_text())
        )
    named = set(re.findall(r"^#?([A-Z0-9_]+)=", (DEPLOY / "env.example").read_text(), re.M))
    assert sorted(read - named) == [], "deploy/env.example misses these"


@pytest.mark.parametrize(
    "path", [*sorted((DEPLOY / "systemd").iterdir()), DEPLOY / "docker" / "compose.yaml"]
)
def test_commands_that_are_started_exist(path: Path) -> None:
    called = re.findall(r"manage\.py,? ([a-z_]+)", path.read_text())
    assert set(called) <= set(get_commands())


def test_image_holds_all_code_and_nothing_else() -> None:
    copied = re.findall(
        r"^COPY ([\w. ]+?) [\w./]+$", (DEPLOY / "docker/Dockerfile").read_text(), re.M
    )
    names = {name for line in copied for name in line.split()}
    assert names >= {"manage.py", "catalogue", "shop", "cms", "templates", "static"}
    assert all((ROOT / name).exists() for name in names)
    let_in = (DEPLOY / "docker/Dockerfile.dockerignore").read_text()
    assert all(f"!{name}\n" in let_in for name in names)


@pytest.mark.parametrize(
    ("cookies", "is_known"),
    [
        ("", False),
        ("csrftoken=a; saved=1; _ga_X=2", False),
        ("messages=x", True),
        ("csrftoken=a; messages=x; saved=1", True),
        ("oscar_open_basket=1:x", True),
        ("__Host-sessionid=x; csrftoken=a", True),
    ],
)
def test_nginx_keeps_nothing_from_who_has_a_message_a_basket_or_a_session(
    cookies: str, is_known: bool
) -> None:
    zone = (DEPLOY / "nginx/page-cache-zone.conf").read_text()
    cases = re.search(r"map \$http_cookie \$shop_knows_visitor \{(.*?)\n\}", zone, re.S)
    assert cases is not None
    unknown = re.findall(r'^ +"(.*)" +0;$', cases[1], re.M)
    assert unknown and "default 1;" in cases[1]
    found = any(
        re.search(case[1:], cookies) if case.startswith("~") else case == cookies
        for case in unknown
    )
    assert found is not is_known


def test_private_papers_have_no_address() -> None:
    roots = re.findall(r"(?:alias|root) ([^;]+);", (DEPLOY / "nginx/shop.conf").read_text())
    assert sorted(roots) == [
        "/etc/nginx/phien-cho/errors",
        "/var/lib/phien-cho/media/",
        "/var/lib/phien-cho/static/",
    ]
