"""Plans, problems and measures, what is reported of them, and what that comes to, as they are stored."""

from bihuan.rectification.models.exemption import Exemption
from bihuan.rectification.models.experts import ExpertInvitation, ExpertOpinion
from bihuan.rectification.models.lights import HandLight, LightSpan, ScheduleFigure
from bihuan.rectification.models.plan import Aspect, Campaign, Consultation, Deliberation, Plan, PlanEdition, PlanRemark
from bihuan.rectification.models.problem import Assignment, Indicator, Measure, Milestone, Problem
from bihuan.rectification.models.progress import IndicatorReading, MilestoneReached

__all__ = [
    "Aspect",
    "Assignment",
    "Campaign",
    "Consultation",
    "Deliberation",
    "Exemption",
    "ExpertInvitation",
    "ExpertOpinion",
    "HandLight",
    "Indicator",
    "IndicatorReading",
    "LightSpan",
    "Measure",
    "Milestone",
    "MilestoneReached",
    "Plan",
    "PlanEdition",
    "PlanRemark",
    "Problem",
    "ScheduleFigure",
]
