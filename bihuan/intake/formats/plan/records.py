"""From a plan's drafts to its records: aspects, campaigns, problems and their measures, each with its doubts.

Hides how the fields of a problem pass on to its measures, and what makes two numbers clash.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.intake.formats.plan import checks, values
from bihuan.intake.formats.plan.context import Context, is_empty, put_shared
from bihuan.intake.formats.plan.drafts import Draft, Entry
from bihuan.intake.formats.plan.indicators import indicators_field
from bihuan.intake.formats.plan.measure_records import measure_record
from bihuan.intake.formats.plan.measures import Measure, divide, parts_of, together, unbroken
from bihuan.intake.formats.plan.several import ask_for_several
from bihuan.intake.formats.understood import MISSING, Choice, Doubt, Field, Record
from bihuan.lib import chinese
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.directory import Directory

PROBLEM_FIELDS = (
    "number", "upper_numbers", "title", "text", "aspect", "campaign", "pollution_type", "nature", "target", "deadline",
    "due_on", *values.UNIT_FIELDS, *values.NAME_FIELDS, "telephone",
    "measures", "milestones", "indicators", "completion_sign", "progress", "remark",
)  # fmt: skip
_PLAIN = ("target", "completion_sign", "telephone", "progress", "remark", "nature", "pollution_type", "reason")
_UPPER = re.compile(
    r"(?P<level>中央|国家|省委?|市|区|县)(?:级|(?:生态环境|环境|环)?保?护?督察|反馈|整改|方案|任务|清单|序号)+第?\s*(?P<n>\d+)\s*[项号]"
)
_LEVELS = {"中央": "中央", "国家": "中央", "省": "省级", "省委": "省级", "市": "市级", "区": "县级", "县": "县级"}
_SERIES = re.compile(r"^\s*(?:(?:中央|国家|[市县区省]级)第?\s*\d+\s*项\s*(?:\([^()]*\))?\s*[、:,.。]?\s*)+")
# (中央督察反馈第21项、省方案第18项): numbers of the bodies above, and no title.
_ONLY_UPPER = re.compile(r"\s*\([^()]*第?\s*\d+\s*[项号][^()]*\)\s*[、:,.。]?\s*")
# 2020年6月底前(第1条措施), (第1、2条), (第3至5项措施): what stands before the bracket is the day of those measures.
_OF_MEASURE = re.compile(
    r"(?P<words>[^;。()\n]+)\((?=[^()]*[条项措])(?P<n>第?\d{1,2}[条项]?(?:[、,和及至~-]第?\d{1,2}[条项]?)*)(?:整改)?(?:措施)?\)[;。,\s]*"
)
_SOME = re.compile(r"(\d{1,2})[条项]?(?:[至~-]第?(\d{1,2}))?")
_TITLE_END = re.compile(r"[。!！\n]")
_TYPES = {
    "大气": r"大气|散煤|空气质量|PM2\.5|PM10|颗粒物|优良天数|VOCs|挥发性有机物|臭氧|燃煤锅炉|重污染天气",
    "水": "水环境|黑臭水体|污水|水质|排污口|地下水|水污染|河流|雨污",
    "土壤": "土壤",
    "噪声": "噪声|噪音",
    "固废": "固体废物|固废|危险废物|生活垃圾|建筑垃圾|填埋场|尾矿",
    "扬尘": "扬尘",
    "油烟": "油烟",
    "生态": "自然保护区|湿地|矿山修复|矿山生态|生态破坏|植被|生态修复",
    "海洋": "海洋|近岸海域|入海",
    "辐射": "辐射",
    "重金属": "重金属",
}


def records(draft: Draft, on: date | None, directory: Directory) -> list[Record]:
    """The records of a plan: each aspect and campaign once, each problem followed by its measures."""
    has_lead = any(
        entry.fields.get("lead") or any("lead" in one.own for one in entry.measures) for entry in draft.entries
    )
    context = Context(on, directory, has_lead)
    draft.entries = [entry for entry in draft.entries if _has_substance(entry)]
    aspects = _aspects(draft)
    context.campaigns = _campaigns(draft)
    made = [_aspect_record(aspect, number) for number, aspect in aspects.values()]
    made += [_campaign_record(one, aspects) for one in context.campaigns.values()]
    for place, entry in enumerate(draft.entries, start=1):
        made += _entry_records(entry, place, aspects, context)
    return checks.clashes(made)


def _has_substance(entry: Entry) -> bool:
    """Whether an entry says anything of a problem: a stray label in another kind of paper does not."""
    keys = {key for key, parts in entry.fields.items() if parts}
    named = bool(entry.head or "text" in keys)
    if entry.kind == "campaign":
        return bool(entry.head)
    return bool(entry.measures or keys & {"target", "deadline", "new_deadline"} or (named and keys - {"text"}))


def _aspect_words(entry: Entry) -> Passage | None:
    named = entry.fields.get("aspect")
    return named[0] if named else (entry.aspect.words if entry.aspect else None)


def _aspects(draft: Draft) -> dict[str, tuple[int, Passage]]:
    """Each aspect once, by its name without number and blanks, with its place in the order."""
    found: dict[str, tuple[int, Passage]] = {}
    for entry in draft.entries:
        words = _aspect_words(entry)
        if words:
            found.setdefault(_aspect_name(words), (len(found) + 1, words))
    return found


def _campaign_words(entry: Entry) -> Passage | None:
    named = entry.fields.get("campaign")
    return named[0] if named else (entry.campaign.words if entry.campaign else None)


def _campaigns(draft: Draft) -> dict[tuple[str, str], tuple[int, Passage, Entry]]:
    """Each campaign that problems stand under, once, with its place in the order and its first problem.

    Where campaigns are entries of their own, a problem's campaign is one of these and none is made here.
    """
    found: dict[tuple[str, str], tuple[int, Passage, Entry]] = {}
    if any(entry.kind == "campaign" for entry in draft.entries):
        return found
    for entry in draft.entries:
        words = _campaign_words(entry)
        if words:
            found.setdefault(_campaign_name(entry, words), (len(found) + 1, words, entry))
    return found


def _campaign_name(entry: Entry, words: Passage) -> tuple[str, str]:
    aspect = _aspect_words(entry)
    return (_aspect_name(aspect) if aspect else ""), _aspect_name(words)


def _campaign_record(one: tuple[int, Passage, Entry], aspects: dict[str, tuple[int, Passage]]) -> Record:
    number, words, entry = one
    mark = chinese.enumerator(words.text)
    body = words.cut(mark.length if mark else 0)
    fields = {"number": Field(number, words.raw, words.span, "按出现顺序"), "text": values.text_field(body)}
    return Record("campaign", fields, key=f"campaign:{number}", parent=_aspect_key(entry, aspects))


def _aspect_key(entry: Entry, aspects: dict[str, tuple[int, Passage]]) -> str:
    aspect = _aspect_words(entry)
    return f"aspect:{aspects[_aspect_name(aspect)][0]}" if aspect else ""


def _aspect_name(words: Passage) -> str:
    text = unbroken(words).folded.strip()
    mark = chinese.enumerator(text)
    return text[mark.length if mark else 0 :].strip()


def _aspect_record(words: Passage, number: int) -> Record:
    mark = chinese.enumerator(words.text)
    body = words.cut(mark.length if mark else 0)
    fields = {"number": Field(number, words.raw, words.span, "按出现顺序"), "text": values.text_field(body)}
    return Record("aspect", fields, key=f"aspect:{number}")


def _entry_records(entry: Entry, place: int, aspects: dict[str, tuple[int, Passage]], context: Context) -> list[Record]:
    entry.measures = _with_divided_fields(entry)
    several = ask_for_several(entry) if entry.kind == "problem" else []
    fields, doubts = _entry_fields(entry, context)
    doubts += several
    label = _label(entry, context)
    key = f"{entry.kind}:{label}" if label else f"{entry.kind}:_{place}"
    parent = _parent(entry, aspects, context)
    measures = [measure_record(one, key, fields, context) for one in entry.measures]
    doubts += _count_doubt(entry)
    doubts += checks.of_entry(entry, fields, measures, has_lead=context.has_lead)
    fields = _from_measures(fields, [*(one.fields for one in measures), *_shared_days(entry, context)])
    names = (
        PROBLEM_FIELDS if entry.kind == "problem" else tuple(one for one in PROBLEM_FIELDS if one != "pollution_type")
    )
    doubts += checks.foreign(
        [*entry.fields.get("text", []), *([entry.head] if entry.head else []), *entry.fields.get("target", [])],
        "text",
        context.directory,
    )
    return [
        Record(entry.kind, {name: fields.get(name, MISSING) for name in names}, tuple(doubts), key, parent),
        *measures,
    ]


def _parent(entry: Entry, aspects: dict[str, tuple[int, Passage]], context: Context) -> str:
    """What an entry stands under: its campaign, else its aspect."""
    words = _campaign_words(entry)
    campaign = context.campaigns.get(_campaign_name(entry, words)) if words else None
    return f"campaign:{campaign[0]}" if campaign else _aspect_key(entry, aspects)


def _label(entry: Entry, context: Context) -> str:
    """The entry's number as part of a key; where an aspect starts the count again, with the aspect's number."""
    if entry.number is None:
        return ""
    plain = f"{entry.kind}:{entry.number}"
    context.labels[plain] += 1
    if context.labels[plain] == 1:
        return str(entry.number)
    if entry.aspect and entry.aspect.number:
        qualified = f"{entry.aspect.number}.{entry.number}"
        context.labels[f"{entry.kind}:{qualified}"] += 1
        if context.labels[f"{entry.kind}:{qualified}"] == 1:
            return qualified
    return f"{entry.number}#{context.labels[plain]}"


def _with_divided_fields(entry: Entry) -> list[Measure]:
    """A deadline or list of units that is numbered like the measures belongs to them one by one."""
    for key in ("deadline", *values.UNIT_FIELDS, "completion_sign"):
        parts = entry.fields.get(key)
        divided = divide(together(parts)) if parts else []
        numbered = {one.number: one.words for one in divided if one.is_numbered}
        if len(numbered) > 1 and set(numbered) == {one.number for one in entry.measures}:
            for measure in entry.measures:
                measure.own.setdefault(key, numbered[measure.number])
    addressed = _addressed(together(entry.fields.get("deadline", [])))
    for measure in entry.measures:
        if measure.number in addressed:
            measure.own.setdefault("deadline", addressed[measure.number])
    return entry.measures


def _addressed(words: Passage) -> dict[int, Passage]:
    """The day of each measure that the words of a deadline name by its number, where they name one for every day."""
    if _OF_MEASURE.sub("", words.folded).strip():
        return {}
    return {
        number: words.found(found, "words")
        for found in _OF_MEASURE.finditer(words.folded)
        for first, last in _SOME.findall(found["n"])
        for number in range(int(first), int(last or first) + 1)
    }


def _entry_fields(entry: Entry, context: Context) -> tuple[dict[str, Field], list[Doubt]]:
    fields: dict[str, Field] = {}
    doubts: list[Doubt] = []
    _put_text(entry, fields, context)
    words = {key: together(parts) for key, parts in entry.fields.items() if parts}
    for key in _PLAIN:
        if key in words:
            fields[key] = values.text_field(words[key])
    doubts += put_shared(words, fields, context)
    if "aspect" in words or entry.aspect:
        fields["aspect"] = Field(_aspect_name(one), one.raw, one.span) if (one := _aspect_words(entry)) else MISSING
    if one := _campaign_words(entry):
        fields["campaign"] = Field(_aspect_name(one), one.raw, one.span)
    whole = words.get("measures")
    listed = [measure.words.text for measure in entry.measures]
    fields["measures"] = Field(listed, whole.raw, whole.span) if listed and whole else MISSING
    fields["indicators"] = indicators_field(entry.fields.get("target", []))
    return fields, doubts


def _put_text(entry: Entry, fields: dict[str, Field], context: Context) -> None:
    """Number, title and verbatim text, and the numbers of the bodies above."""
    text = together(entry.fields.get("text", []))
    head = _joined_head(entry)
    title = together(entry.fields.get("title", [])) or None
    levels = _upper_numbers([one for one in (entry.number_words, entry.head, text) if one])
    columns = {key.removeprefix("upper_"): together(parts) for key, parts in entry.fields.items() if "upper_" in key}
    levels |= {level: plain for level, words in columns.items() if (plain := _plain_number(words)) is not None}
    if entry.number is None and levels:
        entry.number = _own_number(levels, context.directory)
    number = entry.number_words or entry.head
    fields["number"] = values.number_field(entry.number, number)
    if columns or len(levels) > 1 or (levels and entry.number not in levels.values()):
        place = next(iter(columns.values()), None) or entry.number_words or entry.head or text
        fields["upper_numbers"] = Field(levels or None, place.raw, place.span)
    verbatim = text or head
    fields["text"] = values.text_field(verbatim)
    fields["title"] = values.text_field(title or head) if title or (head and text) else _first_sentence(verbatim)
    fields["pollution_type"] = _pollution_type(verbatim)


def _joined_head(entry: Entry) -> Passage | None:
    if not entry.head:
        return together(entry.fields.get("head", [])) or None
    head = entry.head
    if found := _SERIES.match(head.folded) or _ONLY_UPPER.match(head.folded):
        head = head.cut(found.end())
    return together([head, *entry.fields.get("head", [])]) or None


def _upper_numbers(parts: list[Passage]) -> dict[str, Any]:
    found = [one for words in parts for one in _UPPER.finditer(words.folded)]
    return {_LEVELS[one["level"]]: int(one["n"]) for one in found}


def _plain_number(words: Passage) -> int | None:
    found = re.fullmatch(r"第?\s*(\d+|[一二三四五六七八九十百]+)\s*[项号]?", words.folded.strip())
    return chinese.number(found[1]) if found else None


def _own_number(levels: dict[str, Any], directory: Directory) -> int | None:
    place = directory.place
    level = "县级" if place and place.level == "county" else "市级"
    number: int | None = levels.get(level)
    return number


def _first_sentence(words: Passage | None) -> Field:
    if not words:
        return MISSING
    flat = unbroken(words)
    found = _TITLE_END.search(flat.text)
    title = flat.cut(0, found.start() if found else None)
    return values.text_field(title, "取问题首句")


def _pollution_type(words: Passage | None) -> Field:
    if not words:
        return MISSING
    found = {name: one for name, pattern in _TYPES.items() if (one := re.search(pattern, words.text))}
    if len(found) != 1:
        return MISSING
    ((name, match),) = found.items()
    place = words.cut(match.start(), match.end())
    return Field(name, place.raw, place.span, None if name == place.text else "按问题用词")


def _count_doubt(entry: Entry) -> list[Doubt]:
    """An unnumbered text of several sentences: one measure, or as many as sentences?"""
    asked = []
    for measure in entry.measures:
        count = parts_of(measure)
        if not measure.is_numbered and count > 1:
            choices = (Choice("1项", 1), Choice(f"{count}项", count, "按句拆分"))
            question = f"措施没有编号，“{measure.words.text[:20]}…”有{count}句，按1项还是{count}项措施登记？"
            asked.append(Doubt("measures", question, choices, "measure_count", measure.words.span))
    asked += [_parts_doubt(measure) for measure in entry.measures if measure.labelled_parts > 1]
    unnumbered = [one for one in entry.measures if not one.is_numbered]
    if len(unnumbered) > 1 and len(unnumbered) == len(entry.measures):
        choices = (Choice(f"{len(unnumbered)}项", len(unnumbered)), Choice("1项", 1, "合为一项"))
        question = f"措施没有编号，分{len(unnumbered)}段书写，按{len(unnumbered)}项还是1项措施登记？"
        asked.append(Doubt("measures", question, choices, "measure_count", unnumbered[0].words.span))
    return asked


def _parts_doubt(measure: Measure) -> Doubt:
    """A measure of several parts, each with units or a day of its own: one measure, or as many as parts?"""
    count, opening = measure.labelled_parts, measure.words.text[:20]
    choices = (Choice("1项", 1, "各小项的单位和时限归这一项"), Choice(f"{count}项", count, "按小项拆分"))
    question = f"措施“{opening}…”下有{count}个小项各写了单位或时限，按1项还是{count}项措施登记？"
    return Doubt("measures", question, choices, "measure_parts", measure.words.span)


def _shared_days(entry: Entry, context: Context) -> list[dict[str, Field]]:
    """The days of cells that stand beside several measures, though these may name days of their own."""
    cells = {id(words): words for one in entry.measures if "deadline" in one.shared and (words := one.own["deadline"])}
    return [values.deadline_fields(words, context.on)[0] for words in cells.values()]


def _from_measures(fields: dict[str, Field], measures: Sequence[Mapping[str, Field]]) -> dict[str, Field]:
    """What a problem does not say itself, gathered from its measures: units, and the last of their days."""
    gathered = dict(fields)
    for name in ("lead", "responsible", "supporting"):
        parts = [one[name] for one in measures if not is_empty(one, name)]
        if parts and is_empty(gathered, name):
            listed = list(dict.fromkeys(unit for part in parts for unit in _listed(part)))
            gathered[name] = Field(listed, parts[0].raw, parts[0].span, "汇总各项措施")
    days = [one["due_on"] for one in measures if not is_empty(one, "due_on")]
    undated = [one for one in measures if is_empty(one, "due_on") and is_empty(one, "nature")]
    if days and not undated and is_empty(gathered, "deadline"):
        last = max(days, key=lambda day: str(day.value))
        gathered["due_on"] = Field(last.value, last.raw, last.span, "取各项措施中最晚的时限")
    return gathered


def _listed(field: Field) -> list[str]:
    return [str(one) for one in field.value] if isinstance(field.value, list) else []
