"""Petitioners' data exported by two persons: asked for, agreed to, made as one encrypted file, its password shown once.

The file is made in memory and given away; nothing of it is kept. Nothing here lets a value into a message or a note.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bihuan.core import audit, numbering, outbox, rows, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.clock import SHANGHAI, day_of
from bihuan.core.vault import Secret
from bihuan.lib import one_time, redact
from bihuan.lib.flow import Refused
from bihuan.lib.paper.locked import locked
from bihuan.lib.paper.workbook import Head, Sheet, workbook
from bihuan.lib.quantity import span
from bihuan.organisation.queries import scope
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import stepping
from bihuan.petitioners.models import Export
from bihuan.petitioners.queries import accused, exports, limits, sight
from bihuan.petitioners.queries.exports import Taken
from bihuan.petitioners.rules import export as rules
from bihuan.petitioners.rules import opening
from bihuan.petitioners.rules.export import EXPORT, EXPORTED, Purpose
from bihuan.petitioners.rules.fields import FIELDS
from bihuan.petitions.models import Petition

NOT_THE_DESK = "只有信访专员可以申请导出举报人信息。"
OWN_UNIT = "其中有{}件与您所在的单位有关，不能由您批准；请由另一位主任办，或请申请人去掉后重新提出。"
WIDTHS = {"name": 6, "phone": 9, "id_number": 11, "address": 24, "email": 12, "wechat": 10, "note": 24}


@dataclass(frozen=True, slots=True)
class Made:
    """The export that was made, and its file: encrypted, and nowhere else."""

    code: str
    file: bytes


@action
def ask_export(
    petitions: Sequence[Petition], fields: Collection[str], purpose: Purpose, *, by: Actor, at: datetime
) -> Export:
    """Ask that fields of the petitioners of these petitions be exported, for a purpose; another agrees.

    Which petitions is settled now; those that the asker may not see are left out. Refuses more than five hundred, none,
    none of which anything is held, and a purpose that is not whole.
    """
    if not scope.has_role(by, sight.READERS):
        raise Refused(NOT_THE_DESK)
    wanted = [name for name in EXPORTED if name in fields]
    said = Purpose(purpose.reason, *(redact.masked(words.strip()) for words in purpose[1:]))
    if not wanted or said.reason not in rules.REASONS or not all(said):
        raise Refused("请选要导出的项目和理由，写明要办什么、交给谁、依据的文号。")
    chosen = _readable(petitions, wanted, by, at)
    year = day_of(at).year
    export = audit.create(
        Export(
            code=f"DC{year}-{numbering.take(f'export:{year}'):03}",
            asked_by_id=stepping.person_of(by),
            asked_at=at,
            codes=sorted(one.matter.code for one in chosen),
            fields=wanted,
            reason=said.reason,
            words=said.words[:300],
            recipient=said.recipient[:100],
            paper=said.paper[:100],
            state=EXPORT.initial,
        )
    )
    text = f"待批准导出举报人信息：{export.code}，{len(chosen)}件，交{said.recipient}；在“信访—导出举报人信息”里办"
    _tell_heads(export, text, by, at)
    return export


def _readable(petitions: Sequence[Petition], wanted: Sequence[str], by: Actor, at: datetime) -> list[Petition]:
    """Those of the petitions that the asker may see; refuses none, too many, and where nothing is held."""
    every = [*{one.pk: one for one in petitions if one.city == by.city}.values()]
    if len(every) > rules.MOST:
        raise Refused(f"一次最多导出{rules.MOST}件，这次有{len(every)}件；请分几次提出。")
    if not every:
        raise Refused("请选要导出的信访件。")
    closed = accused.closed_to(by, every, day_of(at))
    chosen = [one for one in every if one.pk not in closed]
    if not chosen:
        raise Refused("这些信访件与您的单位有关，您不能导出。")
    if not exports.how_many_held(chosen, wanted):
        raise Refused("这些信访件都没有登记要导出的这几项。")
    return chosen


@action
def decide_export(export: Export, name: str, *, by: Actor, at: datetime, note: str) -> Export:
    """Agree to an export or refuse it (agree, refuse), with words: never the asker, nor in an emergency's post, nor
    whoever belongs to a unit that one of the petitions concerns.
    """
    closed = accused.closed_to(by, exports.petitions_of(export), day_of(at))
    if closed:
        raise Refused(OWN_UNIT.format(len(closed)))
    note = note.strip()[:300]
    stepping.step_in(EXPORT, export, name, exports.export_facts(export, by, at), by, note)
    audit.change(export, decided_by_id=by.person, decided_at=at, opinion=note)
    answer = f"已批准，{span(rules.AGREED_FOR)}内由您生成一次文件" if name == "agree" else "没有批准"
    outbox.tell([export.asked_by_id], f"导出举报人信息{export.code}{answer}。", at=at)
    return export


@action
def withdraw_export(export: Export, *, by: Actor, at: datetime) -> Export:
    """Take back a request of one's own that no file was made for."""
    stepping.step_in(EXPORT, export, "withdraw", exports.export_facts(export, by, at), by, "")
    return export


@action
def make_export(export: Export, *, by: Actor, at: datetime) -> Made:
    """Make the file that another agreed to, once: for the asker, within a day.

    Each petitioner in it gets an entry as one whose data were read. The password is sealed for whoever agreed. What the
    asker may not see any more, and whose key is destroyed, stands in the file with a remark alone.
    """
    stepping.step_in(EXPORT, export, "make", exports.export_facts(export, by, at), by, "")
    taken = exports.taken_for(by, exports.petitions_of(export), export.fields, day_of(at))
    told = [one for one in taken if one.row is not None]
    if not told:
        raise Refused("这些信访件现在没有一件能导出，请核对后重新提出。")
    for one in told:
        _note_look(export, one)
    odd = _alarm(len(told), by, at)
    password = one_time.new_code(rules.PASSWORD_GROUPS)
    sealed = vault.seal(password.encode(), purpose=_purpose(export))
    audit.change(export, made_at=at, count=len(told), sealed_password=sealed)
    _tell_made(export, odd, by, at)
    return Made(export.code, locked(workbook([_sheet(export, taken, by, at)]), password))


@action
def show_password(export: Export, *, by: Actor, at: datetime) -> Secret:
    """The password of a file, once: to whoever agreed to it, within a day of its making. Afterwards nobody has it."""
    facts = exports.export_facts(export, by, at)
    stepping.step_in(EXPORT, export, "show", facts, by, "")
    password = Secret(vault.unseal(bytes(export.sealed_password), purpose=_purpose(export)).decode())
    audit.change(export, shown_at=at)
    rows.erase(export, "sealed_password")
    outbox.tell([export.asked_by_id], f"{export.code}的密码已由批准人取走，由他另路告知{export.recipient}。", at=at)
    return password


def forget_passwords(before: datetime) -> int:
    """Erase the passwords of files made before that moment, which nobody came for; how many."""
    left = [one for one in Export.objects.filter(made_at__lt=before, shown_at__isnull=True) if one.sealed_password]
    for export in left:
        rows.erase(export, "sealed_password")
    return len(left)


def _purpose(export: Export) -> str:
    return f"export:{export.city}:{export.code}"


def _note_look(export: Export, one: Taken) -> None:
    """One reading of one petitioner: which fields, by which export, for whom. What he is told when he asks."""
    because = f"导出{export.code}，{rules.REASONS[export.reason]}：{export.words}；交{export.recipient}，{export.paper}"
    if one.row is not None:
        audit.look(one.row, *one.words, because=because, step="export")


def _alarm(count: int, by: Actor, at: datetime) -> str:
    local, is_working = at.astimezone(SHANGHAI), limits.is_working_day(day_of(at), by.city)
    return opening.alarm(limits.opened_today(by, at) + count, local, is_working=is_working)


def _tell_made(export: Export, odd: str, by: Actor, at: datetime) -> None:
    """Whoever agreed comes for the password; every other head and, if it is odd, the auditor is told."""
    _tell_heads(export, f"举报人信息已导出：{export.code}，{export.count}人，交{export.recipient}", by, at)
    made = f"{export.code}的文件已生成，请在{span(rules.PASSWORD_FOR)}内看一次密码，另路告知接收单位。"
    outbox.tell([export.decided_by_id or 0], made, at=at)
    if odd:
        moment = at.astimezone(SHANGHAI)
        text = f"请核查：{by.name}{odd}，导出{export.code}，{export.count}人，{moment:%m月%d日%H:%M}"
        stepping.tell(Role.AUDIT_ADMIN, text, None, by, at)


def _tell_heads(export: Export, text: str, by: Actor, at: datetime) -> None:
    """One line to every head but the doer, and but whom one of the petitions concerns."""
    outbox.tell(exports.heads_for(export, day_of(at)) - {by.person or 0}, text[:300], at=at)


def _sheet(export: Export, taken: Sequence[Taken], by: Actor, at: datetime) -> Sheet:
    moment = at.astimezone(SHANGHAI)
    note = (
        f"{export.code} {by.name} {moment:%Y-%m-%d %H:%M} 导出，{export.decided_by} 批准；交：{export.recipient}；"
        f"依据：{export.paper}；仅供{rules.REASONS[export.reason]}，不得转发，用后销毁"
    )
    heads = [
        Head("信访件编码", 8),
        Head("受理编号", 12),
        *(Head(FIELDS[one].label, WIDTHS[one]) for one in export.fields),
    ]
    lines = [
        [
            one.petition.matter.code,
            one.petition.number,
            *(one.words.get(name, "") for name in export.fields),
            one.remark,
        ]
        for one in taken
    ]
    return Sheet("举报人信息", note, [*heads, Head("说明", 14)], lines)
