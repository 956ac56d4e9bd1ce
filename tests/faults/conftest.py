"""The city that faults happen to: built once, copied for each test, examined at each end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import Site


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city's data folder, built once."""
    site = Site(tmp_path_factory.mktemp("city"))
    built = site.bihuan("demo", "--no-serve")
    assert built.returncode == 0, built.stderr
    return site.data


@pytest.fixture
def site(city: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the city; examined at the end."""
    site = Site(tmp_path / "data")
    shutil.copytree(city, site.data)
    yield site
    site.examine()
