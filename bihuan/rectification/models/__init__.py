"""Plans, problems and measures, as they are stored."""

from bihuan.rectification.models.plan import Aspect, Campaign, Deliberation, Plan
from bihuan.rectification.models.problem import Indicator, Measure, Milestone, Problem

__all__ = ["Aspect", "Campaign", "Deliberation", "Indicator", "Measure", "Milestone", "Plan", "Problem"]
