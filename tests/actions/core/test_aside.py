"""Heavy work in a process of its own: the answer and the refusal travel, a process that is killed is noticed."""

import multiprocessing
import os
import pickle
import signal
import socket
import threading
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

import pytest

from bihuan.core import aside
from bihuan.core.action import Repeated
from bihuan.lib.flow import Refused


def doubled(number: int, *, more: bytes = b"") -> tuple[int, int, bytes]:
    return os.getpid(), 2 * number, more


def refuse() -> None:
    raise Refused("不行。")


def repeat() -> None:
    raise Repeated("HE2-P001")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hear(door: object, heard: object) -> None:
    door.close()  # type: ignore[attr-defined]  # a socket
    aside.serve(heard)  # type: ignore[arg-type]  # as above


@pytest.fixture
def served() -> Iterator[BaseProcess]:
    door, heard = aside.pair()
    process = multiprocessing.get_context("fork").Process(target=hear, args=(door, heard))
    process.start()
    heard.close()
    aside.Line.door = door
    yield process
    aside.Line.door = aside.Line.turns = None
    door.close()
    process.join(10)
    assert process.exitcode is not None, "it does not end with those who could ask"


def test_another_process_answers(served: BaseProcess) -> None:
    who, twice, more = aside.call(doubled, 21, more=bytes(3_000_000))

    assert who not in (os.getpid(), served.pid)
    assert (twice, more) == (42, bytes(3_000_000))


def test_without_such_a_process_it_is_done_here() -> None:
    assert aside.call(doubled, 21) == (os.getpid(), 42, b"")


def test_where_the_process_is_gone_it_is_done_here(served: BaseProcess) -> None:
    served.kill()
    served.join(10)

    assert aside.call(doubled, 21)[0] == os.getpid()


def test_what_is_refused_there_is_refused_here(served: BaseProcess) -> None:
    with pytest.raises(Refused, match="不行。"):
        aside.call(refuse)
    with pytest.raises(Repeated) as repeated:
        aside.call(repeat)

    assert repeated.value.result == "HE2-P001"


def test_a_process_that_is_killed_is_noticed_and_the_next_call_is_answered(served: BaseProcess) -> None:
    with pytest.raises(aside.Unfinished):
        aside.call(die)

    assert aside.call(doubled, 1)[1] == 2


def test_an_answer_that_breaks_off_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    door, heard = aside.pair()
    monkeypatch.setattr(aside.Line, "door", door)

    def answer_half() -> None:
        handed = socket.recv_fds(heard, 1, 1)[1]
        with socket.socket(fileno=handed[0]) as line:
            aside._whole(line)
            line.sendall(pickle.dumps((True, bytes(1_000)))[:500])

    with door, heard:
        other = threading.Thread(target=answer_half)
        other.start()
        with pytest.raises(aside.Unfinished):
            aside.call(doubled, 21)
        other.join(10)


def test_more_calls_than_processes_stand_in_line(served: BaseProcess) -> None:
    said: list[int] = []
    calls = [threading.Thread(target=lambda n=n: said.append(aside.call(doubled, n)[1])) for n in range(6)]
    for one in calls:
        one.start()
    for one in calls:
        one.join(20)

    assert sorted(said) == [0, 2, 4, 6, 8, 10]


def test_who_waits_gives_his_turn_back(served: BaseProcess) -> None:
    turns = aside.Line.turns = threading.Semaphore(1)
    with turns, aside._waiting():
        assert turns.acquire(blocking=False), "the turn was kept"
        turns.release()

    assert turns.acquire(blocking=False)


def test_inside_a_transaction_it_is_done_here(served: BaseProcess, db: None) -> None:
    assert aside.call(doubled, 21)[0] == os.getpid()
