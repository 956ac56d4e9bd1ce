"""Experts as their pages draw them: who was asked about an acceptance, whom one may ask, the watermark."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI, day_of
from bihuan.gate.packages import asked_told, package_told
from bihuan.lib.redact import masked
from bihuan.rectification.queries import experts

if TYPE_CHECKING:
    from bihuan.rectification.models import Problem
    from bihuan.rectification.queries.experts import Package


def of_problem(problem: Problem, by: Actor, today: date) -> dict[str, Any]:
    """Who was asked about a problem, and whom this actor may ask: what parts/experts.html draws."""
    may_act = experts.may_ask(problem, by)
    found = experts.candidates(problem, today) if may_act else []
    asked = [asked_told(one, today) for one in experts.asked(problem, by)]
    return {
        "asked": asked,
        "waiting": sum(one["is_waiting"] for one in asked),
        "may_act": may_act,
        "candidates": [(one.person, f"{one.name} {one.post}") for one in found if not one.refusal],
        "barred": [(one.name, one.post, one.refusal) for one in found if one.refusal],
    }


def waiting(by: Actor, today: date) -> list[dict[str, Any]]:
    """The packages that this expert reads today, for the list of acceptances."""
    return [
        {
            "title": masked(one.problem.title),
            "url": reverse("package_detail", args=[one.problem.matter.code]),
            "until": one.invitation.until,
            "state": "已提意见" if one.is_judged else "等您的意见",
        }
        for one in experts.packages_for(by, today)
    ]


def mark_of(by: Actor, now: datetime) -> str:
    """The watermark: who reads it, and when."""
    return f"{by.name} {now.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 查看"


def package(read: Package, by: Actor, now: datetime) -> dict[str, Any]:
    """What rectification/package_detail.html draws, except the form."""
    return {**package_told(read, day_of(now)), "watermark": mark_of(by, now), "digest": read.digest}
