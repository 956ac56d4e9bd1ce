"""Rows that several tests of the house put there: a sweep, an entry, a file, an export."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Evidence, Matter, ProgressReport, Round, SweepPlace
from bihuan.organisation.models import Person, Unit
from bihuan.petitioners.models import Export
from bihuan.petitions.actions import evidence as proofs
from bihuan.petitions.models import Petition
from bihuan.rectification.actions.evidence import add_evidence
from bihuan.rectification.actions.sweeping import SweepDraft, draft_sweep, move_sweep
from bihuan.rectification.models import ExpertInvitation, Problem
from tests.cast import NOON, ROBOT, TODAY, Cast
from tests.makers import make_other
from tests.makers import write as insert


def put_sweep(cast: Cast, inspection: Any, unit: Unit) -> SweepPlace:
    """A sweep that was issued to one unit, for one place."""
    draft = SweepDraft("自备井排查", "有没有未封的自备井", TODAY + timedelta(days=30))
    sweep = draft_sweep(draft, [unit], inspection, by=cast.chen, at=NOON)
    return move_sweep(sweep, "issue", by=cast.chen, at=NOON).places.select_related("sweep").get()


def put_entry(problem: Problem, state: str = "approved") -> ProgressReport:
    """A progress entry of a problem's measure."""
    facts = {"done": "封填自备井两眼。", "filled_at": NOON, "state": state}
    entry = ProgressReport(matter=Matter.objects.get(measure__problem=problem), on=TODAY, **facts)
    insert([entry], by=ROBOT, at=NOON)
    return entry


def small() -> bytes:
    """A picture that can be looked at."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "white").save(out, "JPEG")
    return out.getvalue()


def put_file(problem: Problem, by: Actor) -> Evidence:
    """A picture on a problem."""
    brought = [Brought("井.jpg", b"\xff\xd8\xff well", "整改前照片", preview=small())]
    return add_evidence(problem, brought, by=by, at=NOON)[0]


def put_petition_file(petition: Petition, by: Actor) -> Evidence:
    """A picture on a petition."""
    brought = [Brought("塘.jpg", b"\xff\xd8\xff pond", "整改前照片", preview=small())]
    return proofs.add_evidence(petition, brought, by=by, at=NOON)[0]


def put_invitation(problem: Problem, expert: Person) -> ExpertInvitation:
    """An expert asked about a problem, for some days from today."""
    today = clock.today()
    days = {"starts_on": today, "until": today + timedelta(days=7)}
    [asked] = insert(
        [ExpertInvitation(matter=problem.matter, expert=expert, name=expert.name, **days)], by=ROBOT, at=NOON
    )
    return asked  # type: ignore[no-any-return]  # as below


def make_export(desk: Person) -> Export:
    """What the desk asked for, which nobody has decided."""
    why = {"reason": "police", "words": "线索移交", "recipient": "公安局", "paper": "12号"}
    facts = {"codes": ["HE2-X0001"], "fields": ["name"], "state": "asked", **why}
    [export] = insert([Export(code="DC2022-001", asked_by=desk, asked_at=NOON, **facts)], by=ROBOT, at=NOON)
    return export  # type: ignore[no-any-return]  # a row of any kind passes through


def stand(matter: Matter, state: str) -> None:
    """Let a matter stand in a state that no step reaches yet."""
    make_other(Round.objects.get(matter=matter, number=matter.round_number), state=state)
    make_other(matter, state=state)
