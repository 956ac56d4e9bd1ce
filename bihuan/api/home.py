"""What one owes today, how the problems in one's sight stand, the petitions' tray, and the steps that one took."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from bihuan.api import shapes
from bihuan.api.door import Wrong, operation
from bihuan.api.writing import Key, Words, deed, once
from bihuan.core import clock, correction
from bihuan.gate import owing
from bihuan.gate.kinds import kind_of
from bihuan.gate.policy import BUSINESS, PEOPLE, Asked
from bihuan.matters.ledger import first_of
from bihuan.matters.rules.lateness import LIGHT_CHOICES
from bihuan.organisation.rules.duties import DutyRole
from bihuan.petitions import queries as petitions
from bihuan.rectification.queries import overview as standing
from bihuan.rectification.queries.shown import problem_light
from bihuan.rectification.rules.problem import ACCEPT_FIRST, PROBLEM

TAGS = ["我的"]
BATCHES = 200


class OwedLine(Schema):
    """One thing to do: `act` on a matter or a text (`code`), a batch, or several (`count`); `refusal` why not yet."""

    kind: str
    act: str
    title: str
    code: str
    batch: str
    count: int
    inspection: str
    due_on: date | None
    is_late: bool
    refusal: str


class Home(Schema):
    """What one owes, what is due first in front; `is_exact` unless more of one kind waits than is looked for."""

    today: date
    count: int
    is_exact: bool
    late: int
    rows: list[OwedLine]


class Counted(shapes.Named):
    """A light or a state, and how many show it."""

    count: int


class Loud(Schema):
    """A problem to ask after."""

    code: str
    number: int
    title: str
    lead: str
    due_on: date | None
    light: shapes.LightCell


class Due(Schema):
    """A problem that falls due."""

    code: str
    title: str


class Ahead(Schema):
    """A day of the next ten, and what falls due then."""

    day: date
    problems: list[Due]


class Overview(Schema):
    """How the problems in sight stand: by light, by state, which to ask after, what falls due; measures confirmed."""

    today: date
    problems: int
    lights: list[Counted]
    states: list[Counted]
    measures: int
    measures_confirmed: int
    loud: list[Loud]
    ahead: list[Ahead]


class Waiting(Schema):
    """A batch of which petitions wait to be handed over."""

    batch: str
    came_on: date | None
    inspection: str
    count: int


class OwnStep(Schema):
    """A step that one took; `is_last` while it can be corrected."""

    at: datetime
    code: str
    step: shapes.Named
    title: str
    is_last: bool


class Correction(Schema, extra="forbid"):
    """The matter whose last step is to be corrected, and why."""

    code: str = shapes.CODE
    note: Words


class Corrected(Schema):
    """What came of a correction."""

    done: str
    is_repeated: bool
    code: str


@operation("GET", "/home", "api_home", "我今天要办的", Home, who=(PEOPLE,), tags=TAGS)
def home(request: Asked) -> Any:
    """What this person owes."""
    today = clock.today()
    found = owing.owed(request.actor, today)
    names = ("kind", "act", "title", "code", "batch", "count", "inspection", "due_on", "refusal")
    rows = [{**{name: getattr(one, name) for name in names}, "is_late": one.is_late(today)} for one in found]
    late = sum(one.is_late(today) for one in found)
    return {"today": today, "count": len(found), "is_exact": owing.is_all(found), "late": late, "rows": rows}


@operation("GET", "/overview", "api_overview", "看得到的问题现在怎样", Overview, who=(BUSINESS,), tags=TAGS)
def overview(request: Asked) -> Any:
    """How the problems in this person's sight stand."""
    by, today = request.actor, clock.today()
    lights, states, (measures, confirmed) = standing.lights(by, today), standing.states(by), standing.measures(by)
    return {
        "today": today,
        "problems": sum(lights.values()),
        "lights": [{"name": name, "label": label, "count": lights[name]} for name, label in LIGHT_CHOICES.items()],
        "states": [
            {"name": name, "label": label, "count": states[name]}
            for name, label in PROBLEM[ACCEPT_FIRST].states.items()
            if states.get(name)
        ],
        "measures": measures,
        "measures_confirmed": confirmed,
        "loud": [_loud(row, today) for row in standing.loud(by, today)],
        "ahead": [
            {"day": day, "problems": [{"code": code, "title": title} for code, title in found]}
            for day, found in standing.ahead(by, today).items()
        ],
    }


def _loud(row: Any, today: date) -> dict[str, Any]:
    light = problem_light(row, today)
    return {
        "code": row.matter.code,
        "number": row.number,
        "title": row.title,
        "lead": first_of(row.matter, DutyRole.LEAD),
        "due_on": row.matter.due_on,
        "light": {"state": light.state, "word": light.word, "reason": light.reason},
    }


@operation("GET", "/tray", "api_tray", "收件：等着交办的批次", list[Waiting], who=owing.DESK, tags=TAGS)
def tray(request: Asked) -> Any:
    """The batches of which petitions wait to be handed over, the one that has waited longest first."""
    return [
        {"batch": label, "came_on": came, "inspection": inspection, "count": count}
        for label, came, inspection, count in petitions.tray(request.actor, BATCHES)
    ]


@operation("GET", "/deeds", "api_deeds", "我办过的", list[OwnStep], who=(PEOPLE,), tags=TAGS)
def deeds(request: Asked) -> Any:
    """One's own last steps, newest first."""
    return [
        {
            "at": one.at,
            "code": one.code,
            "step": {"name": one.step, "label": one.label},
            "title": one.title,
            "is_last": one.is_last,
        }
        for one in owing.own_steps(request.actor)
    ]


@operation(
    "POST",
    "/deeds",
    "api_deeds",
    "更正我办的最后一步",
    Corrected,
    who=(PEOPLE,),
    refuses=(409,),
    tags=TAGS,
    description="那一件已经看不到的(退回交办、退办以后)也行。要带 Idempotency-Key。",
)
def correct(request: Asked, asked: Correction, key: Key) -> Any:
    """Correct one's last step on a matter, with a reason."""
    kind = kind_of(asked.code)
    row = kind.stepped(asked.code, request.actor) if kind else None
    if kind is None or row is None:
        raise Wrong(404, "没有这一件，或最后一步不是您办的。")
    told = {**deed(request, key), "note": asked.note.strip()}
    _, is_repeated = once(lambda: kind.correct(row, **told))
    return {"done": correction.DONE, "is_repeated": is_repeated, "code": asked.code}
