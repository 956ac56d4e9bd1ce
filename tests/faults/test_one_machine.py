"""The first operator's story: one machine, whose worker makes the backups; it is lost, and a new one goes on."""

import shutil
import signal
from pathlib import Path

import pytest

from tests.faults.test_workers import until
from tests.served import Site

ADD = """
from bihuan.core import clock
from bihuan.organisation.actions import appointing
from tests.cast import ROBOT
appointing.add_person("{name}", by=ROBOT, at=clock.now())
"""
ASK = """
from bihuan.core import clock, errands
from bihuan.organisation.models import Appointment
from bihuan.organisation.queries import scope
held = Appointment.objects.get(role="A1")
by = scope.actor_for(held.person.account, clock.today())
errands.ask("{name}", {{}}, by=by, at=clock.now())
"""
ASKED = "SELECT count(*) FROM bihuan_errand WHERE name = ? AND state = 'done'"


def asked(site: Site, name: str) -> float:
    """Have the worker do something that the system administrator asks for; how long that took."""
    before = site.number(ASKED, name)
    site.run(ASK.format(name=name))
    return until(lambda: site.number(ASKED, name) > before, 60, f"{name} was not done")


@pytest.mark.release
def test_a_machine_that_is_lost_comes_back_from_its_workers_backup(small: Site, tmp_path: Path) -> None:
    backups = {"BIHUAN_BACKUPS": str(tmp_path / "backups"), "BIHUAN_DEMO": "0"}
    small.more = backups
    small.run(ADD.format(name="备份以前"))
    small.start()
    asked(small, "backup")
    asked(small, "drill")
    small.run(ADD.format(name="备份以后"))
    small.stop(signal.SIGKILL)

    fresh = Site(tmp_path / "fresh", more=backups)
    shutil.copytree(small.data / "keys", fresh.data / "keys")
    shutil.rmtree(small.data)
    restored = fresh.bihuan("restore", backups["BIHUAN_BACKUPS"])
    assert (restored.returncode, restored.stderr) == (0, "")
    fresh.examine()
    fresh.start()
    asked(fresh, "examine")
    fresh.stop(signal.SIGTERM)

    names = fresh.names()
    assert (names["备份以前"], names["备份以后"]) == (1, 0)
    drills = "SELECT count(*) FROM bihuan_drill WHERE is_good AND is_in_earnest = ?"
    assert (fresh.number(drills, 0), fresh.number(drills, 1)) == (0, 1)


def test_heads_that_cannot_be_written_are_said_in_a_sentence(small: Site, tmp_path: Path) -> None:
    backups, closed = str(tmp_path / "backups"), tmp_path / "closed"
    assert small.bihuan("backup", "-o", backups).returncode == 0
    closed.touch()
    small.more = {"BIHUAN_HEADS": str(closed / "trail.heads")}

    drilled = small.bihuan("drill", backups)

    assert (drilled.returncode, drilled.stderr.count("\n")) == (1, 1)
    assert drilled.stderr.startswith("没有办成，")
