"""Experts as two doors tell of them: who was asked about an acceptance, and the package as an expert reads it.

Whatever people typed is masked for an expert: telephones, identity numbers, the names of those who complained.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404

from bihuan.core import clock
from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI
from bihuan.lib.quantity import plain
from bihuan.lib.redact import masked
from bihuan.matters.ledger import bearers
from bihuan.matters.queries import work
from bihuan.matters.queries.evidence import name_of
from bihuan.matters.rules.checks import COUNTY
from bihuan.matters.rules.evidence import position_words
from bihuan.organisation.rules.duties import DUTY_LABELS, DutyRole
from bihuan.rectification.queries import checklist, experts
from bihuan.rectification.queries.facts import reached_by, readings_of
from bihuan.rectification.rules.checklist import BY_KEY
from bihuan.rectification.rules.experts import AGAINST, AGREED, ON_TERMS
from bihuan.rectification.rules.measure import STATES as MEASURE_STATES
from bihuan.rectification.rules.problem import STATES

if TYPE_CHECKING:
    from bihuan.matters.models import Evidence, FieldCheck
    from bihuan.rectification.models import Measure, Problem
    from bihuan.rectification.queries.experts import Asked, Package

TONES = {AGREED: "t-ok", ON_TERMS: "t-late", AGAINST: "t-over"}
UNITS = (DutyRole.LEAD, DutyRole.RESPONSIBLE, DutyRole.SUPPORTING)


def package_read(by: Actor, code: str) -> Package:
    """The package of a problem that this expert reads today; as if it were not there for everybody else."""
    read = experts.package_for(by, code, clock.today())
    if read is None:
        raise Http404
    return read


def asked_told(one: Asked, today: date) -> dict[str, Any]:
    """Who was asked, how that stands, and his opinion where one may read it (`is_kept` where one may not yet)."""
    row, given = one.row, one.row.opinion if one.is_given else None
    is_waiting = given is None and not row.is_ended
    if given is not None:
        state = given.verdict if one.is_told else "已提意见"
    elif row.is_ended:
        state = "已收回，未听取"
    else:
        state = "等意见" if row.until >= today else "到期没有意见"
    return {
        "pk": row.pk,
        "name": row.name,
        "post": row.post,
        "round": row.round_number,
        "starts_on": row.starts_on,
        "until": row.until,
        "asked": row.asked,
        "unheard": row.unheard,
        "state": state,
        "tone": "" if given is None or not one.is_told else TONES[given.verdict],
        "is_waiting": is_waiting,
        "words": given.words if given and one.is_told else "",
        "is_kept": given is not None and not one.is_told,
        "given_at": given.given_at if given else None,
        "changes": [(change.what, change.label) for change in one.changes] if one.is_told else [],
    }


def package_told(read: Package, today: date) -> dict[str, Any]:
    """The package as its expert reads it, with the opinions of others after his own."""
    problem, matter, own = read.problem, read.problem.matter, read.invitation
    return {
        "problem": {
            "code": matter.code,
            "label": f"第{problem.number}项",
            "title": masked(problem.title),
            "text": masked(problem.text),
            "state": STATES[matter.state],
            "facts": [(label, words) for label, words in _facts(problem) if words],
        },
        "until": own.until,
        "asked": masked(own.asked),
        "own": own.opinion if read.is_judged else None,
        "changes": [(one.what, masked(one.label)) for one in read.changes_since_claim],
        "measures": [_measure(one) for one in read.measures],
        "reports": [_report(label, one) for label, one in experts.approved_reports(read)],
        "waivers": [
            (BY_KEY[one.item].label if one.item in BY_KEY else one.item, masked(one.reason))
            for one in work.waivers_of(matter)
        ],
        "files": [_file(one, matter.code) for one in read.files],
        "sort": checklist.sort_of(problem).value,
        "checks": [_check(one) for one in work.checks_of(matter) if one.round_number == matter.round_number],
        "others": [asked_told(one, today) for one in experts.asked_beside(read)],
    }


def _facts(problem: Problem) -> list[tuple[str, str]]:
    matter = problem.matter
    return [
        ("整改目标", masked(problem.target)),
        ("整改类别", problem.nature),
        ("验收级别", problem.acceptance_level),
        ("首次时限", str(matter.first_due_on or "")),
        ("现行时限", str(matter.due_on or "")),
        *((DUTY_LABELS[role], bearers(matter, role)) for role in UNITS),
    ]


def _measure(one: Measure) -> dict[str, Any]:
    done, reached = readings_of(one), reached_by(one)
    return {
        "number": one.number,
        "text": masked(one.text),
        "state": MEASURE_STATES[one.matter.state],
        "sign": masked(one.completion_sign),
        "due": str(one.matter.due_on or one.deadline_raw),
        "indicators": [
            (mark.name, f"{plain(done.get(mark.pk, Decimal(0)))}/{plain(mark.target)}{mark.measured_in}")
            for mark in one.indicators.all()
            if not mark.is_withdrawn
        ],
        "milestones": [
            (masked(node.text), node.due_on, reached.get(node.pk))
            for node in one.milestones.all()
            if not node.is_withdrawn
        ],
    }


def _report(label: str, one: Any) -> dict[str, Any]:
    said = f"无变化：{one.reason}" if one.is_unchanged else one.done
    return {"label": label, "on": one.on, "words": masked(said), "difficulties": masked(one.difficulties)}


def _file(row: Evidence, code: str) -> dict[str, Any]:
    taken = f"拍摄 {row.taken_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if row.taken_at else ""
    position = position_words(row.latitude, row.longitude, row.datum)
    return {
        "kind": row.kind,
        "caption": masked(row.caption or name_of(row)),
        "proves": BY_KEY[row.proves].label if row.proves in BY_KEY else "",
        "of": "" if row.matter.code == code else row.matter.code,
        "facts": [one for one in (taken, position, masked(row.place)) if one],
        "pk": row.pk,
        "has_picture": row.preview_id is not None,
        "words": masked(row.words),
    }


def _check(check: FieldCheck) -> dict[str, Any]:
    return {
        "title": f"{check.kind}（{'县级' if check.level == COUNTY else '市级'}）",
        "when": check.checked_at.astimezone(SHANGHAI),
        "unit": str(check.unit or ""),
        "place": masked(check.place),
        "findings": masked(check.findings),
        "opinion": masked(check.opinion),
        "disagreement": masked(check.disagreement),
        "demand": masked(check.demand),
        "verdicts": [
            (one.matter.code, one.verdict, masked(one.words)) for one in check.checked.all() if not one.is_ended
        ],
    }
