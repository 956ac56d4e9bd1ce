"""What the database itself refuses: changing or deleting a trail entry, changing a closed round, emptying either table.

Hides the two dialects. Migrations install these; `examine` runs on a database that has them.
"""

from typing import Any

ENTRY = ("bihuan_entry", "", "轨迹不能更改或删除")
ROUND = ("bihuan_round", "OLD.closed_on IS NOT NULL", "已闭合的办理轮次不能更改或删除")


def install(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- a migration's signature
    """Put the refusals into the database."""
    for table, condition, sentence in (ENTRY, ROUND):
        for statement in _statements(schema_editor.connection.vendor, table, condition, sentence):
            schema_editor.execute(statement)


def refuse_emptying(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- as above
    """Refuse TRUNCATE as well, which passes no row by; SQLite has no such statement."""
    if schema_editor.connection.vendor == "sqlite":
        return
    for table, _, _ in (ENTRY, ROUND):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )


def missing(connection: Any) -> list[str]:
    """The names of the refusals that somebody has taken out of the database, or switched off."""
    is_sqlite = connection.vendor == "sqlite"
    suffixes = ("update", "delete") if is_sqlite else ("frozen", "kept")
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    wanted = [f"{table}_{suffix}" for table, _, _ in (ENTRY, ROUND) for suffix in suffixes]
    return [name for name in wanted if name not in there]


def _statements(vendor: str, table: str, condition: str, sentence: str) -> list[str]:
    when = f"WHEN {condition}" if condition else ""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            for act in ("UPDATE", "DELETE")
        ]
    when = f"WHEN ({condition})" if condition else ""
    body, execute = f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$", f"EXECUTE FUNCTION {table}_refuse()"
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {when} {execute}",
    ]
