"""What `examine` checks of problems and measures: every matter has its record, every measure a living place, and what
was signed off was so by whole steps and stands.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from bihuan.core import files, search
from bihuan.core.audit import Entry
from bihuan.core.clock import day_of
from bihuan.core.examine import Finding, about
from bihuan.core.prepared import PAGE, in_pages, prepared
from bihuan.core.vault import Sealed
from bihuan.matters.models import Comparison, Manifest, Matter, PublicNotice, Recheck, Signature, TakenOver
from bihuan.organisation.rules import chain
from bihuan.rectification.actions import plan
from bihuan.rectification.models import LightSpan, Measure, Problem, ScheduleFigure
from bihuan.rectification.queries import package, projection, watching
from bihuan.rectification.rules.measure import MEASURE, PROVEN
from bihuan.rectification.rules.problem import ACCEPT_FIRST, CLOSING, PROBLEM, SIGNED_OFF, ProblemState
from bihuan.rectification.rules.taking_over import CLOSED as CLOSED_ELSEWHERE

COMPARED_WITHIN = timedelta(hours=1)
DRAFT = ProblemState.DRAFT
SIGNED = {step: PROBLEM[ACCEPT_FIRST].rows(step)[0].label for step in ("claim_done", "accept", "consent", "sign_off")}
"""{step whose signature a closed round has: how it is called}, in the order in which they are signed."""
MANIFESTS = ("claim_done", "consent", "sign_off")


@about(Matter)
def nothing_missing() -> Iterator[Finding]:
    """I6, I9: no matter without its problem or measure, none in a state that no table knows, no measure adrift."""
    for code in _lost():
        yield Finding("I6", code, "事项在，台账里的记录不在。")
    known = {"problem": {*PROBLEM["accept_first"].states}, "measure": {*MEASURE.states}}
    for kind, states in known.items():
        for code, state in _strange(kind, states):
            yield Finding("I3", code, f"状态“{state}”不在流程表里。")
    for code in _adrift():
        yield Finding("I9", code, "所属问题已撤回，措施还在。")
    for code in _of_another_kind():
        yield Finding("I9", code, "问题挂在别的种类的事项上。")


@prepared
def _lost() -> QuerySet[Matter, str]:
    lost = Q(kind="problem", problem__isnull=True) | Q(kind="measure", measure__isnull=True)
    return Matter.objects.filter(lost).values_list("code", flat=True).order_by("code")


@prepared
def _strange(kind: str, states: Collection[str]) -> QuerySet[Matter, tuple[str, str]]:
    strange = Matter.objects.filter(kind=kind).exclude(state__in=states)
    return strange.values_list("code", "state").order_by("code")


@prepared
def _adrift() -> QuerySet[Measure, str]:
    adrift = Measure.objects.filter(problem__matter__is_withdrawn=True, matter__is_withdrawn=False)
    return adrift.values_list("matter__code", flat=True).order_by("matter__code")


@prepared
def _of_another_kind() -> QuerySet[Problem, str]:
    return Problem.objects.exclude(matter__kind="problem").values_list("matter__code", flat=True)


@about(Problem, TakenOver)
def closed_by_steps() -> Iterator[Finding]:
    """I7: no problem is closed but by the step that closes it, or because it was taken over as closed, and says so."""
    for code in _closed_without_step():
        yield Finding("I7", code, "已销号，却没有销号的步骤，也不是接管来的。")
    for code in _from_nowhere():
        yield Finding("I7", code, "接管来的，却不知道出自哪份文件。")


@prepared
def _closed_without_step() -> QuerySet[Matter, str]:
    signed = Entry.objects.filter(about=OuterRef("code"), city=OuterRef("city"), step="sign_off")
    taken = TakenOver.objects.filter(matter=OuterRef("pk"), is_withdrawn=False, standing__in=CLOSED_ELSEWHERE)
    closed = Matter.objects.filter(kind="problem", is_withdrawn=False, state__in=SIGNED_OFF)
    return closed.filter(~Exists(signed), ~Exists(taken)).values_list("code", flat=True).order_by("code")


@prepared
def _from_nowhere() -> QuerySet[TakenOver, str]:
    lost = TakenOver.objects.filter(is_withdrawn=False, matter__is_withdrawn=False, intake__isnull=True)
    return lost.values_list("matter__code", flat=True).order_by("matter__code")


@about(Signature)
def closed_are_watched() -> Iterator[Finding]:
    """I7: no problem was signed off here without a re-check planned, and none is long-term without its next proof."""
    planned = Recheck.objects.filter(matter=OuterRef("pk"), is_ended=False)
    signed = Signature.objects.filter(matter=OuterRef("pk"), is_ended=False, step__in=CLOSING)
    watched = (*SIGNED_OFF, ProblemState.SUSTAINED)
    closed = Matter.objects.filter(Exists(signed), kind="problem", is_withdrawn=False, state__in=watched)
    for code in closed.filter(~Exists(planned)).values_list("code", flat=True).order_by("code"):
        yield Finding("I7", code, "已销号或转长期坚持，却没有排复查。")


@about(Signature)
def closings_stand() -> Iterator[Finding]:
    """I5, I7, I8: what is signed off was claimed, accepted, agreed to and shown to the public, in the order of its
    rules, every measure confirmed, no two links of its chain signed by one person; each kept manifest is what its
    signature names, and of what was signed off nothing was changed or taken away.

    What came later (a re-check, proof of a rebound) is beside it.
    """
    for problem in _signed_off():
        signatures = _signatures(problem)
        faults = (*_out_of_order(problem, signatures), *_otherwise_than_signed(problem, signatures))
        for invariant, sentence in faults:
            yield Finding(invariant, problem.matter.code, sentence)


def _otherwise_than_signed(problem: Problem, signatures: Mapping[str, Signature]) -> Iterator[tuple[str, str]]:
    manifests = _manifests(problem)
    for step in MANIFESTS:
        kept, signed = manifests.get(step), signatures.get(step)
        if kept is None or signed is None:
            continue  # which the order says
        data = _bytes_of(kept)
        if kept.digest != signed.digest or (data is not None and hashlib.sha256(data).hexdigest() != kept.digest):
            yield "I5", f"“{SIGNED[step]}”的签字与留存的卷宗清单不符。"
    last, now = manifests.get("sign_off"), package.whole(problem)
    for key, line in package.kept_lines(last).items() if last and _bytes_of(last) else ():
        if key not in now or now[key].sha256 != line.sha256:
            yield "I5", f"销号时签过的“{line.label}”{'改动过' if key in now else '已不在'}。"


def _bytes_of(manifest: Manifest) -> bytes | None:
    """What a manifest says; None where its file cannot be read, which the check of files says."""
    try:
        return files.read(manifest.file)
    except (OSError, Sealed):
        return None


def _out_of_order(problem: Problem, signatures: Mapping[str, Signature]) -> Iterator[tuple[str, str]]:
    if missing := [words for step, words in SIGNED.items() if step not in signatures]:
        yield "I7", f"已销号，却没有“{'、'.join(missing)}”的签字。"
        return
    times = [signatures[step].signed_at for step in SIGNED]
    if times != sorted(times):
        yield "I7", f"{'、'.join(SIGNED.values())}的先后不对。"
    yield from (("I8", fault) for fault in _same_hands(signatures))
    if fault := _notice_fault(problem, day_of(signatures["sign_off"].signed_at)):
        yield "I7", fault
    measures = Measure.objects.filter(problem=problem, matter__is_withdrawn=False)
    for number in measures.exclude(matter__state__in=PROVEN).order_by("number").values_list("number", flat=True):
        yield "I7", f"已销号，措施{number}却没有确认。"


def _signed_off() -> Iterator[Problem]:
    elsewhere = TakenOver.objects.filter(matter=OuterRef("matter"), is_withdrawn=False, standing__in=CLOSED_ELSEWHERE)
    rows = Problem.objects.filter(~Exists(elsewhere), matter__state__in=SIGNED_OFF, matter__is_withdrawn=False)
    yield from rows.select_related("matter__inspection__rule_set").order_by("matter__code").iterator(200)


def _manifests(problem: Problem) -> dict[str, Manifest]:
    own = {"matter": problem.matter, "round_number": problem.matter.round_number, "is_ended": False}
    return {one.step: one for one in Manifest.objects.filter(**own).select_related("file").order_by("pk")}


def _signatures(problem: Problem) -> dict[str, Signature]:
    own = {"matter": problem.matter, "round_number": problem.matter.round_number, "is_ended": False}
    return {one.step: one for one in Signature.objects.filter(**own).order_by("pk")}


def _same_hands(signatures: Mapping[str, Signature]) -> Iterator[str]:
    """Which steps one person signed though they are different links of the chain, each beside his first."""
    first: dict[int, str] = {}
    for step, link in chain.LINKS["problem"].items():
        if step not in signatures:
            continue
        before = first.setdefault(signatures[step].person_id, step)
        if chain.link_of("problem", before) != link:
            names = (PROBLEM[ACCEPT_FIRST].rows(one)[0].label for one in (before, step))
            yield "“{}”和“{}”是同一个人签的。".format(*names)


def _notice_fault(problem: Problem, signed_off_on: date) -> str:
    own = {"matter": problem.matter, "round_number": problem.matter.round_number, "is_ended": False}
    notice = PublicNotice.objects.filter(**own).order_by("-pk").first()
    if notice is None:
        return "已销号，却没有公示。"
    return "公示期没有满就销了号。" if notice.ends_on >= signed_off_on else ""


@about(Comparison)
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
    for put, model in ((plan.index_problems, Problem), (plan.index_measures, Measure)):
        for matter, wrong in search.disagreeing(put, in_pages(partial(_searched, model))):
            yield Finding("I14", Matter.objects.get(pk=matter).code, wrong)
    for stray in search.strays(Matter.objects.order_by()):
        yield Finding("I14", f"查找索引 {stray}", "索引里有这一行，没有这件事项。")


@prepared
def _searched(model: type[Problem | Measure], start: int) -> QuerySet[Any]:
    found = model._default_manager.filter(pk__gte=start).select_related("matter").defer("spans")
    return found.order_by("pk")[:PAGE]


@about(Matter)
def lights_agree() -> Iterator[Finding]:
    """I14: the lights and figures that are kept are those that the rules make of the rows, for every day."""
    for some in projection.parts(projection.everywhere()):
        found = projection.kept_of(some)
        days = {key: one.figure.on for key, one in found.items() if one.figure}
        wanted = projection.wanted(some, date.max, days)
        wrong = [key for key, one in wanted.items() if one != found.get(key, projection.NOTHING)]
        for code in Matter.objects.filter(pk__in=wrong).order_by("code").values_list("code", flat=True):
            yield Finding("I14", code, "存着的灯号或序时数与按规则推算的不符。")
    for model in (LightSpan, ScheduleFigure):
        for code in _lit_drafts(model):
            yield Finding("I14", code, "没有下达，却存着灯号或序时数。")


@prepared
def _lit_drafts(model: type[LightSpan | ScheduleFigure]) -> QuerySet[Any, str]:
    drafts = Q(matter__problem__matter__state=DRAFT) | Q(matter__measure__problem__matter__state=DRAFT)
    strays = model._default_manager.filter(drafts).order_by("matter__code")
    return strays.values_list("matter__code", flat=True).distinct()
