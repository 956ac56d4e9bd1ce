"""Asking experts about an acceptance: inviting them, their one opinion, and going on without it."""

from datetime import date, datetime

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.core.clock import day_of
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import full_day
from bihuan.lib.redact import masked
from bihuan.matters import queries as matters
from bihuan.matters.actions import proving
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.rectification.models import ExpertInvitation, ExpertOpinion, Problem
from bihuan.rectification.queries import experts, package
from bihuan.rectification.rules import experts as rules

STEP = "expert"
NO_EXPERT = "您现在不是验收专家，不能提意见。"
TOLD = 120  # characters of a title that a message quotes


@action
def invite_expert(
    problem: Problem, person: int, until: date, asked: str = "", *, by: Actor, at: datetime, note: str = ""
) -> ExpertInvitation:
    """Ask an expert of the city to read the package of a claim until a day, that day included, and to judge it once.

    Refuses everybody but the accepting unit, the supervision group and the head; before the claim and after the
    conclusion; who holds no expert's post; who stands too near to the matter; a day that is past or too far; and who
    is asked already or has judged what has not changed since.
    """
    problem.matter = matters.locked_round(problem.matter).matter
    acting.take_capacity(rules.INVITERS, matters.answering(problem.matter), problem.matter.code, rules.NOT_YOURS)
    today = day_of(at)
    if not experts.is_open(problem):
        raise Refused("申请验收以后、验收通过以前才能请专家。")
    chosen = next((one for one in experts.candidates(problem, today) if one.person == person), None)
    if chosen is None:
        raise Refused("这个人现在不是验收专家，请先由安全管理员授予角色。")
    if refusal := chosen.refusal or rules.wrong_days(until, today):
        raise Refused(refusal)
    invitation = audit.create(
        ExpertInvitation(
            matter=problem.matter,
            round_number=problem.matter.round_number,
            expert_id=chosen.person,
            name=chosen.name,
            post=chosen.post,
            asked=asked.strip(),
            invited_by_id=by.person,
            starts_on=today,
            until=until,
        ),
        because=f"请{chosen.name}看到{full_day(until)}",
    )
    words = f"请您为“{masked(problem.title)[:TOLD]}”的验收提意见，{full_day(until)}以前都能看材料。"
    outbox.tell([chosen.person], words, at=at)
    return invitation


@action
def go_without(invitation: ExpertInvitation, *, by: Actor, at: datetime, note: str = "") -> ExpertInvitation:
    """Take an invitation back and say why the acceptance does not wait for this expert; he reads nothing any more.

    Refuses as `invite_expert` whom it refuses, without a reason, and where the opinion is there or it was taken back.
    """
    matter = matters.locked_round(invitation.matter).matter
    acting.take_capacity(rules.INVITERS, matters.answering(matter), matter.code, rules.NOT_YOURS)
    if not experts.waiting_on(matter).filter(pk=invitation.pk).exists():
        raise Refused("这位专家已经给出意见，或邀请已经收回。")
    if not note.strip():
        raise Refused("请写明为什么不等这位专家的意见。")
    audit.change(invitation, is_ended=True, unheard=note.strip(), because=note.strip())
    outbox.tell([invitation.expert_id], f"为“{_title(invitation)}”提意见的邀请已收回：{note.strip()}"[:300], at=at)
    return invitation


@action
def give_opinion(
    invitation: ExpertInvitation, verdict: str, words: str, seen: str, *, by: Actor, at: datetime, note: str = ""
) -> ExpertOpinion:
    """Give the one opinion that an expert was asked for, on the package as he saw it (`seen` is its hash).

    Refuses everybody but him while he reads the package, a second opinion, one without a verdict or words; and as
    overtaken where the package was changed since he opened it.
    """
    problem = invitation.matter.problem
    problem.matter = matters.locked_round(invitation.matter).matter
    read = experts.package_for(by, problem.matter.code, day_of(at))
    if read is None or read.invitation.pk != invitation.pk:
        raise Refused("这份材料现在不由您看：没有请您、期限已过，或已有验收结论。")
    if not experts.waiting_on(problem.matter).filter(pk=invitation.pk).exists():
        raise Refused("您已经给过意见；每次邀请只提一次。")
    if refusal := rules.wrong_opinion(verdict, words):
        raise Refused(refusal)
    if seen != read.digest:
        raise Overtaken("您打开以后材料有改动，没有提出；请看过现在的材料再提意见。")
    acting.take_role(Role.ACCEPTANCE_EXPERT, NO_EXPERT)
    manifest = proving.keep_manifest(problem.matter, STEP, read.digest, package.bytes_of(read.lines))
    opinion = audit.create(
        ExpertOpinion(
            invitation=invitation,
            city=invitation.city,
            verdict=verdict,
            words=words.strip(),
            manifest=manifest,
            given_at=at,
        )
    )
    outbox.tell(
        _whoever_asked(invitation, at),
        f"{invitation.name}已为“{problem.title[:TOLD]}”的验收提出意见。",
        at=at,
        matter_code=problem.matter.code,
    )
    return opinion


def _whoever_asked(invitation: ExpertInvitation, at: datetime) -> frozenset[int]:
    """The accepting unit's clerks, and who invited."""
    matter = invitation.matter
    clerks = scope.persons_meant("accepting", matters.answering(matter), matter.city, day_of(at))
    return clerks | ({invitation.invited_by_id} if invitation.invited_by_id else frozenset())


def let_go(problem: Problem, because: str) -> None:
    """Take back, inside a step's deed, the invitations that wait: there is nothing to conclude any more."""
    for invitation in experts.waiting_on(problem.matter):
        audit.change(invitation, is_ended=True, unheard=because.strip() or "不再验收", because=because)


def _title(invitation: ExpertInvitation) -> str:
    return masked(str(invitation.matter.problem.title))[:TOLD]
