"""Who was asked for an opinion on a draft plan, and what they answered."""

from django.db.models import QuerySet

from bihuan.rectification.models import Consultation, Plan
from bihuan.rectification.rules.plan import unanswered_words


def consultations_of(plan: Plan) -> QuerySet[Consultation]:
    """The units that were asked, those of the last time in front, each time in the order of the list."""
    rows = Consultation.objects.filter(plan=plan, is_withdrawn=False).select_related("unit__region", "plan")
    return rows.order_by("-asked_on", "unit__region__code", "pk")


def asked_now(plan: Plan) -> QuerySet[Consultation]:
    """Those that were asked since the plan was last opened to be written."""
    rows = consultations_of(plan)
    return rows if plan.opened_at is None else rows.filter(recorded_at__gte=plan.opened_at)


def unanswered(plan: Plan) -> str:
    """Who was asked and has not answered, in a sentence, or ""."""
    return unanswered_words([str(one.unit) for one in asked_now(plan).filter(answer="")])
