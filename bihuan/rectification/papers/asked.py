"""The gap page (可能被问到的): what an inspection team may ask, found in the rows, with what can be said to it.

A statement that no file proves is not here: the book finds those by itself.
"""

from collections.abc import Callable, Iterator

from bihuan.core.clock import day_of
from bihuan.lib.paper.book import Question
from bihuan.lib.redact import masked
from bihuan.matters.rules import checks
from bihuan.matters.rules import evidence as kinds
from bihuan.matters.rules.extension import STATES as EXTENSIONS
from bihuan.matters.rules.recheck import RecheckState
from bihuan.rectification.queries.dossier import Whole
from bihuan.rectification.rules.acceptance import CONDITIONS
from bihuan.rectification.rules.checklist import BY_KEY, PHOTOS
from bihuan.rectification.rules.problem import SIGNED_OFF, ProblemState

RETURNS = {"return": "退回整改", "uphold": "异议成立", "returned_above": "省级退回", "refuse_consent": "不同意销号"}
CLAIMED = (ProblemState.DRAFT, ProblemState.ISSUED, ProblemState.RECTIFYING)
SINCE = {"claim_done": "申请验收", "consent": "领导小组同意"}
FEW = 5
Gap = Callable[[Whole], Iterator[Question]]


def asked(whole: Whole) -> Iterator[Question]:
    """Every question that the rows raise, in the order of the chapters."""
    for gap in GAPS:
        yield from gap(whole)


def _late(whole: Whole) -> Iterator[Question]:
    """What was reported as finished or reached after its day, or is still open after it."""
    for one in whole.measures:
        due, done = one.matter.due_on, whole.finished(one)
        if due and done and done > due:
            yield Question(f"措施{one.number}为什么晚于时限完成？", f"时限{due}，{done}报完成。", "整改措施")
        if due and done is None and whole.on > due:
            yield Question(f"措施{one.number}为什么超过时限还没有完成？", f"时限{due}，尚未报完成。", "整改措施")
        for node in one.milestones.all():
            reached = whole.reached.get(node.pk)
            if reached and reached > node.due_on:
                words = f"应于{node.due_on}，{reached}到达。"
                yield Question(f"节点“{masked(node.text)}”为什么晚到？", words, "整改措施")
    due = whole.matter.due_on
    if due and whole.on > due and whole.matter.state in CLAIMED:
        yield Question("为什么超过时限还没有整改完成？", f"现行时限{due}。", "反馈原文")


def _extended(whole: Whole) -> Iterator[Question]:
    for one in whole.extensions:
        words = f"{one.old_due_on}延至{one.new_due_on}，{EXTENSIONS[one.state]}。理由：{masked(one.reason)}"
        yield Question(f"{one.matter.code}为什么延期？", words, "整改措施")


def _unpaired(whole: Whole) -> Iterator[Question]:
    photos = next((one for one in whole.standings if one.item.key == PHOTOS), None)
    if photos is not None and not photos.is_there:
        yield Question("整改前后的对比照片在哪里？", photos.pair_missing or "没有整改前后对比照片。", "佐证")


def _untimely(whole: Whole) -> Iterator[Question]:
    """Pictures older than the problem that are said to show the work, and files that came after the claim."""
    began = next((day_of(one.handed_over_at) for one in whole.rounds if one.handed_over_at), None)
    for one in whole.evidence:
        if one.taken_at and began and one.kind in (kinds.DURING, kinds.AFTER) and day_of(one.taken_at) < began:
            words = f"拍摄于{day_of(one.taken_at)}，问题{began}才交办。"
            yield Question(f"“{masked(str(one))}”为什么拍在交办以前？", words, "佐证")
    claimed = {one.round_number: one.signed_at for one in whole.signatures if one.step == "claim_done"}
    for number, moment in claimed.items():
        late = [one for one in whole.evidence if one.round_number == number and one.taken_at and one.taken_at > moment]
        late = [one for one in late if one.kind in (kinds.DURING, kinds.AFTER)]
        if late:
            words = f"“{masked(str(late[0]))}”等{len(late)}份，申请验收是{day_of(moment)}。"
            yield Question("为什么有照片拍在申请验收以后？", words, "佐证")
    bare = [one for one in whole.evidence if one.kind in (kinds.BEFORE, kinds.AFTER) and one.taken_at is None]
    if bare:
        yield Question("照片是什么时候拍的？", f"{len(bare)}张前后照片的原图没有记录拍摄时间。", "佐证")


def _missing(whole: Whole) -> Iterator[Question]:
    absent = [one.item.label for one in whole.standings if not one.is_there and one.item.key != PHOTOS]
    if absent:
        more = f"等{len(absent)}项" if len(absent) > FEW else ""
        yield Question("清单上的材料为什么不全？", f"缺{'、'.join(absent[:FEW])}{more}。", "验收")
    for one in whole.waivers:
        label = BY_KEY[one.item].label if one.item in BY_KEY else one.item
        confirmed = "验收单位已确认" if one.is_confirmed else "验收单位还没有确认"
        yield Question(f"“{label}”凭什么不适用？", f"{masked(one.reason)}；{confirmed}。", "验收")


def _checked(whole: Whole) -> Iterator[Question]:
    for check in whole.checks:
        failed = [one for one in check.checked.all() if one.verdict == checks.NOT_REACHED and not one.is_ended]
        if failed:
            words = "、".join(f"{one.matter.code}{masked(one.words)}" for one in failed)
            yield Question(f"{day_of(check.checked_at)}核查“未达到”的后来怎样？", words, "现场核查")
        if check.demand:
            due = f"（{check.demand_due_on}前）" if check.demand_due_on else ""
            words = f"{masked(check.demand)}{due}"
            yield Question(f"{day_of(check.checked_at)}核查提的要求落实了吗？", words, "现场核查")
        if check.disagreement:
            yield Question("被核查方的不同意见怎样处理的？", masked(check.disagreement), "现场核查")
    if not whole.checks and whole.matter.state not in CLAIMED:
        yield Question("有没有人到现场看过？", "没有现场核查记录。", "现场核查")


def _unmet(whole: Whole) -> Iterator[Question]:
    for one in whole.answers:
        if not one.is_met:
            words = masked(one.words)
            yield Question(f"“{CONDITIONS.get(one.condition, one.condition)}”为什么不符合？", words, "验收")


def _changed(whole: Whole) -> Iterator[Question]:
    for step, changes in whole.changes.items():
        if changes:
            words = "；".join(f"{one.what}{masked(one.label)}" for one in changes[:FEW])
            more = f"等{len(changes)}处" if len(changes) > FEW else ""
            yield Question(f"{SINCE[step]}以后为什么改了材料？", f"{words}{more}。", "验收")


def _returned(whole: Whole) -> Iterator[Question]:
    for deed in whole.deeds_on(whole.matter.code):
        for step in deed.steps:
            if step in RETURNS:
                yield Question(
                    f"{day_of(deed.at)}为什么“{RETURNS[step]}”，后来怎样改的？", masked(deed.note), "办理轨迹"
                )
            if step == "rebound":
                yield Question(f"{day_of(deed.at)}为什么认定反弹？", masked(deed.note), "办理轨迹")


def _watched(whole: Whole) -> Iterator[Question]:
    if whole.matter.state not in SIGNED_OFF:
        return
    own = [one for one in whole.rechecks if one.round_number == whole.matter.round_number]
    open_ones = [one for one in own if one.state in (RecheckState.PLANNED, RecheckState.SENT_OUT)]
    late = [one for one in open_ones if one.planned_on < whole.on]
    for one in late:
        yield Question(f"{one.kind}的复查为什么没有做？", f"计划{one.planned_on}，还没有核查记录。", "复查")
    if own and not late and len(open_ones) == len(own):
        words = f"还没有复查过，最近一次计划在{open_ones[0].planned_on}。"
        yield Question("销号以后复查过吗？", words, "复查")
    if not own:
        yield Question("销号以后怎样防止反弹？", "没有安排复查。", "复查")


GAPS: tuple[Gap, ...] = (
    _late,
    _extended,
    _unpaired,
    _untimely,
    _missing,
    _checked,
    _unmet,
    _changed,
    _returned,
    _watched,
)
