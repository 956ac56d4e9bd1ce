"""What leads up to a test is done by deeds once, and laid where the next test stands where it began."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from bihuan.core import still
from tests.cast import Cast
from tests.kept import LEADS, Leads, state_of_all
from tests.loop import Loop, make_loop


def never() -> Loop:
    raise AssertionError("it was done by deeds")


def road(cast: Cast) -> Callable[[], Loop]:
    """The way to an accepted problem, every step of it a deed."""

    def go() -> Loop:
        LEADS.is_open = False
        loop = make_loop(cast)
        loop.to_accepted()
        return loop

    return go


def undone(do: Callable[[], Loop]) -> None:
    """Do it, and take it back: the rows, and what stands beside them."""
    heads = Path(settings.HEADS).read_bytes()
    with transaction.atomic():
        do()
        transaction.set_rollback(True)
    Path(settings.HEADS).write_bytes(heads)
    still.forget()


@pytest.fixture
def leads() -> Leads:
    own = Leads()
    own.is_open = True
    return own


def test_what_is_laid_is_what_the_deeds_left_and_the_next_deed_follows(cast: Cast, leads: Leads) -> None:
    left = []

    def done() -> Loop:
        loop = leads.led("road", road(cast))
        left.append(state_of_all())
        return loop

    undone(done)
    loop = leads.led("road", never)

    laid = state_of_all()
    assert laid.rows == left[0].rows
    assert (laid.words, laid.heads, laid.files) == (left[0].words, left[0].heads, left[0].files)
    loop.publish()
    assert loop.fresh().matter.state == "noticed"


def test_two_that_were_laid_share_nothing(cast: Cast, leads: Leads) -> None:
    undone(lambda: leads.led("road", road(cast)))
    first = leads.led("road", never)
    first.told.append("changed")

    assert leads._led
    assert all("changed" not in one.made.told for one in leads._led.values())


def test_from_another_state_and_where_the_program_is_changed_every_deed_is_done(cast: Cast, leads: Leads) -> None:
    undone(lambda: leads.led("road", road(cast)))
    leads.is_open = False
    with pytest.raises(AssertionError, match="by deeds"):
        leads.led("road", never)

    leads.is_open = True
    make_loop(cast, "HE9")
    with pytest.raises(AssertionError, match="by deeds"):
        leads.led("road", never)
