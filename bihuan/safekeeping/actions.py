"""What safekeeping writes: one row for each backup that was put back."""

from datetime import datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.safekeeping.drill import Outcome
from bihuan.safekeeping.models import Drill

LONGEST = 300


@action
def record_drill(backup: str, outcome: Outcome, *, by: Actor, at: datetime, is_in_earnest: bool = False) -> Drill:
    """Note that a backup was put back (恢复演练, 恢复): which one, how long it took, and what was wrong."""
    found = outcome.manifest
    return audit.create(
        Drill(
            done_at=at,
            backup=backup[:100],
            seconds=outcome.seconds,
            is_good=not outcome.fault,
            fault=outcome.fault[:LONGEST],
            is_in_earnest=is_in_earnest,
            made_at=found.made if found else None,
            newest_at=outcome.newest_at,
            entries=found.number if found else 0,
        )
    )
