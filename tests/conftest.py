"""What every test with a database ends with: the examination must find nothing, unless the test broke something."""

import os
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from bihuan.core import aside, examine, prepared
from bihuan.lib.garbage import look_seldom
from tests import cast as cast_module
from tests.cast import Cast
from tests.kept import LEADS, Kept

KEPT = Kept(cast_module.assemble)
settings.register_profile("bihuan", deadline=None)  # how fast one example is, is no promise of ours
settings.load_profile("bihuan")


def pytest_sessionstart() -> None:
    """As the program itself does when it starts."""
    look_seldom()


@pytest.fixture
def cast(db: None) -> Cast:
    """The permanent cast, seated."""
    return KEPT.lay()


@pytest.fixture(autouse=True)
def _examined(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that touched the database, `examine` is clean; `@pytest.mark.broken` says that it is not."""
    touched = "db" in request.fixturenames or "transactional_db" in request.fixturenames
    if touched:
        ours, own = request.getfixturevalue("settings"), request.getfixturevalue("tmp_path")
        ours.HEADS, ours.FILES = str(own / "trail.heads"), str(own / "files")
        request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    yield
    if touched and request.node.get_closest_marker("broken") is None:
        blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock():
            # What the tests of `examine` try, no other test can break: a database's own pages.
            assert [str(finding) for finding in examine.findings(skipping=[examine.pages])] == []


@pytest.fixture(autouse=True)
def _led(request: pytest.FixtureRequest) -> Iterator[None]:
    """What leads up to a test may be laid where the test changes nothing of the program before it."""
    names = request.node._fixtureinfo.argnames
    is_planted = any(request.node.get_closest_marker(mark) for mark in ("teeth", "broken"))
    LEADS.is_open = not is_planted and not {"monkeypatch", "settings", "mocker"} & {*names}
    yield
    LEADS.is_open = False


class Planting(pytest.MonkeyPatch):
    """What questions are made of may have been changed: their words are written anew, and those of the program as it
    was are back with it.
    """

    _put_back: Callable[[], None] | None = None

    def _planted(self) -> None:
        if self._put_back is None:
            self._put_back = prepared.set_aside()
        else:
            prepared.forget()

    def setattr(self, *args: Any, **kwargs: Any) -> None:
        """As ever."""
        super().setattr(*args, **kwargs)
        self._planted()

    def delattr(self, *args: Any, **kwargs: Any) -> None:
        """As ever."""
        super().delattr(*args, **kwargs)
        self._planted()

    def setitem(self, dic: Any, name: Any, value: Any) -> None:
        """As ever."""
        super().setitem(dic, name, value)
        if dic is not os.environ:
            self._planted()

    def delitem(self, dic: Any, name: Any, *args: Any, **kwargs: Any) -> None:
        """As ever."""
        super().delitem(dic, name, *args, **kwargs)
        if dic is not os.environ:
            self._planted()

    def undo(self) -> None:
        """As ever."""
        super().undo()
        if self._put_back is not None:
            self._put_back()
            self._put_back = None


@pytest.fixture
def monkeypatch() -> Iterator[pytest.MonkeyPatch]:
    """As ever, but that nothing is remembered of the program as it was, nor of what was planted."""
    planting = Planting()
    yield planting
    planting.undo()


@pytest.fixture(autouse=True)
def _travels() -> Iterator[None]:
    """Heavy work is done here by the tests; what it is given and what it answers could travel to another process."""
    here = aside.call

    def call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        function, args, kwargs = pickle.loads(pickle.dumps((function, args, kwargs)))  # noqa: S301 -- our own
        return pickle.loads(pickle.dumps(here(function, *args, **kwargs)))  # noqa: S301 -- as above

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside, "call", call)
        yield
