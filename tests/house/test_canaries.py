"""P5: fifty petitioners made of markers, and every principal at every address: no marker comes out, but to the desk
that opened one, on that page. Nor does one stand in the database, the files, a log or the temporary folder.
"""

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.db import connection

from bihuan.core import export, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.organisation.models import Session
from bihuan.organisation.rules.duties import ADMINISTRATORS, Role
from bihuan.petitioners.queries import sight
from bihuan.petitions.models import Petition
from bihuan.web import petition_view
from tests import canaries
from tests.actions.intake.test_personal import everything_stored
from tests.canaries import MARKER, crawl, given_name, identity, starts, written_down
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.desk import desk, seated
from tests.house.asking import Asking
from tests.served import Site

CAST = ("zhang", "li", "wang", "chen", "qian", "sun", "zhao")
PARTS = 3
LEAST = {"reader": 200, "O2": 80, "nobody": 30}  # pages read: a crawl that stands still proves nothing
EVERY, FEW = 100, 6  # addresses of one kind; the desk, which alone may see anything, is led to every one
AT_THE_UNIT = {role for role in Role if role[0] in "UCVL"}


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.FILES = str(tmp_path / "files")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def reader(cast: Cast) -> Actor:
    return written_down(cast)


def principals(cast: Cast, by: Actor) -> dict[str, Actor | None]:
    """The cast, everybody's role, the desk, a desk of the unit complained of, and nobody."""
    found: dict[str, Actor | None] = {name: getattr(cast, name) for name in CAST}
    for role in Role:
        found[role.value] = seated(cast, role, f"als-{role.value}", cast.water if role in AT_THE_UNIT else None)
    return found | {"reader": by, "accused": desk(cast, "accused", cast.water), "nobody": None}


def begin(cast: Cast) -> list[str]:
    codes = ["HE2-X0001", "HE2-X0002", "HE2-P001", "HE2-M001-01"]
    return starts(codes, [1, cast.water.pk, cast.zhang.person or 0])


def leaks(by: Actor | None, addresses: list[str], *, each: int = FEW) -> tuple[dict[str, list[str]], int]:
    """({address: markers that it told}, how many were read) to this person."""
    client = Asking()
    if by is not None:
        client.force_login(account_of(by))
    found, count = {}, 0
    for url, text in crawl(client, addresses, each):
        count += 1
        if marks := sorted(set(MARKER.findall(without_question(url, text)))):
            found[url] = marks
    return found, count


def without_question(url: str, text: str) -> str:
    """A page says again what it was asked; that is no answer."""
    return text.replace(given_name(0), "") if given_name(0) in unquote(url) else text


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.promise("P5")
def test_no_principal_is_told_a_marker_at_any_address(cast: Cast, reader: Actor, caplog: Any, part: int) -> None:
    caplog.set_level(logging.INFO)
    addresses, told, counts = begin(cast), {}, {}

    for who, by in [*principals(cast, reader).items()][part::PARTS]:
        found, counts[who] = leaks(by, addresses, each=EVERY if by is reader else FEW)
        told |= {(who, url): marks for url, marks in found.items()}

    page = ("reader", "/petitions/HE2-X0001/petitioner/")
    assert [*told] == ([page] if "reader" in counts else [])  # the one page that the desk opened
    assert all(len(marks) >= 4 for marks in told.values())
    assert all(count > LEAST.get(who, 0) for who, count in counts.items())
    assert MARKER.findall(caplog.text) == []
    assert_nothing_is_stored()


def assert_nothing_is_stored() -> None:
    sessions = json.dumps([one.get_decoded() for one in Session.objects.all()], ensure_ascii=False)
    dump = connection.connection.serialize() if connection.vendor == "sqlite" else b""
    temporary = b"".join(path.read_bytes() for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file())
    words = everything_stored() + sessions + dump.decode("utf-8", "ignore") + temporary.decode("utf-8", "ignore")
    assert MARKER.findall(words) == []
    assert [one for one in ("\\u9f2", *hexed()) if one in words.lower()] == []


def hexed() -> list[str]:
    return [identity(3)[name].encode().hex() for name in ("name", "phone", "address")]


SCRIPT = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import cast as people
from tests.canaries import export_two, fill
from tests.cast import NOON
from tests.desk import desk
from tests.makers import make_inspection
from bihuan.petitioners.actions.reading import ask_opening
cast = people.assemble()
by = desk(cast)
petitions = fill(cast, by, make_inspection(cast))
ask_opening(petitions[0], ["name", "phone"], "call_back", "核实", by=by, at=NOON)
export_two(petitions, by, cast.wang)
"""


@pytest.mark.promise("P5")
def test_no_file_of_the_site_holds_one(tmp_path: Path) -> None:
    """The database, its log, the trail's heads, sealed papers, the temporary folder: as they lie on the disk."""
    site = Site(tmp_path / "site")
    site.data.mkdir()
    env = {**site.env, "TMPDIR": str(tmp_path / "temporary")}

    subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, check=True)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    holding = [path.name for path in files if MARKER.search(path.read_bytes().decode("utf-8", "ignore"))]
    assert holding == []
    assert {"bihuan.sqlite3", "trail.heads", "vault.key", "index.key"} <= {path.name for path in files}


def in_title(monkeypatch: pytest.MonkeyPatch) -> str:
    def planted(content: str) -> str:
        row = Petition.objects.get(number_key="D2HE202204120001").petitioner
        return content[:5] + sight.plain_words(row, "name")

    monkeypatch.setattr(petition_view, "_title", planted)
    return "/petitions/HE2-X0002/"


def in_export(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(export, "_plain", lambda cell: f"{cell}{identity(1)['phone']}")
    return "/ledgers/petitions/workbook/"


@action
def tell(person: int, *, by: Actor, at: Any) -> None:
    outbox.tell([person], f"请回电{identity(1)['phone']}", at=at)


def in_message(monkeypatch: pytest.MonkeyPatch) -> str:
    from bihuan.organisation.models import Person

    tell(Person.objects.get(name="陈科").pk, by=ROBOT, at=NOON)
    return "/messages/"


@pytest.mark.broken
@pytest.mark.parametrize("plant", [in_title, in_export, in_message])
@pytest.mark.teeth("P5")
def test_a_marker_that_is_planted_is_found(
    cast: Cast, reader: Actor, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], str]
) -> None:
    address = plant(monkeypatch)

    found, _ = leaks(cast.chen, [address])

    assert address in found
    if plant is in_message:
        with pytest.raises(AssertionError):
            assert_nothing_is_stored()


def test_every_role_is_among_the_principals(cast: Cast) -> None:
    found = principals(cast, desk(cast))

    assert len(found) >= 32
    assert found.keys() >= LEAST.keys()
    assert {role.value for role in Role} <= found.keys()
    assert {role.value for role in ADMINISTRATORS} <= found.keys()
    assert len(canaries.starts(["HE2-X0001"], [1])) > 35
