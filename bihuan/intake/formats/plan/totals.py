"""Holds the totals a plan prints about itself (18个问题60项整改措施) against what was read, and names the gap.

Hides the phrasings.
"""

import re
from collections.abc import Sequence

from bihuan.intake.formats.understood import Reconciliation, Record
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage

_N = r"(?P<n>(?<!\d)\d{1,5}|[一二三四五六七八九十百]{1,7})"
_ADJECTIVES = r"(?:具体|整改|突出|反馈|主要|重点|生态|环境|生态环境|督察反馈|个性|共性|任务|细化|举一反三)*"
_PATTERNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("方面", "aspect", (rf"{_N}个方面", rf"{_N}大(?:类|方面)")),
    ("整改举措", "campaign", (rf"{_N}[项条个]{_ADJECTIVES}举措",)),
    ("群众信访问题", "petition", (rf"{_N}[个件]群众信访(?:举报)?(?:问题|件)?",)),
    (
        "问题",
        "problem",
        (
            rf"{_N}[个项]{_ADJECTIVES}(?:问题|任务)(?!分工)",
            rf"(?<![个项条])(?:反馈|整改)?问题(?:共|共计|合计)?{_N}[个项]",
            rf"整改任务{_N}项",
        ),
    ),
    ("整改措施", "measure", (rf"{_N}[项条个]{_ADJECTIVES}措施", rf"措施(?:共|共计|合计)?{_N}[项条个]")),
)
# Numbers that count a part: what is done by a date, what is left.
_PART = re.compile(r"(?:完成|其余|剩余|其中|另有|分别|已|前)[^,，;；。、]{0,6}$")


def reconcile(outside: Sequence[Passage], records: Sequence[Record]) -> list[Reconciliation]:
    """One row for each total that the paper prints."""
    rows: list[Reconciliation] = []
    for what, kind, patterns in _PATTERNS:
        for total in dict.fromkeys(_printed(outside, patterns, what)):
            read = None if kind == "petition" else _count(kind, total, records)
            rows.append(Reconciliation(what, total, read, _note(kind, total, read, records)))
    return rows


def printed(outside: Sequence[Passage], kind: str) -> list[int]:
    """The totals of one kind (aspect, campaign, …) that the paper prints, each once."""
    found = (_printed(outside, patterns, what) for what, of, patterns in _PATTERNS if of == kind)
    return [*dict.fromkeys(total for totals in found for total in totals)]


def _count(kind: str, printed: int, records: Sequence[Record]) -> int:
    """How many records of a kind were read; of aspects, those above campaigns or those above problems."""
    if kind != "aspect":
        return sum(record.type == kind for record in records)
    above = [
        {record.parent for record in records if record.type == one and record.parent.startswith("aspect:")}
        for one in ("campaign", "problem")
    ]
    counts = [len(one) for one in (*above, above[0] | above[1]) if one]
    return printed if printed in counts else next(iter(counts), 0)


def _printed(outside: Sequence[Passage], patterns: Sequence[str], what: str) -> list[int]:
    found = []
    for words in outside:
        folded = re.sub(r"\s+", "", words.folded)
        for pattern in patterns:
            for one in re.finditer(pattern, folded):
                number = chinese.number(one["n"])
                is_part = what == "问题" and _PART.search(folded[: one.start()])
                if number and not is_part and "信访" not in one[0].replace("群众信访", "", what == "群众信访问题"):
                    found.append(number)
    return found


def _note(kind: str, printed: int, read: int | None, records: Sequence[Record]) -> str:
    if read is None:
        return "本文件没有逐件列出群众信访问题。"
    if printed == read:
        return ""
    short = f"文中写{printed}，读到{read}，{'少' if read < printed else '多'}{abs(printed - read)}。"
    return short + _gap(kind, records)


def _gap(kind: str, records: Sequence[Record]) -> str:
    """Where a number is missing from a count, where the way to count was in doubt."""
    if kind == "problem":
        missing = _missing([record.value("number") for record in records if record.type == "problem"])
        return f"序号缺{'、'.join(map(str, missing))}。" if missing else ""
    if kind != "measure":
        return ""
    notes = []
    for problem in records:
        if problem.type != "problem":
            continue
        numbers = [one.value("number") for one in records if one.parent == problem.key]
        name = f"问题{problem.value('number')}"
        if missing := _missing(numbers):
            notes.append(f"{name}缺第{'、'.join(map(str, missing))}项措施")
        if any(doubt.kind == "measure_count" for doubt in problem.doubts):
            notes.append(f"{name}的措施没有编号，可能不止{len(numbers)}项")
        elif not numbers:
            notes.append(f"{name}没有读到措施")
    return "；".join(notes) + "。" if notes else ""


def _missing(numbers: Sequence[int | None]) -> list[int]:
    known = {number for number in numbers if number is not None}
    return [number for number in range(1, max(known, default=0)) if number not in known]
