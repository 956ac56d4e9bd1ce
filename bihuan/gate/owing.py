"""What somebody owes today, and the steps that he took: the same for his pages and for his programs.

Hides where each of it is found.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bihuan.core import correction
from bihuan.core.actor import Actor
from bihuan.disclosure.queries import batches, drafting
from bihuan.disclosure.queries import sight as disclosed
from bihuan.gate.deeds import step_label
from bihuan.gate.kinds import in_sight, kind_of
from bihuan.intake.queries.asking import unanswered_on
from bihuan.lib.redact import masked
from bihuan.organisation.queries import scope, staff
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.keeping import CONFIRMERS
from bihuan.petitioners.queries.call_backs import to_call
from bihuan.petitions import queries as petitions
from bihuan.petitions.queries import desks as petition_desks
from bihuan.petitions.queries import repeats
from bihuan.rectification.queries import aftercare, desks, experts, reporting, sight, steps, sweeps, watching
from bihuan.rectification.rules.problem import ProblemState

LOOKED_FOR = 30  # of one kind: who owes more begins with these
DEEDS = 30
DESK = (Role.COORDINATION, Role.PETITION_DESK)


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing to do: `act` on a matter or a text (`code`), a batch of petitions (`batch`), or on several (`count`).

    `refusal` is why it cannot be done yet. Of what `is_answered` the result came in on paper: it is not late.
    """

    kind: str
    act: str
    title: str
    due_on: date | None
    inspection: str = ""
    code: str = ""
    batch: str = ""
    count: int = 1
    refusal: str = ""
    is_answered: bool = False

    def is_late(self, today: date) -> bool:
        """Whether its day is over."""
        return self.due_on is not None and self.due_on < today and not self.is_answered


def owed(by: Actor, today: date) -> list[Owed]:
    """Everything that this person is to do, what is due first in front."""
    found = [
        *_problems(by),
        *_way(by, today),
        *_reports(by, today),
        *_public(by),
        *_batches(by),
        *_petitions(by),
        *_watch(by),
        *_pairs(by),
        *_sweeps(by, today),
        *_beside(by),
        *_packages(by, today),
        *_grants(by),
    ]
    return sorted(found, key=lambda one: (_place(one), _when(one, today), f"{one.act}：{one.title}"))


def is_all(found: Sequence[Owed]) -> bool:
    """Whether nothing was left out: of each kind no more waits than is looked for."""
    counts = Counter((one.kind, one.act) for one in found)
    return all(count <= LOOKED_FOR for count in counts.values())


def _place(one: Owed) -> date:
    return one.due_on if one.due_on and not one.is_answered else date.max


def _when(one: Owed, today: date) -> str:
    if one.kind == "grants":
        return today.isoformat()
    return one.due_on.isoformat() if one.due_on else "无日期"


def _matter(kind: str, act: str, title: str, matter: Any, refusal: str = "", *, is_answered: bool = False) -> Owed:
    named = matter.inspection.name
    return Owed(kind, act, title, matter.due_on, named, matter.code, refusal=refusal, is_answered=is_answered)


def _problems(by: Actor) -> list[Owed]:
    drafts = [*sight.problems_to_issue(by)[: LOOKED_FOR + 1]]
    why = unanswered_on(drafts)
    return [
        _matter("problem", "下达", draft.title, draft.matter, steps.why_not_issued(draft) or why[draft.pk])
        for draft in drafts
    ] + [
        _matter("problem", "签收", problem.title, problem.matter)
        for problem in sight.problems_to_receive(by)[: LOOKED_FOR + 1]
    ]


def _way(by: Actor, today: date) -> list[Owed]:
    """What waits for this person between the work and the sign-off."""
    on_it = [_matter("problem", act, row.title, row.matter) for act, row in aftercare.waiting_for(by, today)]
    finished = aftercare.to_confirm(by)[: LOOKED_FOR + 1] if scope.has_role(by, (Role.UNIT_APPROVER,)) else ()
    return on_it + [_matter("measure", "确认", row.text, row.matter) for row in finished]


def _reports(by: Actor, today: date) -> list[Owed]:
    """Progress entries, one line for all that is to be filled in and one for all that waits to be approved."""
    lines = []
    if scope.has_role(by, reporting.FILLING):
        open_ones = [one.period.end for one in reporting.owed(by, today) if not one.is_reported]
        if open_ones:
            lines.append(Owed("reports", "填报", f"{len(open_ones)}件的进展", min(open_ones), count=len(open_ones)))
    if scope.has_role(by, reporting.APPROVING) and (count := reporting.waiting(by).count()):
        lines.append(Owed("reports", "审核", f"{count}条进展填报", None, count=count))
    return lines


def _public(by: Actor) -> list[Owed]:
    """Texts for the public that wait for an approval, and what the public said against one."""
    notices = disclosed.releases_to_approve(by)[: LOOKED_FOR + 1]
    said = disclosed.objections_to_move(by)
    return (
        _upheld(by)
        + _texts_of_petitions(by)
        + [Owed("release", "审批", one.title, None, code=one.code) for one in notices]
        + [
            Owed("objection", act, f"对“{one.release.title}”的不同意见", one.release.ends_on, code=one.code)
            for act, one in said[: LOOKED_FOR + 1]
        ]
    )


def _texts_of_petitions(by: Actor) -> list[Owed]:
    """Batches of petitions whose texts for the public are to be written, approved or put out, one line for each act."""
    acts = [("审批", batch, count) for batch, count in batches.waiting_batches(by)]
    for one in batches.batches_for(by) if drafting.may_draft(by) else ():
        acts += [("拟稿", one["batch"], one["waiting"]), ("公开", one["batch"], one["approved"])]
    return [
        Owed(
            "public_batch",
            act,
            f"{batch}信访件的公开文本{count}件",
            None,
            batch.inspection.name,
            str(batch.pk),
            count=count,
        )
        for act, batch, count in acts
        if count
    ]


def _upheld(by: Actor) -> list[Owed]:
    """Problems whose notice still runs though an objection was found right: the office takes them back."""
    right = disclosed.upheld(by) if scope.has_role(by, (Role.COORDINATION,)) else set()
    rows = sight.problems_for(by).filter(matter__state=ProblemState.NOTICED, matter__code__in=right) if right else ()
    return [_matter("problem", "受理异议", row.title, row.matter) for row in rows[: LOOKED_FOR + 1]]


def _petitions(by: Actor) -> list[Owed]:
    found: list[tuple[str, Any]] = []
    if scope.has_role(by, DESK):
        found += [("答复退办", petition) for petition in petitions.returned_to(by)[: LOOKED_FOR + 1]]
    if scope.has_role(by, (Role.PETITION_DESK,)):
        found += [("回访", petition) for petition in to_call(by)[: LOOKED_FOR + 1]]
    found += [(act, one) for act, rows in petition_desks.waiting_for(by) for one in rows[: LOOKED_FOR + 1]]
    return [
        _matter(
            "petition",
            act,
            f"{one.number} {one.content}",
            one.matter,
            is_answered=bool(one.truth) and one.answered_on is None,
        )
        for act, one in found
    ]


def _batches(by: Actor) -> list[Owed]:
    """What lies in the tray, one line a batch: an evening's batch is one piece of work, due on the day it came."""
    if not scope.has_role(by, DESK):
        return []
    return [
        Owed("batch", "交办", f"{label}信访件{count}件", came, inspection, batch=label, count=count)
        for label, came, inspection, count in petitions.tray(by, LOOKED_FOR + 1)
    ]


def _watch(by: Actor) -> list[Owed]:
    """What came near something signed off, one line for all of it; a rebound that a confirmed hit speaks for."""
    raised = watching.to_judge(by).count()
    lines = [Owed("watch", "研判", f"{raised}条反弹线索", None, count=raised)] if raised else []
    return lines + [
        Owed("problem", "认定反弹", row.title, None, row.matter.inspection.name, row.matter.code)
        for row in watching.to_state(by)[: LOOKED_FOR + 1]
    ]


def _pairs(by: Actor) -> list[Owed]:
    """Petitions that may be one, one line for all of them."""
    waiting = repeats.pairs_to_judge(by).count()
    return [Owed("pairs", "研判", f"{waiting}对可能重复的信访件", None, count=waiting)] if waiting else []


def _sweeps(by: Actor, today: date) -> list[Owed]:
    """The places that one's unit is to answer for, one line a sweep; what the office does about its sweeps."""
    counts: Counter[Any] = Counter()
    named = {}
    for place in sweeps.owed_places(by):
        counts[place.sweep_id] += 1
        named[place.sweep_id] = place.sweep
    lines = [("排查", sweep, f"{sweep.title}，{counts[key]}处待答复") for key, sweep in named.items()]
    lines += [(act, sweep, sweep.title) for act, sweep in sweeps.owed_sweeps(by, today)]
    return [
        Owed("sweep", act, title, sweep.due_on, sweep.inspection.name, sweep.code, count=counts[sweep.pk] or 1)
        for act, sweep, title in lines
    ]


def _beside(by: Actor) -> list[Owed]:
    """Extensions that wait for one's word, plans whose next step is one's own, the parts of measures given to one."""
    asked = desks.extensions_waiting(by)
    lines = [_extension(act, row) for act, row in asked]
    lines += [
        Owed("plan", act, plan.title, None, plan.inspection.name, plan.code) for act, plan in desks.plans_waiting(by)
    ]
    for part in desks.parts_owed(by)[: LOOKED_FOR + 1]:
        matter = part.measure.matter
        day = part.due_on or matter.due_on
        lines.append(Owed("assignment", "落实", part.project, day, matter.inspection.name, matter.code))
    return lines


def _extension(act: str, row: Any) -> Owed:
    """An extension waits until the deadline that it is to move."""
    matter = row.matter
    title = f"申请从{row.old_due_on}延到{row.new_due_on}"
    return Owed("extension", act, title, row.old_due_on, matter.inspection.name, matter.code)


def _packages(by: Actor, today: date) -> list[Owed]:
    """The packages of acceptance on which this expert was asked for an opinion, each due on his last day."""
    return [
        Owed(
            "package",
            "提意见",
            masked(one.problem.title),
            one.invitation.until,
            one.problem.matter.inspection.name,
            one.problem.matter.code,
        )
        for one in experts.to_judge(by, today)
    ]


def _grants(by: Actor) -> list[Owed]:
    count = staff.grants_to_confirm(by).count() if scope.has_role(by, CONFIRMERS) else 0
    return [Owed("grants", "确认", f"{count}项角色授予", None, count=count)] if count else []


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that somebody took: on what (`title` "" where that is out of his sight), and whether he can correct it."""

    at: datetime
    code: str
    step: str
    label: str
    title: str
    is_seen: bool
    is_last: bool


def own_steps(by: Actor) -> list[OwnStep]:
    """This person's last steps, newest first.

    A step may have taken the matter out of his sight; while it can be corrected, he is told what it was.
    """
    taken = correction.steps_of(by.person or 0, by.city, DEEDS)
    titles = in_sight({one.about for one in taken}, by)
    return [_own(one, by, titles) for one in taken]


def _own(one: correction.Taken, by: Actor, titles: dict[str, str]) -> OwnStep:
    kind, title = kind_of(one.about), titles.get(one.about, "")
    is_last = one.is_last and scope.holds(by, one.appointment)
    if not title and is_last and kind is not None and (row := kind.stepped(one.about, by)):
        title = getattr(row, kind.words)
    label = step_label(one.step, *(kind.flows if kind else ()))
    return OwnStep(one.at, one.about, one.step, label, title, one.about in titles, is_last)
