"""However long the trail is, by which thresholds lights went is read where an index has it."""

import pytest
from django.db import connection

from bihuan.rectification.queries import thresholds

pytestmark = pytest.mark.django_db


def test_what_was_changed_of_rules_is_read_in_the_order_of_its_index() -> None:
    plan = thresholds._told.__wrapped__(["130900"]).explain()  # type: ignore[attr-defined]  # the question itself

    if connection.vendor == "sqlite":  # the other goes through an empty table as it likes
        assert "USING INDEX entry_row (table=?)" in plan
        assert "TEMP B-TREE" not in plan
    else:
        assert "entry" in plan
