"""How the environment decides: each case starts Django anew, as an operator would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "SHOP_MODE": "production",
    "SECRET_KEY": "k7" * 30,
    "ALLOWED_HOSTS": "phiencho.example,www.phiencho.example",
    "BASE_URL": "https://phiencho.example",
    "DATABASE_URL": "postgresql://shop:b%40c@db.internal:5433/cho",
    "REDIS_URL": "redis://cache.internal:6379/1",
    "TRUSTED_PROXIES": "1",
}


def start(
    tmp_path: Path, environment: dict[str, str], show: str = "None"
) -> subprocess.CompletedProcess[str]:
    """Read the settings in a new process with nothing but `environment`, and print `show`."""
    script = f"import json; from shop import settings as s; print(json.dumps({show}, default=str))"
    base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env={**base, "SHOP_VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def shown(tmp_path: Path, environment: dict[str, str], show: str) -> object:
    done = start(tmp_path, environment, show)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_production_without_anything_names_all_that_is_missing(tmp_path: Path) -> None:
    done = start(tmp_path, {"SHOP_MODE": "production"})
    assert done.returncode != 0
    refusal = done.stderr.splitlines()[-1]
    assert "ImproperlyConfigured" in refusal
    for name in PRODUCTION.keys() - {"SHOP_MODE"}:
        assert name in refusal


@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"SHOP_MODE"}))
def test_production_names_the_one_that_is_missing(tmp_path: Path, missing: str) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = start(tmp_path, environment)
    assert done.returncode != 0
    refusal = done.stderr.splitlines()[-1]
    named = refusal.rpartition(": ")[2].split(", ")
    assert named == [missing]


@pytest.mark.parametrize(
    "secret", [settings.SECRET_KEY, "short"], ids=["the embedded one", "too short"]
)
def test_production_refuses_a_secret_that_is_none(tmp_path: Path, secret: str) -> None:
    done = start(tmp_path, {**PRODUCTION, "SECRET_KEY": secret})
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr.splitlines()[-1]


def test_production_with_everything_starts_and_is_closed(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        PRODUCTION,
        "[s.DEBUG, s.DEMO_MODE, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS]",
    )
    assert found == [False, False, True, True, ["phiencho.example", "www.phiencho.example"]]


def test_database_url_is_parsed_with_its_escapes(tmp_path: Path) -> None:
    found = shown(tmp_path, PRODUCTION, "s.DATABASES['default']")
    assert isinstance(found, dict)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[name] for name in names] == ["cho", "shop", "b@c", "db.internal", 5433]
    assert found["CONN_MAX_AGE"] > 0


def test_statements_are_planned_once_a_connection_unless_pgbouncer_shares_it(
    tmp_path: Path,
) -> None:
    options = "s.DATABASES['default']['OPTIONS']"
    assert shown(tmp_path, PRODUCTION, options) == {
        "server_side_binding": True,
        "prepare_threshold": 5,
        "options": "-c enable_mergejoin=off -c max_parallel_workers_per_gather=0",
    }
    assert shown(tmp_path, {**PRODUCTION, "DATABASE_PGBOUNCER": "1"}, options) == {}


def test_without_an_environment_the_shop_is_an_embedded_demo(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        {},
        "[s.SHOP_MODE, s.DATABASES['default']['NAME'],"
        " s.DATABASES['default']['OPTIONS']['transaction_mode']]",
    )
    assert found == ["demo", str(tmp_path / "shop.sqlite3"), "IMMEDIATE"]


def test_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    done = start(tmp_path, {"SHOP_MODE": "produktion"})
    assert done.returncode != 0
    assert "produktion" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("rates", ["seach=60/m", "search=viel", "search=0/m"])
def test_a_limit_that_cannot_be_read_stops_the_start(tmp_path: Path, rates: str) -> None:
    done = start(tmp_path, {"RATE_LIMITS": rates})
    assert done.returncode != 0 and "RATE_LIMITS: " in done.stderr


def test_an_operator_changes_one_limit_and_keeps_the_others(tmp_path: Path) -> None:
    told = shown(tmp_path, {"RATE_LIMITS": "search=600/10m"}, "s.RATE_LIMITS")
    assert isinstance(told, dict)
    assert told["search"] == "600/10m" and told["coupons"] == "30/10m"


def test_production_refuses_an_address_without_encryption(tmp_path: Path) -> None:
    done = start(tmp_path, {**PRODUCTION, "BASE_URL": "http://phiencho.example"})
    assert done.returncode != 0 and "https://" in done.stderr.splitlines()[-1]
