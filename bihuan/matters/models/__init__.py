"""Inspections, matters, their rounds and the duties on them, and the work on them, as they are stored."""

from bihuan.matters.models.aftercare import PublicNotice, Recheck
from bihuan.matters.models.evidence import Evidence, Waiver
from bihuan.matters.models.inspection import Inspection, RuleSet
from bihuan.matters.models.link import MatterLink
from bihuan.matters.models.matter import Duty, Matter, Round, TakenOver
from bihuan.matters.models.progress import Extension, ProgressReport
from bihuan.matters.models.sweep import Sweep, SweepFinding, SweepPlace
from bihuan.matters.models.verification import (
    CheckedMatter,
    CitedPaper,
    ConditionAnswer,
    FieldCheck,
    Manifest,
    Signature,
)
from bihuan.matters.models.watch import Comparison, WatchHit, WatchKey

__all__ = [
    "CheckedMatter",
    "CitedPaper",
    "Comparison",
    "ConditionAnswer",
    "Duty",
    "Evidence",
    "Extension",
    "FieldCheck",
    "Inspection",
    "Manifest",
    "Matter",
    "MatterLink",
    "ProgressReport",
    "PublicNotice",
    "Recheck",
    "Round",
    "RuleSet",
    "Signature",
    "Sweep",
    "SweepFinding",
    "SweepPlace",
    "TakenOver",
    "Waiver",
    "WatchHit",
    "WatchKey",
]
