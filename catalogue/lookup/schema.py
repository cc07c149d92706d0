"""The full-text part of the index, which the database itself keeps in step with the rows.

PostgreSQL: a generated `tsvector` column, weighted title > places > text, with a GIN index.
SQLite: an FTS5 table over the rows, fed by triggers. Words come folded, so neither has a language.
Django remakes a table of SQLite for many changes of columns, and triggers go with the old one: a
later migration of `lookup_entry` ends with `install`.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_POSTGRESQL = (
    """
    ALTER TABLE lookup_entry ADD COLUMN IF NOT EXISTS vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A')
        || setweight(to_tsvector('simple', places), 'B')
        || setweight(to_tsvector('simple', text), 'C')
    ) STORED
    """,
    "CREATE INDEX IF NOT EXISTS lookup_entry_vector ON lookup_entry USING gin (vector)",
)
_POSTGRESQL_UNDO = ("ALTER TABLE lookup_entry DROP COLUMN IF EXISTS vector",)

_OUT = """
    INSERT INTO lookup_fts (lookup_fts, rowid, title, places, text)
    VALUES ('delete', old.id, old.title, old.places, old.text);
"""
_IN = """
    INSERT INTO lookup_fts (rowid, title, places, text)
    VALUES (new.id, new.title, new.places, new.text);
"""
_CHANGED = "old.title <> new.title OR old.places <> new.places OR old.text <> new.text"
_SQLITE_UNDO = (
    "DROP TRIGGER IF EXISTS lookup_entry_in",
    "DROP TRIGGER IF EXISTS lookup_entry_out",
    "DROP TRIGGER IF EXISTS lookup_entry_changed",
    "DROP TABLE IF EXISTS lookup_fts",
)
_SQLITE = (
    *_SQLITE_UNDO,
    # No columnsize and less detail: ranking is ours, the index only finds.
    """
    CREATE VIRTUAL TABLE lookup_fts USING fts5(
        title, places, text, content='lookup_entry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='1 2 3', detail=column, columnsize=0
    )
    """,
    f"CREATE TRIGGER lookup_entry_in AFTER INSERT ON lookup_entry BEGIN {_IN} END",
    f"CREATE TRIGGER lookup_entry_out AFTER DELETE ON lookup_entry BEGIN {_OUT} END",
    f"""
    CREATE TRIGGER lookup_entry_changed AFTER UPDATE ON lookup_entry WHEN {_CHANGED}
    BEGIN {_OUT} {_IN} END
    """,
    "INSERT INTO lookup_fts (lookup_fts) VALUES ('rebuild')",
)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What this database needs to look through `lookup_entry`; nothing on another vendor."""
    wanted = {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}
    _run(schema_editor, wanted.get(schema_editor.connection.vendor, ()))


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    wanted = {"postgresql": _POSTGRESQL_UNDO, "sqlite": _SQLITE_UNDO}
    _run(schema_editor, wanted.get(schema_editor.connection.vendor, ()))


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)
