"""Progress entries as their pages draw them: what is owed, what waits for an approver, what was said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.matters.rules.progress import PROGRESS
from bihuan.rectification.queries import entries, reporting, sight
from bihuan.rectification.queries.shown import measure_light
from bihuan.rectification.rules.reporting import topic

if TYPE_CHECKING:
    from bihuan.matters.models import ProgressReport
    from bihuan.rectification.models import Measure

STEP_LABELS = {move.name: move.label for move in PROGRESS.moves}


def called(measure: Any) -> str:
    """第7项措施2, or the campaign's."""
    of = (
        f"第{measure.problem.number}项"
        if measure.problem
        else f"举措{measure.campaign.number}"
        if measure.campaign
        else ""
    )
    return f"{of}措施{measure.number}"


def _head(measure: Measure) -> dict[str, Any]:
    code = measure.matter.code
    return {
        "code": code,
        "label": called(measure),
        "title": measure.text,
        "url": reverse("measure_detail", args=[code]),
        "fill_url": reverse("measure_progress", args=[code]),
    }


def when(period_end: date, today: date) -> tuple[str, str]:
    """(how urgent: over, late or "", in words) of a day that an entry is due."""
    days = (period_end - today).days
    if days < 0:
        return "over", f"应于 {period_end:%m-%d}，迟 {-days} 天"
    if days < 2:
        return "late", ("今天", "明天")[days]
    return "", f"{period_end:%m-%d}"


def desk(by: Actor, today: date) -> dict[str, Any]:
    """What rectification/report_list.html draws: what is owed, what was reported, what waits for this person."""
    owed = reporting.owed(by, today)
    waiting = [*reporting.waiting(by)]
    measures = {
        one.matter_id: one for one in sight.measures_for(by).filter(matter_id__in=[one.matter_id for one in waiting])
    }
    shown = [one for one in waiting if one.matter_id in measures]
    changed = entries.changes([*shown, *(one.last for one in owed if one.last is not None)])
    open_ones = [_owed(one, changed, by, today) for one in owed if not one.is_reported]
    return {
        "owed": open_ones,
        "late": sum(one["urgency"] == "over" for one in open_ones),
        "reported": [_owed(one, changed, by, today) for one in owed if one.is_reported],
        "waiting": [{**_head(measures[one.matter_id]), **entry(one, changed)} for one in shown],
    }


def _owed(one: reporting.Owed, changed: dict[int, Any], by: Actor, today: date) -> dict[str, Any]:
    urgency, words = when(one.period.end, today)
    light = measure_light(one.measure, today)
    last = entry(one.last, changed) if one.last is not None else None
    can_withdraw = one.last is not None and one.last.filled_by_id == by.person
    return {
        **_head(one.measure),
        "urgency": urgency,
        "when": words,
        "period": one.period.name,
        "light": light,
        "last": last,
        "can_withdraw": can_withdraw and last is not None and last["state"] == "submitted",
    }


def entry(report: ProgressReport, changed: dict[int, Any]) -> dict[str, Any]:
    """One entry: its words, its figures, what it was asked and answered, who filled it in and who approved it."""
    return {
        "pk": report.pk,
        "on": report.on,
        "words": f"无变化：{report.reason}" if report.is_unchanged else report.done,
        "more": [
            (term, said)
            for term, said in (
                ("存在问题", report.difficulties),
                ("下步打算", report.next_steps),
                ("预计完成", f"{report.expected_on}" if report.expected_on else ""),
                ("完成比例", f"{report.percent.normalize():f}%" if report.percent is not None else ""),
            )
            if said
        ],
        "figures": [one.words for one in changed.get(report.pk, ())],
        "answers": [(topic(key), said) for key, said in report.answers.items()],
        "state": report.state,
        "state_words": entries.state_words(report),
        "by": str(report.filled_by or ""),
        "at": report.filled_at,
    }


def history(measure: Measure, by: Actor) -> list[dict[str, Any]]:
    """The entries of a measure, newest first, each with the steps that this person could take on it."""
    rows = [*entries.entries_for(measure, by)]
    changed = entries.changes(rows)
    replaced = {one.corrects_id for one in rows if one.corrects_id}
    may_fill, frozen = reporting.may_fill(measure, by), reporting.frozen_before(measure)
    return [
        {
            **entry(one, changed),
            "reached": [f"{mark.milestone.text}（{mark.reached_on}到达）" for mark in one.reached.all()],
            "corrects": one.corrects.on if one.corrects else None,
            "is_replaced": one.pk in replaced,
            "acts": [_act(name) for name in entries.offers(measure, one, by)],
            "may_correct": may_fill
            and one.state == "approved"
            and one.pk not in replaced
            and not (frozen and one.approved_at and one.approved_at < frozen),
        }
        for one in rows
    ]


def _act(name: str) -> tuple[str, str, bool]:
    """(step, its label, whether it wants a reason)."""
    return name, STEP_LABELS[name], PROGRESS.rows(name)[0].note_required


def page_of(measure: Measure, by: Actor, today: date) -> dict[str, Any]:
    """What rectification/measure_progress.html draws besides its form."""
    return {
        "measure": _head(measure),
        "due": measure.matter.due_on,
        "entries": history(measure, by),
        "light": measure_light(measure, today),
        "today": today,
    }


def following(by: Actor, today: date, but: Collection[str]) -> str:
    """The code of what is owed next, "" where nothing is."""
    found: Sequence[reporting.Owed] = reporting.owed(by, today)
    return next(
        (one.measure.matter.code for one in found if not one.is_reported and one.measure.matter.code not in but), ""
    )
