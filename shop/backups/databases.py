"""The two kinds of database: one consistent copy out, and one atomic step back in."""

import gzip
import os
import re
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient
from django.db.utils import ConnectionHandler
from tqdm import tqdm

from shop.backups.errors import BackupError
from shop.backups.facts import Facts, facts_of, tables_in
from shop.backups.files import room

Check = Callable[[Facts], None]


class Database(Protocol):
    engine: str
    #: What its copy is called in the archive.
    dump_name: str

    def versions(self) -> dict[str, str]:
        """Of the server and of the program that copies."""

    def dump(self, target: Path) -> Facts:
        """Write a copy of one moment to `target`; its figures, read in that same moment."""

    def is_empty(self) -> bool: ...

    def facts(self) -> Facts: ...

    def replace_with(self, dump: Path, check: Check) -> str:
        """Put the copy in place of everything, in one step or not at all.

        `check` is shown the figures and raises to refuse. Returns what became of the old rows.
        """

    def scratch(self) -> Any:
        """A context with an empty database of the same kind, gone afterwards."""


def database_of(settings_dict: dict[str, Any]) -> Database:
    """The database that Django's settings name."""
    if settings_dict["ENGINE"].endswith("sqlite3"):
        return Sqlite(settings_dict)
    if settings_dict["ENGINE"].endswith("postgresql"):
        return Postgres(settings_dict)
    raise BackupError(f"{settings_dict['ENGINE']} is neither SQLite nor PostgreSQL.")


@contextmanager
def connected(settings_dict: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own through Django, with the settings' options."""
    own = {**settings_dict, "CONN_MAX_AGE": 0, "OPTIONS": {**settings_dict.get("OPTIONS", {})}}
    own["OPTIONS"].pop("pool", None)
    connection = ConnectionHandler({"default": own})["default"]
    try:
        yield connection
    finally:
        connection.close()


class Sqlite:
    engine = "sqlite"
    dump_name = "database.sqlite3.gz"

    def __init__(self, settings_dict: dict[str, Any]) -> None:
        self.settings = settings_dict
        self.path = Path(str(settings_dict["NAME"]))

    def versions(self) -> dict[str, str]:
        return {"sqlite": sqlite3.sqlite_version}

    def dump(self, target: Path) -> Facts:
        if not self.path.exists():
            raise BackupError(f"There is no database at {self.path}.")
        plain = target.with_suffix(".plain")
        try:
            with connected(self.settings) as live, closing(sqlite3.connect(plain)) as copy:
                live.ensure_connection()
                # A read transaction holds the moment: SQLite's backup copies within it.
                live.connection.execute("BEGIN DEFERRED")
                facts = facts_of(live)
                with tqdm(unit="page", desc="database", disable=None) as bar:

                    def tell(_status: int, remaining: int, total: int) -> None:
                        bar.total = total
                        bar.update(total - remaining - bar.n)

                    live.connection.backup(copy, pages=4096, progress=tell)
                live.connection.execute("ROLLBACK")
                # One file, without a log beside it.
                copy.execute("PRAGMA journal_mode=DELETE")
            with plain.open("rb") as source, gzip.open(target, "wb", compresslevel=6) as packed:
                shutil.copyfileobj(source, packed, 1024 * 1024)
        finally:
            plain.unlink(missing_ok=True)
        return facts

    def is_empty(self) -> bool:
        if not self.path.exists():
            return True
        try:
            with connected(self.settings) as connection:
                return not tables_in(connection)
        except DatabaseError:
            return False  # damaged

    def facts(self) -> Facts:
        with connected(self.settings) as connection:
            return facts_of(connection)

    def replace_with(self, dump: Path, check: Check) -> str:
        fresh = self.path.with_name(f"{self.path.name}.restoring")
        kept = self.path.with_name(f"{self.path.name}.before-restore")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with gzip.open(dump, "rb") as source, fresh.open("wb") as target:
                fresh.chmod(0o600)
                shutil.copyfileobj(source, target, 1024 * 1024)
                target.flush()
                os.fsync(target.fileno())
            with closing(sqlite3.connect(fresh)) as connection:
                found = connection.execute("PRAGMA integrity_check").fetchall()
            if found != [("ok",)]:
                raise BackupError(f"The copy of the database is damaged: {found[:3]}")
            check(Sqlite({**self.settings, "NAME": str(fresh), "OPTIONS": {}}).facts())
            was_there = self.path.exists()
            if was_there:
                self._leave_wal()
            self._set_aside(kept)
            os.replace(fresh, self.path)
            return f"The database of before is kept as {kept}." if was_there else ""
        finally:
            fresh.unlink(missing_ok=True)

    def _leave_wal(self) -> None:
        """Old pages into the old file; refused while anybody else has it open."""
        try:
            with closing(sqlite3.connect(self.path, timeout=2)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as fault:
            raise BackupError(
                f"The database is in use ({fault}): stop the shop and its workers first."
            ) from None
        except sqlite3.DatabaseError:
            pass  # damaged: what can be read of it is kept as it lies

    def _set_aside(self, kept: Path) -> None:
        """The old database is called `kept` as well, and its logs are by that name only: SQLite
        would read one that a dead process left into whatever file stands beside it."""
        for ending in ("", "-wal", "-shm", "-journal"):
            old, aside = Path(f"{self.path}{ending}"), Path(f"{kept}{ending}")
            aside.unlink(missing_ok=True)
            if not old.exists():
                continue
            # A second name, so that there is a database at any moment.
            os.link(old, aside)
            if ending:
                old.unlink()

    @contextmanager
    def scratch(self) -> Iterator[Database]:
        with room() as folder:
            yield Sqlite({**self.settings, "NAME": str(folder / "shop.sqlite3")})


class Postgres:
    engine = "postgresql"
    dump_name = "database.pgdump"

    def __init__(self, settings_dict: dict[str, Any]) -> None:
        self.settings = {"OPTIONS": {}, **settings_dict}

    def versions(self) -> dict[str, str]:
        with connected(self.settings) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return {"server": cursor.fetchone()[0], "pg_dump": self._version_of("pg_dump")}

    def dump(self, target: Path) -> Facts:
        with connected(self.settings) as live:
            with live.cursor() as cursor:
                cursor.execute("SHOW server_version_num")
                server = int(cursor.fetchone()[0]) // 10000
                program = int(self._version_of("pg_dump").split(".")[0])
                if program < server:
                    raise BackupError(
                        f"pg_dump is of PostgreSQL {program}, the server of {server}:"
                        f" install postgresql-client-{server} (or newer)."
                    )
                # One snapshot for the figures and for the copy.
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
            facts = facts_of(live)
            self._run(
                *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
                *(f"--snapshot={snapshot}", f"--file={target}"),
            )
            return facts

    def is_empty(self) -> bool:
        with connected(self.settings) as connection:
            try:
                return not tables_in(connection)
            except DatabaseError as fault:
                raise BackupError(f"The database does not answer: {fault}") from fault

    def facts(self) -> Facts:
        with connected(self.settings) as connection:
            return facts_of(connection)

    def replace_with(self, dump: Path, check: Check) -> str:
        if not self.is_empty() and self._may_create():
            # Looked at in a database of its own before the old one is touched.
            with self.scratch() as trial:
                trial._restore(dump)
                check(trial.facts())
        self._restore(dump)
        check(self.facts())
        return ""

    def _may_create(self) -> bool:
        with connected(self.settings) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            return bool(cursor.fetchone()[0])

    def _restore(self, dump: Path) -> None:
        """Everything in one transaction: until its end the old tables stand."""
        with tempfile.NamedTemporaryFile(suffix=".sql", dir=dump.parent) as script:
            script.write(
                b"SET client_min_messages = warning;\n"
                b"DROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n"
            )
            script.flush()
            self._program("pg_restore")
            unpacked = subprocess.run(
                ["pg_restore", "--no-owner", "--no-privileges", "--file=-", str(dump)],
                stdout=script,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
            if unpacked.returncode:
                raise BackupError(f"pg_restore: {unpacked.stderr.strip()[-500:]}")
            script.flush()
            self._run(
                *("psql", "--no-psqlrc", "--quiet", "--single-transaction"),
                *("--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--file={script.name}"),
            )

    @contextmanager
    def scratch(self) -> Iterator["Postgres"]:
        # Names end at 63 characters; two of one process must differ.
        beginning = f"{self.settings['NAME'][:36]}_restored_"
        own = {**self.settings, "NAME": beginning + secrets.token_hex(4)}
        with connected(self.settings) as connection:
            quoted = connection.ops.quote_name(own["NAME"])
            with connection.cursor() as cursor:
                self._drop_left(connection, cursor, beginning)
                try:
                    cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
                except DatabaseError as fault:
                    raise BackupError(
                        f"No scratch database could be made ({str(fault).strip()}): the role"
                        " needs the right to (ALTER ROLE … CREATEDB)."
                    ) from fault
        try:
            with connected(own) as somebody_is_here:
                somebody_is_here.ensure_connection()
                yield Postgres(own)
        finally:
            with connected(self.settings) as connection, connection.cursor() as cursor:
                _drop(cursor, quoted)

    def _drop_left(self, connection: BaseDatabaseWrapper, cursor: Any, beginning: str) -> None:
        """Scratch databases that nobody is connected to: of processes that were killed."""
        cursor.execute(
            "SELECT datname FROM pg_database AS one WHERE starts_with(datname::text, %s) AND"
            " NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = one.datname)",
            [beginning],
        )
        for (left,) in cursor.fetchall():
            with suppress(DatabaseError):  # somebody else came first
                cursor.execute(f"DROP DATABASE {connection.ops.quote_name(left)}")

    def _program(self, name: str) -> str:
        if not shutil.which(name):
            raise BackupError(
                f"{name} is not installed: install Debian's package postgresql-client"
                " (of the server's version or newer)."
            )
        return name

    def _version_of(self, program: str) -> str:
        said = subprocess.run(
            [self._program(program), "--version"], capture_output=True, text=True, check=True
        )
        found = re.search(r"(\d+(\.\d+)*)", said.stdout)
        return found[1] if found else "0"

    def _run(self, *command: str) -> None:
        """A program of PostgreSQL on this database; its address and password as Django has them."""
        arguments, environment = DatabaseClient.settings_to_cmd_args_env(self.settings, [])
        self._program(command[0])
        done = subprocess.run(
            [*command, *arguments[1:]],
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BackupError(f"{command[0]}: {done.stderr.strip()[-500:]}")


def _drop(cursor: Any, quoted: str) -> None:
    try:
        # So the server sends autovacuum away; with FORCE this role would have to, and may not.
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
    except DatabaseError:  # somebody is connected still
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
