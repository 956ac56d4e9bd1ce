"""Inspections, matters, their rounds and the duties on them, as they are stored."""

from bihuan.matters.models.inspection import Inspection, RuleSet
from bihuan.matters.models.matter import Duty, Matter, Round, TakenOver

__all__ = ["Duty", "Inspection", "Matter", "Round", "RuleSet", "TakenOver"]
