"""The file of a problem (卷宗) as lines with hashes: what a signature holds for, and what was changed since.

Hides which records belong to it. A line is one record or file; its hash is that of all its values.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bihuan.core import audit, files
from bihuan.core.audit import Recorded
from bihuan.core.prepared import prepared
from bihuan.matters.models import (
    CheckedMatter,
    ConditionAnswer,
    Evidence,
    FieldCheck,
    Manifest,
    Matter,
    ProgressReport,
    PublicNotice,
)
from bihuan.matters.queries import work
from bihuan.rectification.models import (
    Indicator,
    IndicatorReading,
    Measure,
    Milestone,
    MilestoneReached,
    Problem,
)
from bihuan.rectification.queries import checklist
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.checklist import ACCEPTANCE, BY_KEY, SIGN_OFF, items_of
from bihuan.rectification.rules.exemptions import LABELS

ASIDE = frozenset({"version", "state", "round_number", "is_confirmed", "record_key"})  # what steps change themselves


@dataclass(frozen=True, slots=True)
class Line:
    """One record: how it is called, and the hash of its values."""

    label: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Change:
    """One record that stands otherwise than it was signed: added, changed or gone."""

    label: str
    what: str


Lines = Mapping[str, Line]


def claimed(problem: Problem) -> Lines:
    """What a claim freezes: the problem, its measures with their marks, the approved entries, the evidence."""
    return dict(_lines(_claimed(problem)))


def whole(problem: Problem) -> Lines:
    """What the leading group signs: the claim's lines, and the checks, answers and notice."""
    return dict(_lines([*_claimed(problem), *_verified(problem)]))


def judged(problem: Problem) -> Lines:
    """What an expert reads: the claim's lines and the checks; not what acceptance and sign-off put on the file
    themselves, among which are the opinions of others.
    """
    later = later_items(problem)
    rows = (one for one in _claimed(problem) if not isinstance(one[1], Evidence) or one[1].proves not in later)
    return dict(_lines([*rows, *_checked(problem)]))


def _lines(rows: Iterable[tuple[str, Recorded]]) -> Iterator[tuple[str, Line]]:
    for label, row in rows:
        values = {name: value for name, value in audit.plain_row(row).items() if name not in ASIDE}
        if isinstance(row, Evidence):
            values["sha256"] = row.file.sha256
        sha256 = hashlib.sha256(audit.canonical(values).encode()).hexdigest()
        yield f"{row._meta.model_name}:{row.pk}", Line(label, sha256)


def _claimed(problem: Problem) -> Iterator[tuple[str, Recorded]]:
    yield "问题", problem
    yield "问题的时限", problem.matter
    measures = [*_measures(problem.pk)]
    called = {one.pk: f"措施{one.number}" for one in sorted(measures, key=lambda one: one.number)}
    of_matter = {one.matter.pk: called[one.pk] for one in measures} | {problem.matter.pk: "问题"}
    for one in measures:
        yield called[one.pk], one
        yield f"{called[one.pk]}的时限", one.matter
    for mark in _indicators([*called]):
        yield f"{called[mark.measure_id]}指标“{mark.name}”", mark
    for node in _milestones([*called]):
        yield f"{called[node.measure_id]}节点“{node.text}”", node
    yield from _reported(of_matter)
    for file in checklist.evidence_of_round(problem):
        yield f"{of_matter[file.matter_id]}佐证“{file}”", file
    for waiver in work.waivers_of(problem.matter):
        yield f"不适用“{BY_KEY[waiver.item].label}”", waiver


@prepared
def _measures(problem: int) -> QuerySet[Measure]:
    return Measure.objects.filter(problem=problem, matter__is_withdrawn=False).select_related("matter")


@prepared
def _indicators(measures: Collection[int]) -> QuerySet[Indicator]:
    return Indicator.objects.filter(measure__in=measures, is_withdrawn=False).order_by("pk")


@prepared
def _milestones(measures: Collection[int]) -> QuerySet[Milestone]:
    return Milestone.objects.filter(measure__in=measures, is_withdrawn=False).order_by("pk")


def _reported(of_matter: Mapping[int, str]) -> Iterator[tuple[str, Recorded]]:
    reports = [*_reports([*of_matter])]
    for report in reports:
        yield f"{of_matter[report.matter_id]} {report.on} 的进展", report
    keys = [one.pk for one in reports]
    for reading in _readings(keys):
        yield f"指标“{reading.indicator.name}”的读数", reading
    for reached in _reached(keys):
        yield f"节点“{reached.milestone.text}”的到达", reached


@prepared
def _reports(matters: Collection[int]) -> QuerySet[ProgressReport]:
    return work.approved_reports(matters)


@prepared
def _readings(reports: Collection[int]) -> QuerySet[IndicatorReading]:
    return IndicatorReading.objects.filter(report__in=reports, is_ended=False).select_related("indicator")


@prepared
def _reached(reports: Collection[int]) -> QuerySet[MilestoneReached]:
    return MilestoneReached.objects.filter(report__in=reports, is_ended=False).select_related("milestone")


@prepared
def _of_round(model: type[FieldCheck | ConditionAnswer | PublicNotice], matter: int, number: int) -> QuerySet[Any]:
    return model._default_manager.filter(matter=matter, round_number=number, is_ended=False).order_by("pk")


@prepared
def _verdicts(checks: Collection[int]) -> QuerySet[CheckedMatter]:
    return CheckedMatter.objects.filter(check_made__in=checks, is_ended=False).order_by("pk")


def _checked(problem: Problem) -> Iterator[tuple[str, Recorded]]:
    checks = [*_of_round(FieldCheck, problem.matter.pk, problem.matter.round_number)]
    for check in checks:
        yield f"现场核查 {check}", check
    for one in _verdicts([check.pk for check in checks]):
        yield "逐项核查", one


def _verified(problem: Problem) -> Iterator[tuple[str, Recorded]]:
    matter, number = problem.matter.pk, problem.matter.round_number
    yield from _checked(problem)
    for answer in _of_round(ConditionAnswer, matter, number):
        yield f"验收条件“{CONDITIONS[answer.condition]}”的答复", answer
    for passed in checklist.exemptions_of(problem.matter):
        yield f"破例放行“{LABELS[passed.what]}”", passed
    for notice in _of_round(PublicNotice, matter, number):
        yield f"公示 {notice}", notice


def digest_of(lines: Lines) -> str:
    """One hash for all lines: what is signed."""
    return hashlib.sha256(bytes_of(lines)).hexdigest()


def bytes_of(lines: Lines) -> bytes:
    """The lines as the manifest keeps them: canonical JSON, one record a key."""
    return audit.canonical({key: [line.label, line.sha256] for key, line in lines.items()}).encode()


def manifest_of(matter: Matter, step: str) -> Manifest | None:
    """The manifest that was kept at a step of the present round."""
    rows = Manifest.objects.filter(matter=matter, round_number=matter.round_number, step=step, is_ended=False)
    return rows.select_related("file").order_by("-pk").first()


def kept_lines(manifest: Manifest) -> Lines:
    """The lines of a kept manifest."""
    kept: dict[str, list[str]] = json.loads(files.read(manifest.file))
    return {key: Line(*values) for key, values in kept.items()}


def changes_since(problem: Problem, step: str) -> list[Change]:
    """What of the file stands otherwise than when that step (claim_done or consent) was signed; [] if it was not."""
    manifest = manifest_of(problem.matter, step)
    if manifest is None:
        return []
    return changed(manifest, claimed(problem) if step == "claim_done" else whole(problem))


def changes_since_claim(problem: Problem) -> list[Change]:
    """As `changes_since` of the claim, but for the files that acceptance and sign-off ask for: these come later."""
    later = later_items(problem)
    foreseen = tuple(f"佐证“{one}”" for one in checklist.evidence_of_round(problem) if one.proves in later)
    changes = changes_since(problem, "claim_done")
    return [one for one in changes if one.what != "新增" or not one.label.endswith(foreseen)]


def later_items(problem: Problem) -> frozenset[str]:
    """The items that acceptance and sign-off put on the file, after the claim."""
    return frozenset(one.key for one in items_of(checklist.sort_of(problem), ACCEPTANCE, SIGN_OFF))


def changed(manifest: Manifest, now: Lines) -> list[Change]:
    """What stands otherwise now than in a kept manifest."""
    if digest_of(now) == manifest.digest:
        return []
    then = kept_lines(manifest)
    return [
        *(Change(line.label, "新增") for key, line in now.items() if key not in then),
        *(Change(line.label, "改动") for key, line in now.items() if key in then and then[key].sha256 != line.sha256),
        *(Change(line.label, "去掉") for key, line in then.items() if key not in now),
    ]


def last_evidence(matter: Matter, step: str) -> int:
    """The last evidence that a kept manifest knows; 0 where none does."""
    manifest = manifest_of(matter, step)
    keys = kept_lines(manifest) if manifest else {}
    return max((int(key.partition(":")[2]) for key in keys if key.startswith("evidence:")), default=0)
