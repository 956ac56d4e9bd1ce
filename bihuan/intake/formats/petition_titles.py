"""What stands above a list of petitions: title, batch, its date, the inspection.

Hides how batches are printed: "(第32批 2024年6月18日)", "第二十二批", "第35-1批", "(第24 2018 6  29日)", "20 22年".
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bihuan.intake.formats.understood import MISSING, Field
from bihuan.lib.chinese import number
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.regions import PROVINCES

_BATCH = re.compile(
    r"第?\s*(?P<n>(?:(?<!\d)\d{1,6}|[一二三四五六七八九十百]{1,7})(?:\s*[、,\-—~至]\s*(?:第\s*)?(?:\d{1,6}|[一二三四五六七八九十百]{1,7})){0,40})\s*批(?!复|准|评|示|次的|反馈|典型)"
)
_WORN = re.compile(r"第\s*(?P<n>\d{1,3})\s+(?P<y>20\d\d)\s+(?P<m>\d{1,2})\s+(?P<d>\d{1,2})\s*日")
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:\d\s?){3}\d)\s*[年.\-/]\s*(?P<m>\d\s?\d?)\s*[月.\-/]\s*(?P<d>\d\s?\d?)(?:\s*日|(?!\s?\d))"
)
_WRITTEN = re.compile(
    r"(?P<y>二[〇零○][〇零○一二三四五六七八九]{2})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}[省市县区旗州盟]")
_GIVEN = re.compile(r"接到|收到|转办|交办|移交|转交|转来")
_INSPECTION = re.compile(
    rf"(?:(?:中央|国家|{PROVINCES}|省委省政府|省委|省|自治区党委|自治区|市委市政府|市)(?:第[一二三四五六七八九十\d]+)?"
    r"|第[一二三四五六七八九十\d]+)(?:生态)?(?:环境保护|环保)督察组"
)
_TITLE = re.compile(r"一览表|公开情况|情况表|核查处理情况|办理情况|查处情况|举报(?:件|问题)|信访(?:件|举报)")


@dataclass(frozen=True, slots=True)
class Title:
    """The fields of the paper itself, and the day to read dates without a year by."""

    title: Field = MISSING
    batch: Field = MISSING
    batch_date: Field = MISSING
    inspection: Field = MISSING
    on: dt.date | None = None

    def heading(self) -> Mapping[str, Field]:
        """The fields that were found, by name."""
        named = {
            "title": self.title,
            "batch": self.batch,
            "batch_date": self.batch_date,
            "inspection": self.inspection,
        }
        return {name: field for name, field in named.items() if field.value is not None}


def batches(passage: Passage) -> list[Passage]:
    """The words of each batch where a text holds several, cut at the titles that name another batch than before."""
    cuts = [0]
    before: Passage | None = None
    named: object = None
    for line in passage.lines():
        words = line.piece(0, len(line.folded.rstrip("| \t")))
        label = batch_of(words).value if _names_batch(words.folded) else None
        if label and named and label != named:
            has_title = before is not None and before.end <= line.start and _is_title(before)
            cuts.append(before.start if before is not None and has_title else line.start)
        named = label or named
        before = words
    ends = [*cuts[1:], len(passage.text)]
    return [passage.cut(start, end) for start, end in zip(cuts, ends, strict=True)]


def _names_batch(line: str) -> bool:
    """Whether a line stands above a batch: nothing but its number and day, or a title that names it."""
    if len(line) > 60 or not _BATCH.search(line):
        return False
    bare = _DATE.sub("", _BATCH.sub("", line))
    return not re.sub(r"[\s()次、,|:]+", "", bare) or (bool(_TITLE.search(line)) and not re.search(r"[。,;]", line))


def _is_title(line: Passage) -> bool:
    return 6 <= len(line.folded) <= 60 and bool(_TITLE.search(line.folded)) and "。" not in line.folded


def read(passages: Sequence[Passage], on: dt.date | None) -> Title:
    """From the passages above the list. `on` is the day the reader was given, if any."""
    batch, batch_date = MISSING, MISSING
    for passage in passages:
        batch = batch if batch.value else batch_of(passage.strip())
        batch_date = batch_date if batch_date.value else _batch_date(passage)
    day = dt.date.fromisoformat(str(batch_date.value)) if batch_date.value else on or _any_day(passages)
    return Title(_title(passages), batch, batch_date, inspection_of(passages), day)


def batch_of(piece: Passage) -> Field:
    """The batch that the words name, as "第20批"; figures written in Chinese are turned."""
    text = piece.folded
    found = next((one for one in _BATCH.finditer(text) if not _counts_batches(text, one)), None) or _WORN.search(text)
    if not found:
        return MISSING
    label = f"第{_figures(found['n'])}批"
    words = piece.found(found) if found.re is _BATCH else piece.piece(found.start(), found.end("n"))
    printed = re.sub(r"\s+", "", words.folded)
    return Field(label, words.raw, words.span, None if printed == label else "批次写作“第×批”")


def _counts_batches(text: str, found: re.Match[str]) -> bool:
    """Whether the words say how many batches there were: 15批次; 8批、201件."""
    is_count = re.match(r"次|\s*[、,]\s*(?:共计?|合计)?\s*\d+\s*件", text[found.end() : found.end() + 24])
    return not found[0].startswith("第") and bool(is_count)


def _figures(words: str) -> str:
    parts = re.split(r"([、,\-—~至])", re.sub(r"[\s第]+", "", words))
    return "".join(str(number(part)) if number(part) is not None else part for part in parts)


def days(piece: Passage) -> Iterator[tuple[dt.date, Passage]]:
    """Every full date in the words, blanks inside it forgiven; impossible ones are left out."""
    matches = [*_DATE.finditer(piece.folded), *_WRITTEN.finditer(piece.folded)]
    for found in sorted(matches, key=lambda match: match.start()):
        year, month, day = (number(re.sub(r"\s", "", found[part])) or 0 for part in ("y", "m", "d"))
        try:
            yield dt.date(year, month, day), piece.found(found)
        except ValueError:
            continue


def date_field(day: dt.date, piece: Passage) -> Field:
    """A date as ISO text with the words it came from."""
    return Field(day.isoformat(), piece.raw, piece.span, "日期写作年-月-日")


def _batch_date(passage: Passage) -> Field:
    text = passage.folded
    for bracket in re.finditer(r"\([^()]*\)", text):
        if worn := _WORN.search(bracket[0]):
            day = _day(worn)
            piece = passage.piece(bracket.start() + worn.start("y"), bracket.start() + worn.end())
            return date_field(day, piece) if day else MISSING
        inside = list(days(passage.found(bracket)))
        if inside and "批" in bracket[0]:
            return date_field(*inside[0])
    found = next(_dated_lines(passage), None) or next(_given(passage), None)
    return date_field(*found) if found else MISSING


def _dated_lines(passage: Passage) -> Iterator[tuple[dt.date, Passage]]:
    """Days of lines that name the batch, then those that stand alone: in brackets, or right below the batch."""
    dated = [(line.folded, list(days(line))) for line in passage.lines() if len(line.folded) <= 60]
    yield from (found[0] for line, found in dated if found and _BATCH.search(line))
    for place, (line, found) in enumerate(dated):
        rest = line.replace(found[0][1].folded, "").strip() if found else line
        is_bare = not rest or _PLACE.fullmatch(rest)
        if found and (rest == "()" or (is_bare and place and _BATCH.search(dated[place - 1][0]))):
            yield found[0]


def _given(passage: Passage) -> Iterator[tuple[dt.date, Passage]]:
    """Days on which, the words say, something was handed over."""
    text = passage.folded
    for day, piece in days(passage.strip()):
        after = text[piece.end : piece.end + 60].split("。")[0]
        if _GIVEN.search(after) and not re.search(r"截(?:至|止)\s*$", text[: piece.start]):
            yield day, piece


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _any_day(passages: Sequence[Passage]) -> dt.date | None:
    return next((day for passage in passages for day, _ in days(passage.strip())), None)


def _title(passages: Sequence[Passage]) -> Field:
    for passage in passages:
        for line in passage.lines():
            words = line.piece(len(line.folded) - len(line.folded.lstrip("# \t")), len(line.folded.rstrip("| \t")))
            if _is_title(words):
                return Field(words.value, words.raw, words.span)
    return MISSING


def inspection_of(passages: Sequence[Passage]) -> Field:
    """The inspection team that the words name."""
    for passage in passages:
        if found := _INSPECTION.search(passage.folded):
            piece = passage.found(found)
            return Field(piece.value, piece.raw, piece.span)
    return MISSING
