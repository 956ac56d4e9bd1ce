"""A column that comes later is empty in an old row as its trail says: None, or the default that the model names."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations import AddField

from bihuan.core.audit import Recorded
from tests.house.source import ROOT

SINCE = "0037"  # what came before was looked at by upgrading stored databases


def added() -> list[Any]:
    """Every column that a later migration adds to a business record and that still stands."""
    paths = sorted((ROOT / "bihuan" / "migrations").glob("0*.py"))
    modules = [import_module(f"bihuan.migrations.{path.stem}") for path in paths if path.stem >= SINCE]
    steps = [one for module in modules for one in module.Migration.operations if isinstance(one, AddField)]
    models = [(apps.get_model("bihuan", one.model_name), one.name) for one in steps]
    return [model._meta.get_field(name) for model, name in models if issubclass(model, Recorded)]


def wanting(column: Any) -> bool:
    """Whether an old row would have a value that its trail does not tell."""
    return not column.null and not column.has_default()


def test_a_later_column_of_a_record_may_be_empty_or_names_its_default() -> None:
    columns = added()

    assert columns
    assert [f"{one.model.__name__}.{one.name}" for one in columns if wanting(one)] == []


def test_a_later_column_without_a_default_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    team = apps.get_model("bihuan", "inspection")._meta.get_field("team")
    monkeypatch.setattr(team, "has_default", lambda: False)

    with pytest.raises(AssertionError):
        test_a_later_column_of_a_record_may_be_empty_or_names_its_default()


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_model_that_no_migration_made_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    team = apps.get_model("bihuan", "inspection")._meta.get_field("team")
    monkeypatch.setattr(team, "max_length", team.max_length + 1)

    with pytest.raises(SystemExit):
        test_the_migrations_make_what_the_models_say()
