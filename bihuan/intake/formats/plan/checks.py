"""What must be asked about a plan though every field of it was read: clashes, gaps, days that do not fit.

Hides nothing: each check is one function that returns doubts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bihuan.intake.formats.plan.drafts import Entry
from bihuan.intake.formats.plan.places import foreign_places
from bihuan.intake.formats.understood import Choice, Doubt, Field, Record
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.directory import Directory


def of_entry(entry: Entry, fields: dict[str, Field], measures: Sequence[Record], *, has_lead: bool) -> list[Doubt]:
    """What a problem lacks. A campaign may lack all of it."""
    if entry.kind != "problem":
        return []
    asked = []
    if not entry.fields.get("deadline") and not all(one.value("deadline") for one in measures or [Record("", {})]):
        asked.append(Doubt("deadline", "没有写整改时限，应为哪一天？", kind="deadline_missing"))
    lead, responsible = _value(fields, "lead"), _value(fields, "responsible")
    if (
        not any(one.value("lead") or one.value("responsible") for one in measures)
        and not lead
        and (has_lead or not responsible)
    ):
        asked.append(Doubt("lead", "没有写牵头单位，由哪个单位牵头？", kind="lead_missing"))
    numbers = {one.value("number") for one in measures}
    missing = [number for number in range(entry.counts_from, max(numbers, default=0)) if number not in numbers]
    if missing:
        gap = "、".join(map(str, missing))
        asked.append(Doubt("measures", f"措施序号缺{gap}，是漏了措施还是编号有误？", kind="measure_gap"))
    if not measures:
        asked.append(Doubt("measures", "没有读到整改措施，请核对原文。", kind="measures_missing"))
    if _value(fields, "number") is None:
        asked.append(Doubt("number", "没有写序号，应为第几项？", kind="number_missing"))
    return asked


def _value(fields: dict[str, Field], name: str) -> object:
    return fields[name].value if name in fields else None


def due_after(fields: dict[str, Field], above: dict[str, Field], words: Passage) -> list[Doubt]:
    """A measure whose own day lies after its problem's."""
    mine, problem = _value(fields, "due_on"), _value(above, "due_on")
    if not isinstance(mine, str) or not isinstance(problem, str) or mine <= problem:
        return []
    choices = (Choice(f"措施时限改为{problem}", problem), Choice(f"保留{mine}", mine, "问题时限需另行核对"))
    text = f"措施时限{mine}晚于所属问题的时限{problem}，以哪个为准？"
    return [Doubt("due_on", text, choices, "measure_after_problem", words.span)]


def foreign(parts: Sequence[Passage], field: str, directory: Directory) -> list[Doubt]:
    """Names of places outside the plan's city."""
    place = directory.place
    home = place.name if place else ""
    return [
        Doubt(
            field,
            f"文中出现“{name}”，不属于{home}，是否抄自外地？",
            kind="place_foreign",
            span=words.cut(start, end).span,
        )
        for words in parts
        for start, end, name in foreign_places(words.text, directory)
    ]


def clashes(records: Sequence[Record]) -> list[Record]:
    """The records, those that share their number with another of their kind and parent asked about."""
    counts = Counter(_identity(record) for record in records)
    return [
        _with_clash(record) if counts[_identity(record)] > 1 and _numbered(record) else record for record in records
    ]


def _numbered(record: Record) -> bool:
    return record.type in ("problem", "measure") and record.value("number") is not None


def _identity(record: Record) -> tuple[str, str, object]:
    return record.type, record.parent, record.value("number")


def _with_clash(record: Record) -> Record:
    what = "问题" if record.type == "problem" else "措施"
    number = record.value("number")
    doubt = Doubt(
        "number", f"有两项{what}的序号都是{number}，请核对。", (), "number_repeated", record.fields["number"].span
    )
    return replace(record, doubts=(*record.doubts, doubt))
