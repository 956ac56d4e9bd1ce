"""What the background does: lights and figures that change with the day alone, keys of what was signed off, comparisons
of what came in.
"""

from collections.abc import Iterator, Sequence

from bihuan.core import clock
from bihuan.core.work import Task
from bihuan.matters.actions.watching import keep_keys
from bihuan.matters.models import Matter
from bihuan.matters.queries.watching import unwatched
from bihuan.rectification.actions import lighting
from bihuan.rectification.actions.watching import record_comparisons
from bihuan.rectification.queries import watching

AT_ONCE = 50  # matters a deed, so that nobody waits long for the database
MOST = 2_000  # newcomers a time; the rest comes with the next


def carry_lights(task: Task) -> str:  # noqa: ARG001 -- a job's signature
    """Carry lights and figures on to this day."""
    today = clock.today()
    return f"推算到{today.isoformat()}，{lighting.carry_on(today)}件有变动。"


def watch(task: Task) -> str:
    """Keep the keys of what was signed off since the last time, then compare what was handed over.

    What lies near is compared before anything is written: nobody's step waits for it.
    """
    for some in _some([*unwatched(watching.CLOSED)]):
        days, found = watching.closing_days(some), watching.traces(some)
        keep_keys((one, found[one.pk], days.get(one.pk)) for one in some if one.pk in found)
    compared = raised = 0
    for city in watching.cities():
        for some in _some([*watching.uncompared(city)[:MOST]]):
            held = watching.held_against(some)
            raised += len(record_comparisons(held, by=task.by, at=clock.now())) if held else 0
            compared += len(held)
    return f"比对{compared}件，提出反弹线索{raised}条。"


def _some(found: Sequence[Matter]) -> Iterator[Sequence[Matter]]:
    return (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))
