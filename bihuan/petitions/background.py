"""What the background does for petitions: those that came in are compared with those before them."""

from bihuan.core import clock
from bihuan.core.work import Task
from bihuan.petitions.actions.repeats import keep_keys, propose_pairs
from bihuan.petitions.queries import repeats

AT_ONCE = 50  # petitions a deed, so that nobody waits long for the database
MOST = 5_000  # petitions a time; the rest comes with the next


def compare(task: Task) -> str:
    """Compare every petition that was not compared yet, propose what may be one, and keep what it is found by.

    What lies near is compared before anything is written: nobody's step waits for it.
    """
    rows = [*repeats.uncompared()[:MOST]]
    proposed = 0
    for start in range(0, len(rows), AT_ONCE):
        found = repeats.compared(rows[start : start + AT_ONCE])
        for city in sorted({one.petition.city for one in found}):
            news = [one for one in repeats.unproposed(found) if one[1].city == city]
            proposed += len(propose_pairs(news, by=task.by, at=clock.now())) if news else 0
        keep_keys(found)
    return f"查重{len(rows)}件，提出疑似重复{proposed}对。"
