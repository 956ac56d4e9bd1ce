"""Whether a petitioner who can be reached was asked how he takes the result, before his petition is signed off."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.core.actor import Actor
from bihuan.matters.models import Matter
from bihuan.petitioners.models import Petitioner
from bihuan.petitions import queries
from bihuan.petitions.models import CallBack, Petition
from bihuan.petitions.queries import call_backs
from bihuan.petitions.rules.call_backs import TRIES, is_asked
from bihuan.petitions.rules.closings import CLOSED
from bihuan.petitions.rules.petition import ANSWERED, PetitionState

REACHED_BY = ("name", "phone", "address", "email", "wechat")
WAITING = (*ANSWERED, PetitionState.ACCEPTING)
NOT_ASKED = f"举报人留了姓名或联系方式，还没有回访；连续{TRIES}天联系不上的，逐次记下也算。"


def to_call(by: Actor) -> QuerySet[Petition]:
    """The finished petitions whose petitioner can be reached and was not asked yet, for the petition desk."""
    reachable = Q()
    for name in REACHED_BY:
        reachable |= ~Q(**{name: b""})
    who = Petitioner.objects.filter(reachable, is_withdrawn=False, destroyed_on__isnull=True)
    asked = CallBack.objects.filter(petition=OuterRef("pk"), is_ended=False)
    asked = asked.filter(round_number=OuterRef("matter__round_number"))
    waiting = queries.petitions_for(by).filter(matter__state__in=WAITING, closing=CLOSED)
    waiting = waiting.filter(pk__in=who.values("petition"))
    return waiting.filter(~Exists(asked)).order_by("answered_on", "matter_id")


def not_called(matter: Matter) -> str:
    """Why the acceptance of a petition waits for a call-back, or ""; an anonymous one has nobody to call."""
    rows = Petitioner.objects.filter(petition__matter=matter.pk, is_withdrawn=False, destroyed_on__isnull=True)
    who = rows.select_related("petition__matter").first()
    if who is None or not any(bytes(getattr(who, name)) for name in REACHED_BY):
        return ""
    told = [(one.called_on, one.outcome) for one in call_backs.of_round(who.petition)]
    return "" if is_asked(told) else NOT_ASKED
