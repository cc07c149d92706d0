"""PostgreSQL databases of the bench: kept by name once prepared, copied where a run writes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PREFIX = "phien_cho_bench_"


def server_url() -> str:
    """Where the databases are. Ends the bench, saying what to do, when there is no server."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        raise SystemExit(
            "Cần PostgreSQL: đặt DATABASE_URL=postgresql://… (vai trò được tạo cơ sở dữ liệu).\n"
            "PostgreSQL is needed: set DATABASE_URL=postgresql://… of a role that may create "
            "databases (in a checkout with Debian's postgresql: DATABASE_URL=$(.ci/postgres))."
        )
    try:
        with _maintaining(url):
            return url
    except psycopg.OperationalError as error:
        raise SystemExit(f"PostgreSQL does not answer: {error}") from error


def url_of(name: str) -> str:
    return urlsplit(server_url())._replace(path=f"/{PREFIX}{name}").geturl()


def ensure(name: str) -> str:
    """The URL of the database of that name, made empty when there is none."""
    with _maintaining(server_url()) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [PREFIX + name]
        ).fetchone()
        if not found:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(PREFIX + name)))
    return url_of(name)


@contextmanager
def copy_of(name: str, run: str) -> Iterator[str]:
    """The URL of a copy of a prepared database for one run that writes, dropped afterwards."""
    with scratch_database(server_url(), f"{PREFIX}{name}_{run}", PREFIX + name) as url:
        yield url


@contextmanager
def scratch_database(server: str, name: str, template: str = "") -> Iterator[str]:
    """The URL of a new database on `server` (a PostgreSQL URL), dropped afterwards."""
    copy = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
    with _maintaining(server) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copy)
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(drop)


def _maintaining(url: str) -> psycopg.Connection:
    return psycopg.connect(
        urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True, connect_timeout=10
    )
