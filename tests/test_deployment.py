"""What lies in deploy/ knows every variable and names only commands and folders that there are."""

import os
import re
import subprocess
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


def test_nginx_gives_who_asks_first_no_page_older_than_its_second() -> None:
    kept = (DEPLOY / "nginx/page-cache.conf").read_text()
    assert "proxy_cache_use_stale updating" in kept
    assert "proxy_cache_background_update" not in kept


def rolled(folder: Path, instances: str, *ports: str, **commands: str) -> tuple[int, list[str]]:
    """How `deploy/rolling-restart` ended, and the instances as they stood at each restart."""
    file, seen = folder / "instances.conf", folder / "seen"
    file.write_text(instances)
    seen.mkdir()
    stubs = {
        "INSTANCES": str(file),
        "RESTART": f"cp {file} {seen}/%s",
        "NGINX_RELOAD": "true",
        "PROBE": "true",
        "DRAIN": "0",
        "PATIENCE": "0",
    }
    done = subprocess.run(
        [DEPLOY / "rolling-restart", *ports],
        env={**os.environ, **stubs, **commands},
        capture_output=True,
        check=False,
    )
    return done.returncode, [path.read_text() for path in sorted(seen.iterdir())]


def test_alerts_and_dashboard_ask_for_numbers_that_are_told() -> None:
    told = "".join(
        (ROOT / "shop/observability" / name).read_text() for name in ("metrics.py", "business.py")
    )
    asked = {
        re.sub(r"_(total|bucket)$", "", name)
        for path in ("alerts.yml", "grafana.json")
        for name in re.findall(r"\bshop_\w+", (DEPLOY / "monitoring" / path).read_text())
    }
    assert sorted(name for name in asked if f'"{name}"' not in told) == []


def test_shop_without_any_backup_is_told_of() -> None:
    alerts = (DEPLOY / "monitoring/alerts.yml").read_text()
    assert "or absent(shop_backup_age_seconds)" in alerts


def test_monitor_scrapes_the_instances_that_serve() -> None:
    ports = re.findall(r"^server [^;]*:(\d+) ", (DEPLOY / "nginx/instances.conf").read_text(), re.M)
    scraped = re.findall(r"127\.0\.0\.1:(\d+)", (DEPLOY / "monitoring/prometheus.yml").read_text())
    assert scraped == ports


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_files_for_deploying_that_a_guide_names_exist(path: Path) -> None:
    named = set(re.findall(r"\bdeploy/[\w./-]*\w", path.read_text())) - {"deploy/docker/env"}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_renewed_certificate_reaches_nginx() -> None:
    """The challenge lies where nginx looks for it, on the machine and in the container."""
    conf = (DEPLOY / "nginx/phien-cho.conf").read_text()
    (webroot,) = re.findall(r"acme-challenge/ \{ root ([^;]+);", conf)
    assert f":{webroot}:ro" in (DEPLOY / "docker/compose.yaml").read_text()
    for guide in ("deploy.en.md", "trien-khai.md"):
        text = (ROOT / "docs" / guide).read_text()
        assert f"--webroot -w {webroot} --deploy-hook 'systemctl reload nginx'" in text


BOTH = "server 127.0.0.1:8001 max_fails=1;\nserver 127.0.0.1:8002 max_fails=1;\n"


@pytest.mark.parametrize("out", ["", "8001", "8002"])
def test_one_instance_serves_at_any_moment_of_a_rolling_restart(tmp_path: Path, out: str) -> None:
    instances = BOTH.replace(f":{out} ", f":{out} down ") if out else BOTH
    code, seen = rolled(tmp_path, instances, "8001", "8002")
    assert code == 0
    assert [text.count(" down ") for text in seen] == [1, 1]
    assert (tmp_path / "instances.conf").read_text() == BOTH


def test_instance_that_does_not_come_up_stays_out_and_the_other_one_is_left_alone(
    tmp_path: Path,
) -> None:
    code, seen = rolled(tmp_path, BOTH, "8001", "8002", PROBE="false")
    assert (code, len(seen)) == (1, 1)
    left = (tmp_path / "instances.conf").read_text()
    assert left == BOTH.replace(":8001 ", ":8001 down ")


def test_private_papers_have_no_address() -> None:
    roots = re.findall(r"(?:alias|root) ([^;]+);", (DEPLOY / "nginx/shop.conf").read_text())
    assert sorted(roots) == [
        "/etc/nginx/phien-cho/errors",
        "/var/lib/phien-cho/media/",
        "/var/lib/phien-cho/static/",
    ]
