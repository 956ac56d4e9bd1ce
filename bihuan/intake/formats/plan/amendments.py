"""Notices that move deadlines (关于调整…整改时限的通知): which problem, from when to when, and why.

Hides whether the changes stand in a table or in sentences.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bihuan.intake.formats.plan import values
from bihuan.intake.formats.plan.drafts import Draft
from bihuan.intake.formats.plan.measures import together
from bihuan.intake.formats.understood import MISSING, Doubt, Field, Record
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.deadlines import read_deadline

FIELDS = ("number", "text", "old_deadline", "old_due_on", "deadline", "due_on", "reason")
_TITLE = re.compile(r"调整.{0,60}(?:时限|期限|时间)|延期整改|(?:时限|期限)(?:延期|调整)")
_QUOTED = r"[“\"”]?"
_CHANGE = re.compile(
    rf"(?P<what>(?:第|序号|任务|问题)\s*(?P<n>\d+|[一二三四五六七八九十]+)\s*项?[^。;\n]*?)(?:的)?(?:整改|完成|办结)*(?:时限|期限|时间)?"
    rf"[,，]?由(?:原定?的?)?{_QUOTED}(?P<old>[^“”\",，;。]{{3,24}}?){_QUOTED}(?:调整|延长|延期|推迟|变更|顺延|修改)(?:为|至|到)"
    rf"{_QUOTED}(?P<new>[^“”\",，;。\n]{{3,24}}){_QUOTED}"
)
_CAUSE = r"(?:(?<![原基])因(?!此)|由于|鉴于)"
_WHY = rf"(?:(?:调整|延期|变更|延长)?的?(?:主要)?(?:理由|原因)(?:是|为|:)*\s*{_CAUSE}?|{_CAUSE})"
_REASON = re.compile(rf"{_WHY}(?P<reason>[^。;\n]{{4,160}})")
_BEFORE = re.compile(
    rf"{_WHY}(?P<reason>[^。;\n]{{4,160}}?)[,，]\s*(?:现|经[^,，。;]{{2,20}}[,，]|同意|拟)?(?:将|对|把)?$"
)


def is_amendment(title: object) -> bool:
    """Whether a title is that of a notice which moves deadlines."""
    return isinstance(title, str) and bool(_TITLE.search(title))


def amendments(draft: Draft, lines: Sequence[Passage], on: date | None) -> list[Record]:
    """A record for each deadline that is moved, out of tables first, else out of sentences."""
    tabled = list(_tabled(draft, on))
    return tabled or [record for line in lines for record in _worded(line, on)]


def _tabled(draft: Draft, on: date | None) -> Iterator[Record]:
    for entry in draft.entries:
        new = together(entry.fields.get("new_deadline", []))
        if not new:
            continue
        found = values.number_field(entry.number, entry.number_words)
        text = values.text_field(together(entry.fields.get("text", [])))
        reason = values.text_field(together(entry.fields.get("reason", [])))
        yield _record(found, text, together(entry.fields.get("old_deadline", [])), new, reason, on)


def _worded(line: Passage, on: date | None) -> Iterator[Record]:
    for found in _CHANGE.finditer(line.folded):
        place = line.cut(*found.span("n"))
        number = values.number_field(chinese.number(found["n"]), place)
        text = values.text_field(line.cut(*found.span("what")))
        reason = values.text_field(_reason(line, found))
        yield _record(number, text, line.cut(*found.span("old")), line.cut(*found.span("new")), reason, on)


def _reason(line: Passage, change: re.Match[str]) -> Passage | None:
    """Why a deadline is moved: what a label or 因 opens, up to the stop or to the change itself."""
    before = _BEFORE.search(line.folded, 0, change.start())
    why = before or _REASON.search(line.folded, change.end())
    return line.cut(*why.span("reason")).strip() if why else None


def _record(number: Field, text: Field, old: Passage, new: Passage, reason: Field, on: date | None) -> Record:
    read, deadline = values.deadline_fields(new, on)
    before = read_deadline(old.text, on).due_on if old else None
    fields = {"number": number, "text": text, "reason": reason, **read}
    fields["old_deadline"] = values.text_field(old)
    fields["old_due_on"] = Field(before.isoformat(), old.raw, old.span, "时限推算为日期") if before else MISSING
    doubts = values.deadline_doubt(deadline, new)
    if before and deadline.due_on and deadline.due_on <= before:
        text_of = f"调整后的时限{deadline.due_on.isoformat()}不晚于原时限{before.isoformat()}，请核对。"
        doubts.append(Doubt("due_on", text_of, kind="amendment_backwards", span=new.span))
    complete = {name: fields.get(name, MISSING) for name in FIELDS}
    return Record(
        "amendment", complete, tuple(doubts), f"amendment:{number.value or '_'}", f"problem:{number.value or ''}"
    )
