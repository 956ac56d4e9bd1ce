"""What the administrators watch: their figures, the sealed codes, who is signed in, tokens, the background's work."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bihuan.core import clock, errands, history, jobs, work
from bihuan.core.actor import Actor
from bihuan.organisation.queries import access, emergency, interfaces, scope, staff, structure
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.emergency import HOLDERS
from bihuan.outgoing.queries import receivers_told, receivers_waiting

ENDED, RUN_OUT = "已停用", "已到期"


def system_figures(by: Actor, now: datetime) -> dict[str, int]:
    """What a system administrator's own page counts, by name."""
    city = by.city
    return {
        "units": structure.units_in(city).count(),
        "people": staff.people_in(city).count(),
        "posts": staff.posts_in(city).count(),
        "accounts": staff.accounts_in(city).count(),
        "grants": staff.grants_to_confirm(by).count(),
        "slips": _open_slips(city, now),
        "failed": errands.failed(city).count(),
        "receivers": receivers_waiting(city).count(),
        **_emergencies(city, now),
    }


def security_figures(by: Actor, now: datetime) -> dict[str, int]:
    """What a security administrator's own page counts, by name."""
    city = by.city
    return {
        "waiting": staff.grants_waiting(city).count(),
        "granted": staff.appointments_in(city).filter(scope.in_force(clock.day_of(now))).count(),
        "slips": _open_slips(city, now),
        "sign_ins": access.open_sign_ins(city, now).count(),
        "receivers": receivers_told(city).count(),
        "tokens": interfaces.tokens_in(city).filter(ended_at=None).count(),
        **_emergencies(city, now),
    }


def _open_slips(city: str, now: datetime) -> int:
    return access.open_slips(now).filter(city=city).count()


def _emergencies(city: str, now: datetime) -> dict[str, int]:
    """How many emergencies last (one at most), how many of the three codes are sealed."""
    lasting = emergency.open_unsealings(city, now).count()
    return {"emergencies": lasting, "codes": emergency.codes_kept(city, now).count()}


def codes(city: str, now: datetime) -> list[tuple[Role, Any, bool]]:
    """Each administrator's role, the code sealed by him or None, whether it was made when the office was set up, so
    that whoever did that saw it.
    """
    kept = {Role(code.role): code for code in emergency.codes_kept(city, now)}
    begun = history.begun([*kept.values()])
    found = ((role, kept.get(role)) for role in sorted(HOLDERS))
    return [(role, code, code is not None and begun[code.pk][1] != code.holder.name) for role, code in found]


def over_at(unsealing: Any) -> datetime:
    """When an emergency ended, or ends."""
    over: datetime = unsealing.ended_at or unsealing.valid_until
    return over


def seen_at(sign_in: Any) -> datetime | None:
    """When a browser was last seen; None where it never came back."""
    return max((session.seen_at for session in sign_in.sessions.all() if session.seen_at), default=None)


def standing_of(token: Any, today: date) -> str:
    """Why a token opens nothing any more; "" while it does, or is to."""
    if token.ended_at:
        return ENDED
    return "" if token.ends_on >= today else RUN_OUT


def work_called(name: str) -> str:
    """What a piece of the background's work is called."""
    return work.KINDS[name].label if name in work.KINDS else name


def regular() -> Iterator[tuple[str, str, jobs.Job | None]]:
    """What comes again by itself: what it is called, when it comes, the last that was done."""
    for name, kind in work.KINDS.items():
        if kind.slots is not None:
            yield kind.label, kind.slots.said, jobs.done_last(name)
