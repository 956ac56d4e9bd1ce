"""What is done about an emergency (应急启封): a code sealed, two of them opened, the emergency ended early."""

from datetime import datetime

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import day_of
from bihuan.lib import one_time
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import span
from bihuan.organisation.actions.appointing import refuse_excluded
from bihuan.organisation.models import Appointment, SealedCode, Unsealing
from bihuan.organisation.queries import access, emergency, scope
from bihuan.organisation.rules.duties import Role
from bihuan.organisation.rules.emergency import ENDERS, GIVES, HOLDERS, LASTS, OPENERS, TOLD
from bihuan.organisation.rules.keeping import GrantStanding


@action
def seal_code(code: str, *, by: Actor, at: datetime) -> SealedCode:
    """Keep this code for the administrator who asks; his earlier one is void. Only its hash is kept.

    Refuses everybody but the three administrators: each makes his own, so that nobody has seen two.
    """
    role = next((post.role for post in by.held if post.role in HOLDERS), None)
    if role is None or by.person is None:
        raise Refused("封存码由三个管理员各自生成。")
    for earlier in SealedCode.objects.filter(holder_id=by.person, spent_at__isnull=True, voided_at__isnull=True):
        audit.change(earlier, voided_at=at)
    return keep_code(code, by.person, role, by.city, at)


def keep_code(code: str, holder: int, role: Role, city: str, at: datetime) -> SealedCode:
    """Keep, inside an action, the hash of a code for whoever holds that administrator's role."""
    digest = one_time.digest_of(code, holder)
    return audit.create(SealedCode(city=city, holder_id=holder, role=role, digest=digest, made_at=at))


@action
def unseal(first: SealedCode, second: SealedCode, *, reason: str, purpose: str, by: Actor, at: datetime) -> Unsealing:
    """Open an emergency with the codes of two administrators: for two hours who asks holds the head's duties too.

    The three administrators, the head and he himself are told at once. The codes are spent. The appointment is granted
    by the one code's holder and confirmed by the other's, so that the database holds its constraints to it.
    Refuses who is not of the office, the head himself, codes of one holder, codes that do not stand, and a second
    emergency beside one that lasts.
    """
    _refuse_opener(by, at)
    _refuse_codes(first, second, by, at)
    head = emergency.head_stood_in_for(by.city, at)
    if head is None:
        raise Refused("本市还没有任过整改办主任，没有可以代行的职责。")
    until = at + LASTS
    post = Appointment(
        city=by.city,
        person=access.account_of(by).person,
        post=head.post,
        role=GIVES,
        starts_on=day_of(at),
        ends_on=day_of(until),
        stands_in_for=head,
        granted_by=first.holder,
        confirmed_by=second.holder,
        confirmed_at=at,
        standing=GrantStanding.CONFIRMED,
        until=until,
    )
    refuse_excluded(post)
    for code in (first, second):
        audit.change(code, spent_at=at)
    opened = Unsealing(
        city=by.city,
        appointment=audit.create(post),
        first_code=first,
        second_code=second,
        reason=reason.strip(),
        purpose=purpose.strip(),
        opened_at=at,
        valid_until=until,
    )
    holders = f"{first.holder}、{second.holder}"
    lent = f"代行主任职责{span(LASTS)}"
    _tell(opened, f"告警：{by.name}凭{holders}的封存码应急启封，{lent}。缘由：{opened.reason}", by, at)
    return audit.create(opened)


@action
def end_unsealing(unsealing: Unsealing, *, by: Actor, at: datetime, note: str = "") -> Unsealing:
    """End an emergency now. Refuses who is neither an administrator nor acts as the head, and one that is over."""
    if not scope.has_role(by, ENDERS):
        raise Refused("应急启封由管理员、主任或本人结束。")
    if unsealing.ended_at is not None or unsealing.valid_until <= at:
        raise Refused("这次应急启封已经结束了。")
    audit.change(unsealing.appointment, until=at, because=note)
    _tell(unsealing, f"{by.name}提前结束了{unsealing.appointment.person}的应急启封。", by, at)
    return audit.change(unsealing, ended_at=at, ended_by_id=by.person, because=note)


def _refuse_opener(by: Actor, at: datetime) -> None:
    if by.is_system or not scope.has_role(by, OPENERS):
        raise Refused("应急启封只给整改办各组的人员用。")
    if scope.has_role(by, (GIVES,)):
        raise Refused("您就是主任，或正在代行主任职责，不用启封。")
    if running := emergency.open_unsealings(by.city, at).first():
        raise Refused(f"{running.appointment.person}正在应急启封中，同时只能有一次。")


def _refuse_codes(first: SealedCode, second: SealedCode, by: Actor, at: datetime) -> None:
    if first.holder_id == second.holder_id or first.role == second.role:
        raise Refused("两个码要出自两个不同的管理员。")
    if by.person in (first.holder_id, second.holder_id):
        raise Refused("封存码的保管人不能自己启封。")
    if emergency.codes_kept(by.city, at).filter(pk__in=(first.pk, second.pk)).count() != 2:
        raise Refused("封存码用过、作废了，或保管人已不是管理员。")


def _tell(unsealing: Unsealing, sentence: str, by: Actor, at: datetime) -> None:
    told = scope.persons_holding(TOLD, by.city, day_of(at)) | {unsealing.appointment.person_id}
    outbox.tell(told, sentence[:300], at=at)
