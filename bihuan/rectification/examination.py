"""What `examine` checks of problems and measures: every matter has its record, every measure a living place."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from bihuan.core import search
from bihuan.core.audit import Entry
from bihuan.core.examine import Finding
from bihuan.matters.models import Comparison, Matter, Recheck, Signature, TakenOver
from bihuan.rectification.actions import plan
from bihuan.rectification.models import LightSpan, Measure, Problem, ScheduleFigure
from bihuan.rectification.queries import projection, watching
from bihuan.rectification.rules.measure import MEASURE
from bihuan.rectification.rules.problem import CLOSING, PROBLEM, ProblemState
from bihuan.rectification.rules.taking_over import CLOSED as CLOSED_ELSEWHERE

COMPARED_WITHIN = timedelta(hours=1)
DRAFT = ProblemState.DRAFT
SIGNED_OFF = (ProblemState.SIGNED_OFF, ProblemState.FILED)


def nothing_missing() -> Iterator[Finding]:
    """I6, I9: no matter without its problem or measure, none in a state that no table knows, no measure adrift."""
    for kind, related in (("problem", "problem"), ("measure", "measure")):
        lost = Matter.objects.filter(kind=kind, **{f"{related}__isnull": True})
        for code in lost.values_list("code", flat=True).order_by("code"):
            yield Finding("I6", code, "事项在，台账里的记录不在。")
    known = {"problem": {*PROBLEM["accept_first"].states}, "measure": {*MEASURE.states}}
    for kind, states in known.items():
        strange = Matter.objects.filter(kind=kind).exclude(state__in=states)
        for code, state in strange.values_list("code", "state").order_by("code"):
            yield Finding("I3", code, f"状态“{state}”不在流程表里。")
    adrift = Measure.objects.filter(problem__matter__is_withdrawn=True, matter__is_withdrawn=False)
    for code in adrift.values_list("matter__code", flat=True).order_by("matter__code"):
        yield Finding("I9", code, "所属问题已撤回，措施还在。")
    wrong_kind = Problem.objects.exclude(matter__kind="problem").values_list("matter__code", flat=True)
    for code in wrong_kind:
        yield Finding("I9", code, "问题挂在别的种类的事项上。")


def closed_by_steps() -> Iterator[Finding]:
    """I7: no problem is closed but by the step that closes it, or because it was taken over as closed, and says so."""
    signed = Entry.objects.filter(about=OuterRef("code"), city=OuterRef("city"), step="sign_off")
    taken = TakenOver.objects.filter(matter=OuterRef("pk"), is_withdrawn=False, standing__in=CLOSED_ELSEWHERE)
    closed = Matter.objects.filter(kind="problem", is_withdrawn=False, state__in=SIGNED_OFF)
    for code in closed.filter(~Exists(signed), ~Exists(taken)).values_list("code", flat=True).order_by("code"):
        yield Finding("I7", code, "已销号，却没有销号的步骤，也不是接管来的。")
    lost = TakenOver.objects.filter(is_withdrawn=False, matter__is_withdrawn=False, intake__isnull=True)
    for code in lost.values_list("matter__code", flat=True).order_by("matter__code"):
        yield Finding("I7", code, "接管来的，却不知道出自哪份文件。")


def closed_are_watched() -> Iterator[Finding]:
    """I7: no problem was signed off here without a re-check planned, and none is long-term without its next proof."""
    planned = Recheck.objects.filter(matter=OuterRef("pk"), is_ended=False)
    signed = Signature.objects.filter(matter=OuterRef("pk"), is_ended=False, step__in=CLOSING)
    watched = (*SIGNED_OFF, ProblemState.SUSTAINED)
    closed = Matter.objects.filter(Exists(signed), kind="problem", is_withdrawn=False, state__in=watched)
    for code in closed.filter(~Exists(planned)).values_list("code", flat=True).order_by("code"):
        yield Finding("I7", code, "已销号或转长期坚持，却没有排复查。")


def newcomers_compared() -> Iterator[Finding]:
    """I7: nothing was handed over after a sign-off and passed over, while what came later was compared with what is
    signed off. That nobody compares at all, the check of jobs says.
    """
    for city in watching.cities():
        newest = Comparison.objects.filter(city=city).aggregate(newest=Max("compared_at"))["newest"]
        if newest is None:
            continue
        late = watching.uncompared(city).filter(rounds__number=1, rounds__handed_over_at__lte=newest - COMPARED_WITHIN)
        for code in late.values_list("code", flat=True):
            yield Finding("I7", code, "销号以后交办的，还没有与已销号的事项比对。")


def search_agrees() -> Iterator[Finding]:
    """I14: search finds every problem and measure by the words that stand today, and nothing that is not there."""
    indexed = ((plan.index_problems, Problem.objects), (plan.index_measures, Measure.objects))
    for put, rows in indexed:
        whole = rows.select_related("matter").defer("spans").order_by("pk")
        for matter, wrong in search.disagreeing(put, whole):
            yield Finding("I14", Matter.objects.get(pk=matter).code, wrong)
    for stray in search.strays(Matter.objects.order_by()):
        yield Finding("I14", f"查找索引 {stray}", "索引里有这一行，没有这件事项。")


def lights_agree() -> Iterator[Finding]:
    """I14: the lights and figures that are kept are those that the rules make of the rows, for every day."""
    for some in projection.parts(projection.everywhere()):
        found = projection.kept_of(some)
        days = {key: one.figure.on for key, one in found.items() if one.figure}
        wanted = projection.wanted(some, date.max, days)
        wrong = [key for key, one in wanted.items() if one != found.get(key, projection.NOTHING)]
        for code in Matter.objects.filter(pk__in=wrong).order_by("code").values_list("code", flat=True):
            yield Finding("I14", code, "存着的灯号或序时数与按规则推算的不符。")
    drafts = Q(matter__problem__matter__state=DRAFT) | Q(matter__measure__problem__matter__state=DRAFT)
    for model in (LightSpan, ScheduleFigure):
        strays = model._default_manager.filter(drafts).order_by("matter__code")
        for code in strays.values_list("matter__code", flat=True).distinct():
            yield Finding("I14", code, "没有下达，却存着灯号或序时数。")
