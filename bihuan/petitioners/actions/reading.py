"""A petitioner's data opened for a quarter of an hour, and petitions found by a whole number.

Nothing here lets a value into a message, a note or a deed's content.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bihuan.core import audit, outbox
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI, day_of
from bihuan.core.vault import Secret
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.lib.quantity import span
from bihuan.organisation.models import Person
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import stepping
from bihuan.petitioners.models import Lookup, Opening
from bihuan.petitioners.queries import limits, sight
from bihuan.petitioners.rules import opening as rules
from bihuan.petitioners.rules.fields import FIELDS, INDEXED, indexed
from bihuan.petitioners.rules.opening import OPENING, OpeningState
from bihuan.petitions.models import Petition


@action
def ask_opening(
    petition: Petition,
    fields: Collection[str],
    reason: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
    is_kin: bool = False,
) -> Opening:
    """Open fields of a petitioner to oneself for a quarter of an hour, with a reason; or ask another for his consent.

    Consent is needed from whoever is kin to him, and where the same person was opened often of late. The head of the
    office is told of each; the auditor of those that are many or at night.
    """
    row = stepping.readable(petition, by, at)
    wanted = [name for name in FIELDS if name in fields and getattr(row, name)]
    if not wanted:
        raise Refused("请至少选一项已登记的内容。")
    if reason not in rules.REASONS or not words.strip():
        raise Refused("请选理由，并写明要办什么。")
    opening = audit.create(
        Opening(
            petitioner=row,
            asked_by_id=stepping.person_of(by),
            asked_at=at,
            fields=wanted,
            reason=reason,
            words=redact.masked(words.strip())[:300],
            is_kin=is_kin,
            state=OPENING.initial,
        )
    )
    if rules.needs_consent(limits.opened_lately(row, at), is_kin=is_kin):
        stepping.tell(Role.OFFICE_HEAD, f"待批准查看举报人信息：{_called(opening)}", petition, by, at)
        return opening
    return _open(opening, by, at, state=OpeningState.OPENED)


@action
def decide_opening(opening: Opening, name: str, *, by: Actor, at: datetime, note: str = "") -> Opening:
    """Agree to an opening or refuse it (agree, refuse): never the one who asked, and nobody who is complained of."""
    petition = opening.petitioner.petition
    if not sight.may_oversee(by, petition, day_of(at)):
        raise Refused(stepping.NOT_YOURS)
    stepping.take_step(OPENING, opening, name, limits.opening_facts(opening, by, at), by, note)
    audit.change(opening, decided_by_id=by.person, decided_at=at)
    answer = f"已批准，{span(rules.AGREED_FOR)}内可打开" if name == "agree" else "没有批准"
    outbox.tell([opening.asked_by_id], f"查看举报人信息{answer}：{petition.number}", at=at, matter_code=petition.about)
    return opening


@action
def use_opening(opening: Opening, *, by: Actor, at: datetime) -> Opening:
    """Open what another agreed to: by the one who asked, within a day."""
    stepping.readable(opening.petitioner.petition, by, at)
    stepping.take_step(OPENING, opening, "open", limits.opening_facts(opening, by, at), by, "")
    return _open(opening, by, at)


def _open(opening: Opening, by: Actor, at: datetime, **more: Any) -> Opening:
    """The quarter of an hour begins: one entry in the trail, one line to the head, one to the auditor if it is odd."""
    row, petition = opening.petitioner, opening.petitioner.petition
    audit.change(opening, opened_at=at, until=at + rules.OPEN_FOR, **more)
    audit.look(row, *opening.fields, because=f"{rules.REASONS[opening.reason]}：{opening.words}", step="open")
    stepping.tell(Role.OFFICE_HEAD, f"举报人信息被查看：{_called(opening)}", petition, by, at)
    local = at.astimezone(SHANGHAI)
    is_working = limits.is_working_day(day_of(at), by.city)
    odd = rules.alarm(limits.opened_today(by, at), local, is_working=is_working)
    if odd:
        stepping.tell(
            Role.AUDIT_ADMIN, f"请核查：{by.name}{odd}，事项{petition.about}，{local:%m月%d日%H:%M}", None, by, at
        )
    return opening


def _called(opening: Opening) -> str:
    labels = "、".join(FIELDS[name].label for name in opening.fields)
    return f"{opening.petitioner.petition.number}（{labels}），理由：{rules.REASONS[opening.reason]}"


@action
def look_up(field: str, number: Secret, *, by: Actor, at: datetime) -> tuple[Petition, ...]:
    """The petitions of whoever has exactly this telephone or identity number. Refuses more than thirty a day."""
    if field not in INDEXED or not scope.has_role(by, sight.READERS):
        raise Refused("只有信访专员可以按号码查找举报人。")
    if len(indexed(field, number.plain)) < 7:
        raise Refused("请填完整的电话或身份证号；不能按一部分号码查找。")
    Person.objects.select_for_update().get(pk=stepping.person_of(by))  # two at once are counted one after the other
    if limits.lookups_today(by, at) >= rules.LOOKUPS_A_DAY:
        raise Refused(f"今天已查找{rules.LOOKUPS_A_DAY}次，到了上限，请明天再查。")
    found = sight.found_by(by, field, number.plain, day_of(at))
    audit.create(Lookup(person_id=stepping.person_of(by), looked_at=at, field=field, found=len(found)))
    for row in found:
        audit.look(row, field, because="按号码查找", step="look_up")
    return tuple(row.petition for row in found)
