"""A secret's own file: made once, for nobody else to read."""

import stat
from pathlib import Path

from bihuan.lib.keyfile import kept


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "inner" / "key"

    assert [kept(path, lambda: b"first"), kept(path, lambda: b"second")] == [b"first", b"first"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["key"]


def test_of_two_that_begin_together_the_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "key"

    def slow() -> bytes:
        path.write_bytes(b"another's")
        return b"mine"

    assert kept(path, slow) == b"another's"
