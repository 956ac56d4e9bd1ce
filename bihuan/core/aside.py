"""Heavy work in a process of its own: whoever asked for it waits, and nobody else does.

Hides the process that is forked for it, and how a call and its answer travel. A thread that makes a workbook of thirty
thousand rows shares one interpreter with every page that is asked for meanwhile; a process shares only the machine, and
gives way there.
"""

import logging
import os
import pickle
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Semaphore
from typing import Any, ParamSpec, TypeVar

from django.db import connection

from bihuan.core import still

Params = ParamSpec("Params")
Result = TypeVar("Result")
AT_ONCE = 4  # processes; who comes then waits in line
YIELDING = 5  # how far they give way to those who answer pages
PIECE = 1 << 20
ASKED = b"?"
log = logging.getLogger(__name__)


class Unfinished(Exception):  # noqa: N818 -- reads as a sentence
    """The process ended before it answered; what it was writing is there whole or not at all."""


class Line:
    """The way to the process that forks; `turns` are those that a thread gives back while it waits for an answer."""

    door: socket.socket | None = None
    turns: Semaphore | None = None


def call(function: Callable[Params, Result], *args: Params.args, **kwargs: Params.kwargs) -> Result:
    """What a module's function returns, run in a process of its own; where no server keeps one, here.

    Arguments and answer are values or rows. What it raises is raised here; `Unfinished` when it was killed. Never
    inside a transaction: the other process would not see it.
    """
    if Line.door is None or connection.in_atomic_block:
        return function(*args, **kwargs)
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            try:
                socket.send_fds(Line.door, [ASKED], [theirs.fileno()])
            except OSError:
                log.warning("the process for heavy work is gone")
                return function(*args, **kwargs)
        with _waiting():
            said = _asked(ours, pickle.dumps((function, args, kwargs)))
    still.moved()
    try:
        is_done, answer = pickle.loads(said)  # noqa: S301 -- from a process of our own, over a pair that nobody else holds
    except (EOFError, pickle.UnpicklingError):  # it was killed before it had said anything, or everything
        raise Unfinished from None
    if not is_done:
        raise answer
    result: Result = answer
    return result


@contextmanager
def _waiting() -> Iterator[None]:
    """A thread that waits holds neither its turn nor a connection."""
    connection.close()
    if Line.turns is None:
        yield
        return
    Line.turns.release()
    try:
        yield
    finally:
        Line.turns.acquire()


def _asked(line: socket.socket, question: bytes) -> bytes:
    """What the other side said until it ended; nothing where it was gone."""
    try:
        line.sendall(question)
        line.shutdown(socket.SHUT_WR)
        return _whole(line)
    except OSError:
        return b""


def _whole(line: socket.socket) -> bytes:
    said = bytearray()
    while piece := line.recv(PIECE):
        said += piece
    return bytes(said)


def pair() -> tuple[socket.socket, socket.socket]:
    """Both ends of the line: where is asked, and where it is heard."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def serve(heard: socket.socket) -> None:
    """Fork a process for each call, so many at once, until nobody is left who could ask. Holds no connection."""
    Line.door = None
    running: set[int] = set()
    while True:
        message, handed, _, _ = socket.recv_fds(heard, len(ASKED), 1)
        if not message:
            return
        while len(running) >= AT_ONCE:
            running.discard(os.wait()[0])
        running -= {one for one in running if os.waitpid(one, os.WNOHANG)[0]}
        line = socket.socket(fileno=handed[0])
        child = os.fork()
        if not child:
            heard.close()
            _answer_and_end(line)
        running.add(child)
        line.close()


def _answer_and_end(line: socket.socket) -> None:
    """In the process of one call."""
    try:
        os.nice(YIELDING)
        function, args, kwargs = pickle.loads(_whole(line))  # noqa: S301 -- as above
        line.sendall(_answer(function, args, kwargs))
    except BaseException:
        log.exception("heavy work was not answered")
    finally:
        os._exit(0)


def _answer(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    try:
        return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as fault:  # noqa: BLE001 -- whatever it is, it is the asker's
        return pickle.dumps((False, fault))
