"""The two kinds of database that the tests run on, and how each copies one database to another."""

import os
import re
import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import psycopg
from psycopg import sql

#: Seconds between the tries to drop a database that autovacuum is in.
DROP_WAITS = (0.1, 0.5, 1, 2, 5, 10)


class Server(Protocol):
    """Databases by name. A run's own copy carries the process id of the run in its name."""

    kind: str

    def template_name(self, key: str) -> str: ...
    def draft_name(self, name: str) -> str: ...
    def run_name(self, worker: str) -> str: ...
    def url(self, name: str) -> str: ...
    def exists(self, name: str) -> bool: ...
    def create(self, name: str) -> None: ...
    def copy(self, source: str, target: str) -> None: ...
    def restore(self, source: str, target: str) -> None: ...
    def rename(self, old: str, new: str) -> None: ...
    def drop(self, name: str) -> None: ...
    def drop_orphans(self) -> None: ...


def server_of(database: dict[str, Any], home: Path) -> Server:
    """The server behind Django's settings of one database; SQLite files live in `home`."""
    if database["ENGINE"].endswith("sqlite3"):
        return SqliteFiles(home)
    return Postgres(database)


def is_left_behind(name: str) -> bool:
    """A copy whose run is over, or a database that a test of it made beside the copy."""
    found = re.search(r"run[-_]\w+?[-_](\d+)(?:[-_]\w+)?$", name)
    return found is not None and not _is_running(int(found[1]))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class SqliteFiles:
    """Databases as files; their names are paths."""

    kind = "sqlite"

    def __init__(self, home: Path) -> None:
        self.home = home

    def template_name(self, key: str) -> str:
        return str(self.home / f"template-{key}.sqlite3")

    def draft_name(self, name: str) -> str:
        return f"{name}.draft"

    def run_name(self, worker: str) -> str:
        return str(self.home / f"run-{worker}-{os.getpid()}.sqlite3")

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def create(self, name: str) -> None:
        """Nothing to do: SQLite makes the file."""

    def copy(self, source: str, target: str) -> None:
        shutil.copyfile(source, target)

    def restore(self, source: str, target: str) -> None:
        """Page by page through SQLite, since a thread of the live server may have it open."""
        origin = sqlite3.connect(f"file:{quote(source)}?immutable=1", uri=True)
        copy = sqlite3.connect(target, timeout=20)
        try:
            origin.backup(copy)
        finally:
            origin.close()
            copy.close()

    def rename(self, old: str, new: str) -> None:
        with sqlite3.connect(old) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        os.replace(old, new)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(name + suffix).unlink(missing_ok=True)

    def drop_orphans(self) -> None:
        for file in self.home.glob("run-*.sqlite3"):
            if is_left_behind(file.stem):
                self.drop(str(file))


class Postgres:
    """Databases of one PostgreSQL server, in the role that DATABASE_URL names."""

    kind = "postgresql"

    def __init__(self, database: dict[str, Any]) -> None:
        self.database = database
        self.prefix = f"{database['NAME']}_test"

    def template_name(self, key: str) -> str:
        return f"{self.prefix}_template_{key}"

    def draft_name(self, name: str) -> str:
        return f"{name}_draft"

    def run_name(self, worker: str) -> str:
        return f"{self.prefix}_run_{worker}_{os.getpid()}"

    def url(self, name: str) -> str:
        user, password = quote(self.database["USER"]), quote(self.database["PASSWORD"])
        host = quote(self.database["HOST"] or "", safe="")
        port = self.database["PORT"] or ""
        return f"postgresql://{user}:{password}@{host}:{port}/{name}"

    def exists(self, name: str) -> bool:
        return bool(self._run("SELECT 1 FROM pg_database WHERE datname = %s", values=[name]))

    def create(self, name: str) -> None:
        self._run("CREATE DATABASE {}", name)

    def copy(self, source: str, target: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", target, source)

    def restore(self, source: str, target: str) -> None:
        self.drop(target)
        self.copy(source, target)

    def rename(self, old: str, new: str) -> None:
        self._run("ALTER DATABASE {} RENAME TO {}", old, new)

    def drop(self, name: str) -> None:
        """Whoever is connected is sent away; autovacuum, which nobody may send, is waited for."""
        for wait in DROP_WAITS:
            try:
                self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
                return
            except psycopg.errors.InsufficientPrivilege:
                time.sleep(wait)
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def drop_orphans(self) -> None:
        names = self._run(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            values=[f"{self.prefix}_run_"],
        )
        for (name,) in names:
            if is_left_behind(name):
                self.drop(name)

    def _run(self, statement: str, *names: str, values: list[Any] | None = None) -> list[Any]:
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(
            host=self.database["HOST"] or None,
            port=self.database["PORT"] or None,
            user=self.database["USER"] or None,
            password=self.database["PASSWORD"] or None,
            dbname="postgres",
            autocommit=True,
        ) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []
