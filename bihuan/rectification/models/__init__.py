"""Plans, problems and measures, and what is reported of them, as they are stored."""

from bihuan.rectification.models.plan import Aspect, Campaign, Deliberation, Plan, PlanEdition, PlanRemark
from bihuan.rectification.models.problem import Indicator, Measure, Milestone, Problem
from bihuan.rectification.models.progress import IndicatorReading, MilestoneReached

__all__ = [
    "Aspect",
    "Campaign",
    "Deliberation",
    "Indicator",
    "IndicatorReading",
    "Measure",
    "Milestone",
    "MilestoneReached",
    "Plan",
    "PlanEdition",
    "PlanRemark",
    "Problem",
]
