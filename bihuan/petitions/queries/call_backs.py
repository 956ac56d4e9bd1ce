"""Call-backs of petitions, and those that are still to be made."""

from django.db.models import Exists, F, OuterRef, QuerySet

from bihuan.petitions.models import CallBack, Petition
from bihuan.petitions.rules.call_backs import DISSATISFIED, UNREACHED
from bihuan.petitions.rules.petition import AFTER_ANSWER


def of_round(petition: Petition) -> QuerySet[CallBack]:
    """The call-backs of a petition's present round that stand, the earliest first."""
    rows = CallBack.objects.filter(petition=petition, round_number=petition.matter.round_number, is_ended=False)
    return rows.order_by("called_on", "pk")


def of_petition(petition: Petition) -> QuerySet[CallBack]:
    """Every call-back of a petition that stands, of earlier rounds too, the latest first."""
    rows = CallBack.objects.filter(petition=petition, is_ended=False).select_related("called_by")
    return rows.order_by("-round_number", "-called_on", "-pk")


def dissatisfied(city: str) -> QuerySet[CallBack, int]:
    """The petitions (ids) of a city whose last answer of the present round is 不满意."""
    rows = CallBack.objects.filter(city=city, is_ended=False, round_number=F("petition__matter__round_number"))
    rows = rows.exclude(outcome=UNREACHED).filter(petition__matter__state__in=AFTER_ANSWER)
    later = rows.filter(petition=OuterRef("petition"), pk__gt=OuterRef("pk"))
    return rows.filter(~Exists(later), outcome=DISSATISFIED).values_list("petition_id", flat=True)
