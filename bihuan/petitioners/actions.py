"""Everything that writes the vault: identity and original texts kept, data opened, numbers looked for, keys destroyed.

Hides how a value becomes ciphertext. Nothing here lets a value into a message, a note or a deed's content.
"""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from bihuan.core import audit, moving, outbox, rows, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI, day_of
from bihuan.core.vault import Secret
from bihuan.lib import redact
from bihuan.lib.flow import Flow, Refused
from bihuan.organisation.models import Person
from bihuan.organisation.queries import emergency, scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.models import Destruction, Lookup, Opening, Petitioner
from bihuan.petitioners.queries import limits, sight
from bihuan.petitioners.rules import opening as rules
from bihuan.petitioners.rules.destruction import DESTRUCTION
from bihuan.petitioners.rules.fields import FIELDS, INDEXED, WRITTEN, indexed
from bihuan.petitioners.rules.opening import OPENING, OpeningState
from bihuan.petitions.models import Petition

LASTING = "销毁不能撤回，应急启封期间不办；请等主任回来确认。"
NOT_YOURS = "您不能办理这件信访的举报人信息。"
GONE = "举报人信息的密钥已经销毁，不能再读，也不能再写。"


@action
def record_identity(
    petition: Petition, values: Mapping[str, Secret], *, by: Actor, at: datetime, seen: int | None = None
) -> Petitioner:
    """Write or correct what is known of a petitioner: fields that are not given stay, an empty one is cleared.

    Refuses whoever may not see him, a form that another overtook, and one that changes nothing.
    """
    _refuse_strangers(by, petition, at)
    row = sight.standing(petition)
    if row is None:
        row = _opened_for(petition)
    elif seen is not None and seen != row.version:
        raise audit.Overtaken("他人已先行办理，请刷新后再办。")
    given = {name: values[name].plain.strip() for name in WRITTEN if name in values}
    changed = {name: words for name, words in given.items() if words != _plain(row, name)}
    if not changed:
        raise Refused("没有改动，不用存。")
    return _write(row, changed)


def keep_originals(kept: Sequence[tuple[Petition, Mapping[str, str]]], *, because: str = "") -> None:
    """Keep, inside an action, the texts of petitions as they came in, where something was masked in the ledger.

    What was kept before of other texts of the same petition stays; whose key was destroyed is left alone.
    """
    known = sight.held_for([petition for petition, _ in kept])
    fresh = []
    for petition, texts in kept:
        row = known.get(petition.pk)
        if row is None:
            row = _sealed_row(petition, {"original": _packed(texts)})
            fresh.append(row)
        elif row.destroyed_on is None:
            before = sight.originals_of(sight.plain_words(row, "original"))
            after = {**before, **texts}
            if after != before or row.is_withdrawn:
                _write(row, {"original": _packed(after)}, because=because, is_withdrawn=False)
    audit.create_many(fresh, because=because)


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
    row = _readable(petition, by, at)
    wanted = [name for name in FIELDS if name in fields and getattr(row, name)]
    if not wanted:
        raise Refused("请至少选一项已登记的内容。")
    if reason not in rules.REASONS or not words.strip():
        raise Refused("请选理由，并写明要办什么。")
    opening = audit.create(
        Opening(
            petitioner=row,
            asked_by_id=_person(by),
            asked_at=at,
            fields=wanted,
            reason=reason,
            words=redact.masked(words.strip())[:300],
            is_kin=is_kin,
            state=OPENING.initial,
        )
    )
    if rules.needs_consent(limits.opened_lately(row, at), is_kin=is_kin):
        _tell(Role.OFFICE_HEAD, f"待批准查看举报人信息：{_called(opening)}", petition, by, at)
        return opening
    return _open(opening, by, at, state=OpeningState.OPENED)


@action
def decide_opening(opening: Opening, name: str, *, by: Actor, at: datetime, note: str = "") -> Opening:
    """Agree to an opening or refuse it (agree, refuse): never the one who asked, and nobody who is complained of."""
    petition = opening.petitioner.petition
    if not sight.may_oversee(by, petition, day_of(at)):
        raise Refused(NOT_YOURS)
    _step(OPENING, opening, name, limits.opening_facts(opening, by, at), by, note)
    audit.change(opening, decided_by_id=by.person, decided_at=at)
    answer = "已批准，24小时内可打开" if name == "agree" else "没有批准"
    outbox.tell([opening.asked_by_id], f"查看举报人信息{answer}：{petition.number}", at=at, matter_code=petition.about)
    return opening


@action
def use_opening(opening: Opening, *, by: Actor, at: datetime) -> Opening:
    """Open what another agreed to: by the one who asked, within a day."""
    _readable(opening.petitioner.petition, by, at)
    _step(OPENING, opening, "open", limits.opening_facts(opening, by, at), by, "")
    return _open(opening, by, at)


def _open(opening: Opening, by: Actor, at: datetime, **more: Any) -> Opening:
    """The quarter of an hour begins: one entry in the trail, one line to the head, one to the auditor if it is odd."""
    row, petition = opening.petitioner, opening.petitioner.petition
    audit.change(opening, opened_at=at, until=at + rules.OPEN_FOR, **more)
    audit.look(row, *opening.fields, because=f"{rules.REASONS[opening.reason]}：{opening.words}", step="open")
    _tell(Role.OFFICE_HEAD, f"举报人信息被查看：{_called(opening)}", petition, by, at)
    local = at.astimezone(SHANGHAI)
    is_working = limits.is_working_day(day_of(at), by.city)
    odd = rules.alarm(limits.opened_today(by, at), local, is_working=is_working)
    if odd:
        _tell(Role.AUDIT_ADMIN, f"请核查：{by.name}{odd}，事项{petition.about}，{local:%m月%d日%H:%M}", None, by, at)
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
    Person.objects.select_for_update().get(pk=_person(by))  # two at once are counted one after the other
    if limits.lookups_today(by, at) >= rules.LOOKUPS_A_DAY:
        raise Refused(f"今天已查找{rules.LOOKUPS_A_DAY}次，到了上限，请明天再查。")
    found = sight.found_by(by, field, number.plain, day_of(at))
    audit.create(Lookup(person_id=_person(by), looked_at=at, field=field, found=len(found)))
    for row in found:
        audit.look(row, field, because="按号码查找", step="look_up")
    return tuple(row.petition for row in found)


@action
def propose_destruction(petition: Petition, *, by: Actor, at: datetime, note: str) -> Destruction:
    """Propose that a petitioner's key be destroyed, its time being over; another confirms it."""
    row = _readable(petition, by, at)
    early = limits.too_early(petition, day_of(at))
    if early or not note.strip():
        raise Refused(early or "请写明销毁的依据。")
    if Destruction.objects.filter(petitioner=row, state=DESTRUCTION.initial).exists():
        raise Refused("已经有人提出销毁，等待另一人确认。")
    proposal = audit.create(
        Destruction(
            petitioner=row, proposed_by_id=_person(by), proposed_at=at, reason=note[:300], state=DESTRUCTION.initial
        )
    )
    _tell(Role.OFFICE_HEAD, f"待确认销毁举报人信息：{petition.number}", petition, by, at)
    return proposal


@action
def decide_destruction(proposal: Destruction, name: str, *, by: Actor, at: datetime, note: str = "") -> Destruction:
    """Confirm or refuse a proposal: never the one who made it. Confirmed, the key is gone for good."""
    row = proposal.petitioner
    if not sight.may_oversee(by, row.petition, day_of(at)):
        raise Refused(NOT_YOURS)
    _step(DESTRUCTION, proposal, name, limits.destruction_facts(proposal, by, day_of(at)), by, note)
    audit.change(proposal, decided_by_id=by.person, decided_at=at)
    if name == "confirm":
        rows.erase(row, "wrapped_key", *(f"{field}_index" for field in INDEXED))
        audit.change(row, destroyed_on=day_of(at), because=proposal.reason)
    return proposal


def _step(flow: Flow, row: Any, name: str, facts: Any, by: Actor, note: str) -> None:
    """Take a step in the appointment whose duty allows it."""
    known = flow.step(name, row.state)
    post = scope.post_for(by, known.who, ()) if known else None
    if flow is DESTRUCTION and post is not None and post.until is not None:
        raise Refused(LASTING)
    emergency.refuse_own(post, by, row.petitioner.petition.matter.code)
    if post is not None:
        audit.deed().by = by.acting_in(post.appointment, post.post, post.behalf)
    moving.make_move(flow, row, name, note=note, capacities=scope.capacities(by, ()), facts=facts)


def _person(by: Actor) -> int:
    if by.person is None:
        raise Refused(NOT_YOURS)
    return by.person


def _refuse_strangers(by: Actor, petition: Petition, at: datetime) -> None:
    if not sight.may_read(by, petition, day_of(at)):
        raise Refused(NOT_YOURS)


def _readable(petition: Petition, by: Actor, at: datetime) -> Petitioner:
    _refuse_strangers(by, petition, at)
    row = sight.standing(petition)
    if row is None:
        raise Refused("这件信访没有登记举报人信息。")
    if row.destroyed_on is not None:
        raise Refused(GONE)
    return row


def _opened_for(petition: Petition) -> Petitioner:
    """The row for a petition that has none, or the one that was withdrawn with an import."""
    withdrawn = Petitioner.objects.filter(petition=petition).first()
    return withdrawn or _sealed_row(petition, {})


def _sealed_row(petition: Petition, words: Mapping[str, str]) -> Petitioner:
    code = secrets.token_hex(8)
    row = Petitioner(petition=petition, city=petition.city, code=code)
    row.wrapped_key = vault.new_key(purpose=sight.key_purpose(row))
    for name, value in _sealed(row, words).items():
        setattr(row, name, value)
    return row


def _sealed(row: Petitioner, words: Mapping[str, str]) -> dict[str, Any]:
    """The columns that these words become."""
    if row.destroyed_on is not None:
        raise Refused(GONE)
    columns: dict[str, Any] = {}
    for name, plain in words.items():
        of, purpose = sight.key_purpose(row), sight.purpose_of(row, name)
        columns[name] = vault.seal_under(row.wrapped_key, plain, of=of, purpose=purpose) if plain else b""
        if name in INDEXED:
            number = indexed(name, plain)
            columns[f"{name}_index"] = vault.index(number, purpose=name) if number else ""
    return columns


def _write(row: Petitioner, words: Mapping[str, str], *, because: str = "", **more: Any) -> Petitioner:
    columns = _sealed(row, words)
    if row.pk is not None:
        return audit.change(row, because=because, **columns, **({"is_withdrawn": False} | more))
    for name, value in columns.items():
        setattr(row, name, value)
    return audit.create(row, because=because)


def _plain(row: Petitioner, name: str) -> str:
    return sight.plain_words(row, name) if row.destroyed_on is None else ""


def _packed(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False, sort_keys=True)


def _tell(role: Role, text: str, petition: Petition | None, by: Actor, at: datetime) -> None:
    """One line to everybody in that role, but the doer himself; it opens the petition, where one is named."""
    persons = scope.persons_holding((role,), by.city, day_of(at)) - {by.person or 0}
    outbox.tell(persons, text[:300], at=at, matter_code=petition.about if petition else "")
