"""The administrators' own pages: what each watches over. None of it is the office's business, none for interfaces."""

from datetime import datetime
from typing import Any

from ninja import Query, Schema
from pydantic import Field

from bihuan.api import own, shapes
from bihuan.api.door import operation
from bihuan.api.paging import Backwards, Forwards, refuse_unknown
from bihuan.api.writing import Words
from bihuan.core import clock, errands, history, jobs, timetable
from bihuan.core.condition import condition
from bihuan.gate import retention as kept
from bihuan.gate import watching
from bihuan.gate.deeds import said_of
from bihuan.gate.policy import ALL_THREE, Asked
from bihuan.organisation.queries import scope, small, staff, structure
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.keeping import SECOND_FACTORS
from bihuan.safekeeping.queries import drill_sentence

TAGS = ["管理员"]
SHOWN, DECIDED = 50, 10  # as many as the page shows


class Condition(Schema):
    """In what condition the system is: sizes in bytes, the trail's entries, when the last was written."""

    version: str
    database: str
    size: int
    files: int
    entries: int
    last: datetime | None
    drill: str


class System(Schema):
    """What the system administrator's page counts (`emergencies` that last, `codes` that are sealed); the condition."""

    figures: dict[str, int]
    condition: Condition


class Rules(Schema):
    """The office's security rules, and their history; `version` 0 while nobody has settled any."""

    version: int
    second_factor: shapes.Named
    idle_minutes: int
    admin_idle_minutes: int
    session_hours: int
    small_office: bool
    trail: list[shapes.DeedLine]


class Small(Schema):
    """What a small office changes now: who serves by leave of it, which counties the city approves for."""

    serving: list[str]
    counties: list[str]


class Security(Schema):
    """What the security administrator's page counts and shows."""

    figures: dict[str, int]
    waiting: list[own.Grant]
    rules: Rules
    small: Small | None


class AccountLine(Schema):
    """An account: whose, whether it may be used, whether it is linked with the identity provider."""

    id: int
    username: str
    person: shapes.Reference
    is_active: bool
    is_linked: bool


class Accounts(Schema):
    """A page of accounts; `next` begins the next one."""

    rows: list[AccountLine]
    next: int | None = None


class Looked(Forwards):
    """Which accounts."""

    q: Words = Field("", max_length=60, description="登录名或姓名")


class ErrandLine(Schema):
    """A piece of work that somebody asked for or that failed: by whom, when, how it stands, why or what came of it."""

    id: int
    work: shapes.Named
    asked_by: str
    asked_at: datetime
    state: shapes.Named
    reason: str


class Waiting(Schema):
    """A piece of work that waits or runs; why it was not done so far."""

    work: shapes.Named
    asked_at: datetime
    due_at: datetime
    is_running: bool
    tries: int
    fault: str


class Regular(Schema):
    """What comes again by itself: when, and the last that was done."""

    label: str
    when: str
    done_at: datetime | None
    told: str


class Jobs(Schema):
    """The background: whether it runs, what failed (a page; `next` begins the next one), waits, recurs, was decided."""

    is_alive: bool
    seen_at: datetime | None
    failed: list[ErrandLine]
    next: int | None
    waiting: list[Waiting]
    regular: list[Regular]
    decided: list[ErrandLine]


class KeptLine(Schema):
    """What is kept, how long, what takes it away."""

    what: str
    how_long: str
    by: str
    for_ever: bool


@operation("GET", "/console/system", "api_system", "系统管理", System, who=(Role.SYSTEM_ADMIN,), tags=TAGS)
def system(request: Asked) -> Any:
    """What the system administrator watches."""
    now, at = condition(), clock.now()
    names = ("version", "database", "size", "files", "entries", "last")
    told = {**{name: getattr(now, name) for name in names}, "drill": drill_sentence(request.actor.city, at)}
    return {"figures": watching.system_figures(request.actor, at), "condition": told}


@operation("GET", "/console/security", "api_security", "安全管理", Security, who=(Role.SECURITY_ADMIN,), tags=TAGS)
def security(request: Asked) -> Any:
    """What the security administrator watches: figures, grants that wait (the first fifty), the rules."""
    city = request.actor.city
    rules = structure.office_rules(city)
    return {
        "figures": watching.security_figures(request.actor, clock.now()),
        "waiting": own.grants_told([*staff.grants_waiting(city)[:SHOWN]]),
        "rules": _rules(rules),
        "small": _small(city) if rules.small_office else None,
    }


def _rules(rules: Any) -> dict[str, Any]:
    names = ("idle_minutes", "admin_idle_minutes", "session_hours", "small_office")
    return {
        "version": rules.version if rules.pk else 0,
        "second_factor": {"name": rules.second_factor, "label": SECOND_FACTORS[rules.second_factor]},
        **{name: getattr(rules, name) for name in names},
        "trail": shapes.deed_lines(said_of(history.deeds_on(rules))) if rules.pk else [],
    }


def _small(city: str) -> dict[str, Any]:
    today = clock.today()
    bare = small.counties_without_approver(city, scope.below(city, today), scope.in_force(today))
    return {"serving": small.serving_by_leave(city, today), "counties": [*bare]}


@operation("GET", "/accounts", "api_accounts", "账号", Accounts, who=(Role.SYSTEM_ADMIN,), tags=TAGS)
def accounts(request: Asked, asked: Query[Looked]) -> Any:
    """Every account of the city, in the order of their numbers."""
    refuse_unknown(request, asked)
    shown, following = asked.page_of(staff.accounts_in(request.actor.city, asked.q.strip()))
    rows = [
        {
            "id": one.pk,
            "username": one.username,
            "person": {"id": one.person_id, "name": one.person.name},
            "is_active": one.is_active,
            "is_linked": bool(one.subject),
        }
        for one in shown
    ]
    return {"rows": rows, "next": following}


def _errand(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "work": {"name": one.name, "label": watching.work_called(one.name)},
        "asked_by": one.asked_by,
        "asked_at": one.asked_at,
        "state": {"name": one.state, "label": one.says},
        "reason": one.reason,
    }


def _waiting(one: jobs.Job, now: datetime) -> dict[str, Any]:
    names = ("asked_at", "due_at", "tries", "fault")
    work = {"name": one.name, "label": watching.work_called(one.name)}
    return {"work": work, "is_running": one.is_running(now), **{name: getattr(one, name) for name in names}}


def _regular(label: str, when: str, last: jobs.Job | None) -> dict[str, Any]:
    done_at, told = (last.ended_at, last.fault) if last else (None, "")
    return {"label": label, "when": when, "done_at": done_at, "told": told}


@operation("GET", "/jobs", "api_jobs", "后台", Jobs, who=(Role.SYSTEM_ADMIN,), tags=TAGS)
def background(request: Asked, asked: Query[Backwards]) -> Any:
    """What the background does: all that failed page by page; of what waits fifty, of what was decided the last ten."""
    city, now = request.actor.city, clock.machine_now()
    failed, following = asked.page_of(errands.failed(city))
    return {
        "is_alive": timetable.is_alive(now),
        "seen_at": timetable.seen_alive(),
        "failed": [_errand(one) for one in failed],
        "next": following,
        "waiting": [_waiting(one, now) for one in jobs.waiting()[:SHOWN]],
        "regular": [_regular(*one) for one in watching.regular()],
        "decided": [_errand(one) for one in errands.lately(city)[:DECIDED]],
    }


@operation("GET", "/retention", "api_retention", "什么保存多久", list[KeptLine], who=(ALL_THREE,), tags=TAGS)
def retention(request: Asked) -> Any:
    """What is kept how long, and what takes it away."""
    names = ("what", "how_long", "by", "for_ever")
    return [{name: getattr(one, name) for name in names} for one in kept.table(request.actor.city)]
