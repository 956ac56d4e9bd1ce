"""The city that faults happen to: built once, copied for each test, examined at each end."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import once
from tests.faults.sizes import CROWD
from tests.house.source import ROOT
from tests.served import Site, sample_city

MIGRATIONS = ROOT / "bihuan/migrations"

KEEP = """
from bihuan.core import clock, files
from bihuan.core.action import action
from bihuan.core.actor import Actor

@action
def keep(name, data, *, by, at, is_sealed=False):
    return files.keep(name, data, city=by.city, is_sealed=is_sealed)

for name, is_sealed in (("照片.jpg", False), ("来信.txt", True)):
    keep(name, name.encode(), by=Actor.system("布置", "130900"), at=clock.now(), is_sealed=is_sealed)
"""
SEAT = """
from bihuan.organisation.models import Unit
from bihuan.organisation.rules.duties import Role
from tests.cast import _seat
office = Unit.objects.filter(kind="整改办").first()
for number in range(4):
    _seat(f"写{number}", office, f"写岗{number}", Role.COORDINATION, f"writer{number}")
"""

FIRST = ("--system", "甲某", "--security", "乙某", "--audit", "丙某", "--head", "丁某", "--desk", "李某")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city's data folder, built once."""
    return sample_city(tmp_path_factory)


@pytest.fixture(scope="session")
def province() -> Path:
    """A data folder of 200,000 matters, which takes five minutes to make: kept from one run to the next in the folder
    BIHUAN_PROVINCE, or in the temporary one under the name of the last migration.
    """
    last = max(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))
    folder = Path(os.environ.get("BIHUAN_PROVINCE", f"{tempfile.gettempdir()}/bihuan-province-{last}"))
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        built = Site(folder).bihuan("sample", "province")
        assert built.returncode == 0, built.stderr
        (folder / "whole").touch()
    return folder


@pytest.fixture
def crowded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A copy of what a crowd comes to: the sample city, or a province where a promise is tried whole; examined at the
    end.
    """
    site = Site(tmp_path / "crowded")
    shutil.copytree(request.getfixturevalue("province" if CROWD.is_whole else "city"), site.data)
    yield site
    site.end()
    site.examine()
    shutil.rmtree(site.data)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an empty office with two files of evidence, one of them sealed; made once."""

    def make(folder: Path) -> None:
        site = Site(folder)
        opened = site.bihuan("setup", "--city", "130900", *FIRST)
        assert opened.returncode == 0, opened.stderr
        site.run(KEEP)

    return once.made(tmp_path_factory, "office", make)


@pytest.fixture(scope="session")
def seated(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office with four at its desk: writer0 to writer3; made once."""

    def make(folder: Path) -> None:
        shutil.copytree(office, folder)
        Site(folder).run(SEAT)

    return once.made(tmp_path_factory, "seated", make)


@pytest.fixture(scope="session")
def first_backup(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of backups with one good one, of the empty office; made once."""

    def make(folder: Path) -> None:
        done = Site(office).bihuan("backup", "-o", str(folder))
        assert (done.returncode, done.stderr) == (0, "")

    return once.made(tmp_path_factory, "backups", make)


@pytest.fixture
def backup(first_backup: Path, tmp_path: Path) -> Path:
    """A copy of that backup, in a folder of backups of its own."""
    shutil.copytree(first_backup, tmp_path / "backups")
    return next((tmp_path / "backups").glob("*Z"))


@pytest.fixture
def small(office: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the empty office."""
    site = Site(tmp_path / "small")
    shutil.copytree(office, site.data)
    yield site
    site.end()


@pytest.fixture
def manned(seated: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the office with four at its desk."""
    site = Site(tmp_path / "manned")
    shutil.copytree(seated, site.data)
    yield site
    site.end()


@pytest.fixture(scope="module")
def open_city(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the city, served to the tests of one file, which do not ask for the same rows; examined at the end."""
    site = Site(tmp_path_factory.mktemp("open") / "data")
    shutil.copytree(city, site.data)
    site.start()
    try:
        yield site
        site.stop()
    finally:
        site.end()
    site.examine()


@pytest.fixture
def site(city: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the city; examined at the end."""
    site = Site(tmp_path / "data")
    shutil.copytree(city, site.data)
    yield site
    site.end()
    site.examine()
