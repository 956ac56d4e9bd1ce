"""What the database itself refuses: changing or deleting a trail entry, changing a closed round, emptying either table;
an administrator, or an interface, who holds any other role on the same day.

Hides the two dialects. Migrations install these; `examine` runs on a database that has them.
"""

from typing import Any

ENTRY = ("bihuan_entry", "", "轨迹不能更改或删除")
ROUND = ("bihuan_round", "OLD.closed_on IS NOT NULL", "已闭合的办理轮次不能更改或删除")
APPOINTMENT = "bihuan_appointment"
STAYING = (
    *("id", "city", "matter_id", "number", "variant", "opened_because", "handed_over_at", "received_at"),
    *("claim_digest", "package_digest", "closed_on"),
)
_SAME = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in STAYING)
FILED = f"OLD.state = 'signed_off' AND NEW.state = 'filed' AND {_SAME}"  # of a closed round, all that may be said
_APART = ("apart", "系统、安全、审计三个管理员互斥，也不能兼任业务角色", ("A1", "A2", "A3"))
_ALONE = ("alone", "接口账号只作接口用，不能兼任别的角色，别的人员也不能任接口账号", ("X2",))
_GRANTED = " AND other.standing <> 'refused' AND NEW.standing <> 'refused'"
Apart = tuple[str, str, tuple[str, ...]]


def _listed(roles: tuple[str, ...]) -> str:
    return ", ".join(f"'{role}'" for role in roles)


def _beside(roles: tuple[str, ...]) -> str:
    """The question whether one of these roles stands beside any other of the same person on the same day."""
    listed = _listed(roles)
    return f"""SELECT 1 FROM bihuan_appointment other
    WHERE other.person_id = NEW.person_id AND other.id <> NEW.id AND other.role <> NEW.role
    AND (other.role IN ({listed}) OR NEW.role IN ({listed}))
    AND (other.ends_on IS NULL OR other.ends_on >= NEW.starts_on)
    AND (NEW.ends_on IS NULL OR NEW.ends_on >= other.starts_on)"""  # noqa: S608 -- our own names


def install(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- a migration's signature
    """Put the refusals into the database."""
    for table, condition, sentence in (ENTRY, ROUND):
        for statement in _statements(schema_editor.connection.vendor, table, condition, sentence):
            schema_editor.execute(statement)


def let_filing_pass(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- as above
    """Let one thing be said of a closed round: that it was filed (备案) above. Everything else stays refused."""
    table, condition, sentence = ROUND
    update = f"{condition} AND NOT ({FILED})"
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {table}_update")
        schema_editor.execute(_statements("sqlite", table, update, sentence)[0])
        return
    execute = f"EXECUTE FUNCTION {table}_refuse()"
    schema_editor.execute(f"DROP TRIGGER {table}_frozen ON {table}")
    for name, act, when in (("frozen", "UPDATE", update), ("undeleted", "DELETE", condition)):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} FOR EACH ROW WHEN ({when}) {execute}"
        )


def refuse_emptying(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- as above
    """Refuse TRUNCATE as well, which passes no row by; SQLite has no such statement."""
    if schema_editor.connection.vendor == "sqlite":
        return
    for table, _, _ in (ENTRY, ROUND):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )


def keep_administrators_apart(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- as above
    """Refuse an appointment as one of the three administrators beside any other of the same person on the same day."""
    _put_up(schema_editor, _APART, "")


def pass_refused_grants_by(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- as above
    """Put the refusal of `keep_administrators_apart` up again, for a table that SQLite has made anew, and the same of
    an interface beside any other role: a grant that was not confirmed in the end (`standing` refused) stands beside
    anything.
    """
    administrators = _listed(_APART[2])
    others = f" AND other.role NOT IN ({administrators}) AND NEW.role NOT IN ({administrators})"  # refused above
    _put_up(schema_editor, _APART, _GRANTED)
    _put_up(schema_editor, _ALONE, _GRANTED + others)


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
    wanted += [] if is_sqlite else [f"{ROUND[0]}_undeleted"]
    for name in (f"{APPOINTMENT}_{suffix}" for suffix, _, _ in (_APART, _ALONE)):
        wanted += [f"{name}_{act}" for act in ("insert", "update")] if is_sqlite else [name]
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


def _put_up(schema_editor: Any, apart: Apart, more: str) -> None:
    suffix, sentence, roles = apart
    make = _apart_sqlite if schema_editor.connection.vendor == "sqlite" else _apart_postgres
    for statement in make(f"{APPOINTMENT}_{suffix}", sentence, _beside(roles) + more):
        schema_editor.execute(statement)


def _apart_sqlite(name: str, sentence: str, beside: str) -> list[str]:
    acts = ("INSERT", "UPDATE")
    return [f"DROP TRIGGER IF EXISTS {name}_{act.lower()}" for act in acts] + [
        f"CREATE TRIGGER {name}_{act.lower()} AFTER {act} ON {APPOINTMENT} WHEN EXISTS ({beside}) "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        for act in acts
    ]


def _apart_postgres(name: str, sentence: str, beside: str) -> list[str]:
    """Two that appoint one person at once wait for each other: neither would see the other's row."""
    body = f"""$$ BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('{APPOINTMENT}'), NEW.person_id::int);
        IF EXISTS ({beside}) THEN
            RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$"""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"DROP TRIGGER IF EXISTS {name} ON {APPOINTMENT}",
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON {APPOINTMENT} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
