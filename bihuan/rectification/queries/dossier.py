"""The dossier of a problem (一案一档) as somebody may see it: everything that goes in, and which were made already."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from bihuan.core import files, history
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.core.files import StoredFile
from bihuan.core.history import PastDeed
from bihuan.matters.models import (
    CitedPaper,
    ConditionAnswer,
    Evidence,
    Extension,
    FieldCheck,
    Manifest,
    Matter,
    ProgressReport,
    PublicNotice,
    Recheck,
    Round,
    Signature,
    Waiver,
    WatchHit,
)
from bihuan.matters.queries import work
from bihuan.matters.rules.watch import WatchState
from bihuan.rectification.models import Exemption, Measure, Problem
from bihuan.rectification.queries import called, checklist, exemptions, experts, package, proofs, sight, watching
from bihuan.rectification.queries.experts import Asked
from bihuan.rectification.queries.facts import reached_by, readings_of
from bihuan.rectification.queries.package import Change
from bihuan.rectification.rules.checklist import Standing

STEP = "dossier"
MAKING = "rectification.make_dossier"
EVERY = 2_000  # deeds of one matter


@dataclass(frozen=True, slots=True)
class Whole:
    """Every row that a dossier tells of, of every round; `measures` are those that whoever asks may see."""

    on: date
    problem: Problem
    measures: Sequence[Measure]
    readings: Mapping[int, Any]
    reached: Mapping[int, Any]
    rounds: Sequence[Round]
    reports: Sequence[ProgressReport]
    evidence: Sequence[Evidence]
    checks: Sequence[FieldCheck]
    answers: Sequence[ConditionAnswer]
    exemptions: Sequence[Exemption]
    experts: Sequence[Asked]
    signatures: Sequence[Signature]
    papers: Sequence[CitedPaper]
    notices: Sequence[PublicNotice]
    rechecks: Sequence[Recheck]
    hits: Sequence[WatchHit]
    waivers: Sequence[Waiver]
    extensions: Sequence[Extension]
    standings: Sequence[Standing]
    changes: Mapping[str, Sequence[Change]]
    deeds: Mapping[str, Sequence[PastDeed]]

    @property
    def matter(self) -> Matter:
        """The problem's matter."""
        return self.problem.matter

    def deeds_on(self, *codes: str) -> list[PastDeed]:
        """The deeds on these matters (all, where none is named), oldest first, each once."""
        found = [one for code in codes or self.deeds for one in self.deeds[code]]
        once = {one.number: one for one in found}
        return [once[number] for number in sorted(once)]

    def finished(self, measure: Measure) -> date | None:
        """When a measure was reported as finished, unless it was reopened since."""
        steps = [(step, one.at) for one in self.deeds_on(measure.matter.code) for step in one.steps]
        last = next(((step, at) for step, at in reversed(steps) if step in ("finish", "reopen")), None)
        return day_of(last[1]) if last and last[0] == "finish" else None


def whole_of(problem: Problem, by: Actor, on: date) -> Whole:
    """Everything on a problem that this actor may see, on that day; the making of a dossier itself is not in one."""
    matter = problem.matter
    measures = sorted(called.measures(by, problem), key=attrgetter("number"))
    seen = [matter.pk, *(one.matter.pk for one in measures)]
    own: dict[str, Any] = {"matter": matter, "is_ended": False}
    codes = [matter.code, *(one.matter.code for one in measures)]
    deeds = {
        code: [
            one for one in history.deeds_about(code, matter.city, limit=EVERY, is_masked=True) if one.action != MAKING
        ]
        for code in codes
    }
    return Whole(
        on=on,
        problem=problem,
        measures=measures,
        readings={key: value for one in measures for key, value in readings_of(one).items()},
        reached={key: value for one in measures for key, value in reached_by(one).items()},
        rounds=[*Round.objects.filter(matter=matter).order_by("number")],
        reports=[*work.approved_reports(seen).select_related("matter", "filled_by", "approved_by")],
        evidence=[*proofs.files_of(problem).filter(matter_id__in=seen).select_related("before__file")],
        checks=[*reversed(work.checks_of(matter))],
        answers=[*ConditionAnswer.objects.filter(**own).select_related("answered_by").order_by("pk")],
        exemptions=[*exemptions.exemptions_of(matter)],
        experts=experts.asked(problem, by),
        signatures=[*work.signatures_of(matter)],
        papers=[*CitedPaper.objects.filter(**own).order_by("pk")],
        notices=[*PublicNotice.objects.filter(**own).order_by("pk")],
        rechecks=[*work.rechecks_of(matter).select_related("check_made")],
        hits=[*watching.hits_for(by).filter(matter=matter).exclude(state=WatchState.RAISED).order_by("pk")],
        waivers=[*Waiver.objects.filter(**own).order_by("pk")],
        extensions=[*Extension.objects.filter(matter_id__in=seen).select_related("matter").order_by("pk")],
        standings=checklist.standings(problem),
        changes={
            "claim_done": package.changes_since_claim(problem),
            "consent": package.changes_since(problem, "consent"),
        },
        deeds=deeds,
    )


def counts(problem: Problem, by: Actor) -> list[tuple[str, int]]:
    """How much of what goes in, as far as this actor may see it."""
    matter = problem.matter
    seen = [matter.pk, *sight.measures_for(by).filter(problem=problem).order_by().values_list("matter_id", flat=True)]
    return [
        ("整改措施", len(seen) - 1),
        ("审定的进展", work.approved_reports(seen).count()),
        ("佐证", proofs.files_of(problem).filter(matter_id__in=seen).count()),
        ("现场核查", work.checks_of(matter).count()),
        ("签字", work.signatures_of(matter).count()),
        ("复查", work.rechecks_of(matter).count()),
    ]


@dataclass(frozen=True, slots=True)
class Made:
    """A dossier that was made: when, by whom, the hash of its manifest, how many files; `is_own` of whoever asks."""

    manifest: Manifest
    at: datetime
    name: str
    is_own: bool
    files: int


def made(problem: Problem, by: Actor) -> list[Made]:
    """The dossiers that were made of a problem, newest first. Another's is named by its hash alone: he may see more."""
    rows = Manifest.objects.filter(matter=problem.matter, step=STEP, is_ended=False).select_related("file")
    kept = {row.pk: row for row in rows}
    entries = Entry.objects.filter(table="manifest", kind="create", row__in=[*kept]).order_by("-number")
    return [
        Made(kept[one.row], one.at, one.name, one.person == by.person, len(_told(kept[one.row])["files"]))
        for one in entries
    ]


def last_made(problem: Problem, by: Actor) -> Manifest | None:
    """The last dossier that this actor made of a problem."""
    return next((one.manifest for one in made(problem, by) if one.is_own), None)


def _told(manifest: Manifest) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(files.read(manifest.file))
    return told


def bytes_of(sha256: str, city: str) -> bytes:
    """The bytes of an unsealed file that a city keeps, by their hash."""
    rows = files.standing().filter(city=city, sha256=sha256, is_sealed=False).order_by("pk")
    file: StoredFile = rows[0]
    return files.read(file)
