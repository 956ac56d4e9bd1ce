"""P5 on both databases: who looks for a petitioner's number or name among the petitions finds no petition by it."""

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.canaries import given_name, identity, written_down
from tests.cast import NOON, Cast, account_of


@time_machine.travel(NOON, tick=False)
@pytest.mark.promise("P5")
def test_a_marker_that_is_looked_for_finds_nothing_for_anybody(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """Nobody learns by searching, filtering or sorting whether a petitioner is there."""
    settings.FILES = str(tmp_path / "files")
    reader = written_down(cast)
    for by in (reader, cast.chen, cast.wang, cast.zhang):
        client = Client()
        client.force_login(account_of(by))
        for words in (
            identity(3)["phone"],
            given_name(3),
            f"赵{given_name(3)}",
            identity(3)["id_number"],
            "a_kanari_3",
        ):
            for address in (
                "/search/?q=",
                "/ledgers/petitions/?content=",
                "/ledgers/petitions/?findings=",
                "/ledgers/petitions/?number=",
            ):
                text = client.get(address + words).content.decode()
                assert re.findall(r'href="/petitions/[A-Z]', text) == []
