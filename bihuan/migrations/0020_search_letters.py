from typing import Any

from django.db import migrations

from bihuan.core.search import TABLE

KIND = "kind"  # with the kind of matter behind it: a word of every entry until now
LETTERS = {"problem": "p", "measure": "m", "petition": "x"}


def mark_kinds(apps: Any, schema_editor: Any) -> None:
    """Put every pair under the letter of its kind: an index from before they were."""
    table = apps.get_model("bihuan", "Matter")._meta.db_table
    for kind, letter in LETTERS.items():
        if schema_editor.connection.vendor == "sqlite":
            words = f"'{letter}' || replace(replace(words, ' {KIND}{kind}', ''), ' ', ' {letter}')"
        else:
            lexemes = f"quote_literal('{letter}' || lexeme) || ':' || array_to_string(positions, ',')"
            words = f"(SELECT string_agg({lexemes}, ' ')::tsvector FROM unnest(words) WHERE lexeme <> '{KIND}{kind}')"  # noqa: S608 -- our own words
        ids = f"SELECT id FROM {table} WHERE kind = '{kind}'"  # noqa: S608 -- our own table's name
        schema_editor.execute(f"UPDATE {TABLE} SET words = {words} WHERE rowid IN ({ids})")  # noqa: S608 -- as above


class Migration(migrations.Migration):
    dependencies = [
        ("bihuan", "0019_sealed_papers"),
    ]

    operations = [migrations.RunPython(mark_kinds, migrations.RunPython.noop)]
