from typing import Any

from django.db import migrations

from bihuan.core.search import TABLE

KIND = "kind"  # with the kind of matter behind it: a word of every entry


def name_kinds(apps: Any, schema_editor: Any) -> None:
    """Give every entry the word of its kind: an index from before there was one."""
    table = apps.get_model("bihuan", "Matter")._meta.db_table
    for kind in ("problem", "measure", "petition"):
        word = (
            f"' {KIND}{kind}'"
            if schema_editor.connection.vendor == "sqlite"
            else f"to_tsvector('simple', '{KIND}{kind}')"
        )
        ids = f"SELECT id FROM {table} WHERE kind = '{kind}'"  # noqa: S608 -- our own tables' names and words
        schema_editor.execute(f"UPDATE {TABLE} SET words = words || {word} WHERE rowid IN ({ids})")  # noqa: S608 -- as above


class Migration(migrations.Migration):
    dependencies = [
        ("bihuan", "0016_emergency"),
    ]

    operations = [migrations.RunPython(name_kinds, migrations.RunPython.noop)]
