"""A step, told outside: the notice is written in the step's own deed, for each receiver, and delivered later.

Hides what a notice says: codes, the names of kind, step and state, the moment. Never a text, a name, or who petitioned.
"""

from typing import Any
from uuid import uuid4

from bihuan.core import audit, clock, jobs
from bihuan.core.work import Later, Task
from bihuan.outgoing import queries, rules, sending
from bihuan.outgoing.models import Receiver

KIND = "deliver"


def announce(flow: str, step: str, row: Any) -> None:
    """Tell every receiver of the row's city of a step on a matter, inside the deed; nothing where none is listed."""
    if row.about:
        for to in queries.receivers_told(row.city):
            _ask(to, {"kind": flow, "step": step, "code": row.about, "state": row.state})


def greet(to: Receiver) -> None:
    """Tell a receiver, inside a deed, that it is listed."""
    _ask(to, {"kind": "receiver", "step": "confirm", "code": "", "state": to.state})


def _ask(to: Receiver, data: dict[str, str]) -> None:
    notice = {"id": uuid4().hex, "type": f"{data['kind']}.{data['step']}", "data": {**data, "city": to.city}}
    told = {**notice, "timestamp": audit.plain_value(audit.deed().at)}
    jobs.enqueue(KIND, {"receiver": to.pk, "notice": told}, lane=to.lane)


def deliver(task: Task) -> str:
    """Send one notice; tried again later where nobody takes it, and not at all where the receiver was stopped.

    `Later` says why it did not arrive.
    """
    to = queries.receiver_by_key(task.args["receiver"])
    if to is None:
        return "接收方已停用，没有送。"
    notice = task.args["notice"]
    body, stamp = audit.canonical(notice).encode(), int(clock.machine_now().timestamp())
    signed = rules.signature(queries.secret_of(to), notice["id"], stamp, body)
    try:
        sending.send(to.url, notice["id"], stamp, signed, body)
    except sending.Unsent as why:
        raise Later(str(why)) from None
    return "已送到。"
