from typing import Any

from django.db import migrations

from bihuan.core import triggers
from bihuan.core.search import TABLE


def make_index(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- a migration's signature
    """Make the table of the search index."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize='unicode61')")
        return
    schema_editor.execute(f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
    schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)")


class Migration(migrations.Migration):
    dependencies = [("bihuan", "0001_initial")]
    operations = [
        migrations.RunPython(triggers.install, migrations.RunPython.noop),
        migrations.RunPython(make_index, migrations.RunPython.noop),
    ]
