"""Ctrl+C: a terminal sends it to the server and all its workers at once; they end quietly, and leave nobody behind."""

import os
import signal

import pytest

from tests.served import Site


@pytest.mark.parametrize("turn", range(3))
def test_ctrl_c_ends_quietly(site: Site, turn: int) -> None:
    site.start()
    group = site.pid

    os.killpg(group, signal.SIGINT)

    assert site.server is not None
    assert site.server.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_a_manager_that_stops_every_process_at_once_is_not_kept_waiting(site: Site) -> None:
    site.start()

    site.stop(signal.SIGTERM)

    assert site.server is not None
    assert site.server.returncode in (0, 1)
