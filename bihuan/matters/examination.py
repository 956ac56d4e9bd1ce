"""What `examine` checks of any matter: its state is its last round's, and somebody answers for it."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bihuan.core.examine import Finding, about
from bihuan.core.prepared import prepared
from bihuan.matters.models import Duty, Matter, MatterLink, Round
from bihuan.organisation.rules.duties import DutyRole

UNASSIGNED = ("draft", "in_tray", "withdrawn", "transferred", "merged")


@about(Matter, Round)
def states_agree() -> Iterator[Finding]:
    """I3: a matter shows the state of its last round, and has that round."""
    for code in _of_another_state():
        yield Finding("I3", code, "事项的状态与末轮不符。")
    for code in _beyond():
        yield Finding("I3", code, "有比事项更晚的轮次。")


@prepared
def _of_another_state() -> QuerySet[Matter, str]:
    last = Round.objects.filter(matter=OuterRef("pk"), number=OuterRef("round_number"), state=OuterRef("state"))
    return Matter.objects.filter(~Exists(last)).values_list("code", flat=True).order_by("code")


@prepared
def _beyond() -> QuerySet[Round, str]:
    beyond = Round.objects.filter(number__gt=F("matter__round_number"))
    return beyond.values_list("matter__code", flat=True).order_by("matter__code")


@about(MatterLink, Matter)
def links_lead_somewhere() -> Iterator[Finding]:
    """I6: no link that stands leads to a matter that was withdrawn with its import."""
    for code, other in _leading_nowhere():
        yield Finding("I6", code, f"与{other}的关联还没有解除，其中一件已随导入撤回。")


@prepared
def _leading_nowhere() -> QuerySet[MatterLink, tuple[str, str]]:
    rows = MatterLink.objects.filter(Q(first__is_withdrawn=True) | Q(second__is_withdrawn=True), is_ended=False)
    return rows.values_list("first__code", "second__code").order_by("first__code", "second__code")


@about(Matter)
def bearers_named() -> Iterator[Finding]:
    """I9: a matter that was handed over has a unit that leads or handles it, and a date or a reason for none."""
    for code in _adrift():
        yield Finding("I9", code, "已交办，却没有牵头或承办单位。")


@prepared
def _adrift() -> QuerySet[Matter, str]:
    bearer = Duty.objects.filter(
        matter=OuterRef("pk"), is_ended=False, role__in=(DutyRole.LEAD, DutyRole.RESPONSIBLE), unit__isnull=False
    )
    adrift = Matter.objects.filter(~Exists(bearer), is_withdrawn=False).exclude(state__in=UNASSIGNED)
    return adrift.exclude(kind="measure").values_list("code", flat=True).order_by("code")
