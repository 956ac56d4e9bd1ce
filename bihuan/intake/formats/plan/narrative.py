"""A plan as running text: numbered headings, labelled lines, measures below them.

Hides how a heading is told from a measure with the same kind of number: a heading is followed by the labels that open
a problem, a measure is not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from bihuan.intake.formats.plan import narrative_words as named
from bihuan.intake.formats.plan.drafts import Aspect, Draft, Entry
from bihuan.intake.formats.plan.gathered import gather, keep_divisions
from bihuan.intake.formats.plan.labels import Segment
from bihuan.intake.formats.plan.lines import ASIDE, RANK, Line, counts_fields, numbered_texts, read_lines
from bihuan.intake.formats.plan.measures import divide, last_mark, together
from bihuan.intake.formats.plan.own_words import own_words
from bihuan.lib import chinese
from bihuan.lib.chinese import Enumerator
from bihuan.lib.paper.passage import Passage

_OPENING = {"text", "target", "measures"}
_ENDING = {"telephone", "progress", "remark"}


def read_narrative(paragraphs: Iterable[Passage]) -> Draft:
    """The draft that running text holds."""
    return _Reader(read_lines(paragraphs)).draft()


@dataclass
class _Reader:
    lines: list[Line]
    result: Draft = field(default_factory=Draft)
    entry: Entry | None = None
    aspect: Aspect | None = None
    aspect_style: str = ""
    upper: Aspect | None = None
    upper_rank: int = 0
    key: str = ""
    rank: int | None = None
    style: str = ""
    count: int = 0
    campaign_rank: int | None = None
    aside: int | None = None
    mode: str = "problem"
    openings: set[str] = field(default_factory=lambda: set(_OPENING))
    pending: list[tuple[str, Passage]] = field(default_factory=list)

    @cached_property
    def counts_fields(self) -> bool:
        """Whether the paper numbers its fields and not its problems."""
        return counts_fields(self.lines)

    @cached_property
    def _numbered(self) -> list[Line]:
        return numbered_texts(self.lines)

    def draft(self) -> Draft:
        for at, line in enumerate(self.lines):
            if self._is_aside(at, line):
                self.result.outside.append(line.words)
                continue
            lead = line.lead
            if lead is not None:
                self._lead(at, line, lead)
            if self._is_of_paper(line):
                self._close()
                self.aside = None if self._is_above_problems(at) else RANK["heading"]
                self.aspect = self.upper = None
                self.result.outside.append(line.words)
                continue
            for part in line.parts:
                if part.key:
                    self._labelled(part)
            if line in self._numbered and self.entry:
                mark = chinese.enumerator(line.words.text)
                self.entry.number = mark.number if mark else None
                self.entry.number_words = line.words.cut(0, mark.length) if mark else None
                self.rank, self.count = (RANK[mark.style], mark.number) if mark else (self.rank, self.count)
        self._close()
        self.result.entries = gather(self.result.entries)
        keep_divisions(self.result.entries, self.result.outside)
        return self.result

    def _is_aside(self, at: int, line: Line) -> bool:
        """Whether a line stands in a chapter without problems, up to the next heading of its height or a list."""
        if self.aside is None:
            return False
        mark, lead = chinese.enumerator(line.words.text), line.lead
        rank = RANK[mark.style] if mark else None
        is_next = rank is not None and rank <= self.aside
        is_list = lead is not None and not mark and bool(named.LIST_TITLE.search(lead.folded))
        is_counted = lead is not None and bool(named.SERIES.match(lead.folded) or (mark and mark.style == "ordinal"))
        if is_next or is_list or (is_counted and self._next_key(at)):
            self.aside = None
        return self.aside is not None

    def _is_of_paper(self, line: Line) -> bool:
        """Whether a labelled line is a chapter of the whole paper and not a field of a problem."""
        if not line.is_chapter or line.keys[0] == "text":
            return False
        return self.entry is None or (self.rank or 0) > RANK["heading"]

    def _is_above_problems(self, at: int) -> bool:
        """Whether a chapter named like a label (二、整改目标及措施) has nothing but problems with their own labels."""
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        is_numbered = below is not None and below.mark is not None and below.mark.style != "heading" and not below.keys
        return is_numbered and not self.lines[at].parts[-1].words and self._next_key(at + 1) in _OPENING

    def _lead(self, at: int, line: Line, lead: Passage) -> None:
        if self._opens_entry(at, line):
            self._open(line, lead)
        elif self._is_heading(at, line):
            self._heading(at, line, lead)
        elif self.entry is None or (not line.mark and named.LIST_TITLE.search(lead.folded)):
            self._close()
            self.result.outside.append(lead)
            if not line.mark and len(lead.text) < 40 and named.PROBLEMS.search(lead.text):
                self.mode, self.campaign_rank = "problem", None
        else:
            self._more(lead)

    def _opens_entry(self, at: int, line: Line) -> bool:
        """Whether a line is the heading of a problem or campaign."""
        key = self._next_key(at)
        is_word = line.mark is not None and line.mark.style == "word"
        if is_word or (key == "text" and not line.mark and not line.keys) or self._is_labelled_measure(at, line, key):
            return False
        if line.mark and RANK[line.mark.style] == self.campaign_rank:
            return True
        if line.lead and (named.CAMPAIGN.match(line.lead.folded) or named.SERIES.match(line.lead.folded)):
            return True
        if line.mark and line.mark.style == "ordinal" and (key or self.rank == RANK["ordinal"]):
            return not self._is_measure(line)
        if self.entry is None:
            return bool(key) and (line.mark is not None or key in _OPENING) and self._may_open(line)
        return key in self.openings and (self._has(key) or self._is_next(key, line))

    def _is_next(self, key: str, line: Line) -> bool:
        """Whether a numbered line goes on with the problems though the one before lacks the label below this one."""
        if not line.mark or self.rank is None or not self._has("measures") or key in ("text", "measures"):
            return False
        rank = RANK[line.mark.style]
        return rank < self.rank or (rank == self.rank and line.mark.number == self.count + 1)

    def _is_labelled_measure(self, at: int, line: Line, key: str) -> bool:
        """Whether a line goes on with the measures, with labels of its own, and no problem's words follow."""
        if not line.mark or not self._has_label("measures") or not self._continues_measures(line.mark):
            return False
        if not line.keys:
            return bool(key) and key not in _OPENING and line.mark.style != self.style
        below = takewhile(lambda other: not other.mark, self.lines[at + 1 :])
        return not {*line.keys, *(key for other in below for key in other.keys)} & _OPENING

    def _has_label(self, key: str) -> bool:
        return self.entry is not None and key in self.entry.fields

    def _may_open(self, line: Line) -> bool:
        if line.lead and not line.mark and named.TITLE.search(line.lead.folded):
            return False
        return len(line.words.text) < 2000 and (line.mark is not None or bool(line.lead and len(line.lead.text) > 6))

    def _is_measure(self, line: Line) -> bool:
        return self.key == "measures" and line.mark is not None and self._continues_measures(line.mark)

    def _next_key(self, at: int) -> str:
        """The label that follows a line before any other numbered line; empty if none does."""
        mark = self.lines[at].mark
        for line in self.lines[at : at + 8]:
            is_chapter = line.is_chapter and line is not self.lines[at]
            if is_chapter and (not self.counts_fields or (mark and mark.style != "heading")):
                return ""
            if line is not self.lines[at] and line.lead is not None and line.mark and line.mark.style != "word":
                return ""
            if line in self._numbered and line is not self.lines[at]:
                return ""
            if line is not self.lines[at] and line.lead is not None and named.CAMPAIGN.match(line.lead.folded):
                return ""
            if line.keys:
                return line.keys[0]
        return ""

    def _has(self, key: str) -> bool:
        return self._has_label(key) or (key == "measures" and self.entry is not None and bool(self.entry.measures))

    def _open(self, line: Line, lead: Passage) -> None:
        self._close()
        mark, kind = line.mark, self.mode
        found = named.CAMPAIGN.match(lead.folded)
        number, length = (mark.number, mark.length) if mark else (None, 0)
        if found:
            kind, number, length = "campaign", chinese.number(found["n"]), found.end()
        placed = (RANK[mark.style], mark.number, mark.style) if mark else (self.rank, self.count, "")
        self.rank, self.count, self.style = placed
        words = lead.cut(length).strip()
        if inner := named.INNER.match(words.folded):
            number, length = chinese.number(inner["n"]), length + inner.end()
            words = words.cut(inner.end()).strip()
        self.entry = Entry(kind, number, lead.cut(0, length) or None, words or None, *self._above())
        self.key = ""

    def _is_heading(self, at: int, line: Line) -> bool:
        """Whether a numbered line stands above the problems: an aspect or a chapter."""
        mark = line.mark
        if not mark or mark.style in ("word", "ordinal") or line.keys or len(line.words.text) > 80:
            return False
        if self.entry is None:
            return True
        if self.rank is None or RANK[mark.style] >= self.rank:
            return RANK[mark.style] < RANK["section"] and not self._is_measure(line)
        if self.key == "measures" and self._continues_measures(mark):
            return self._is_next_aspect(mark, line) and self._leads_to_entry(at)
        return True

    def _is_next_aspect(self, mark: Enumerator, line: Line) -> bool:
        """Whether a line that could be the next measure could as well be the next aspect: a title, not a sentence."""
        follows = self.aspect is not None and mark.number == self.aspect.number + 1
        return follows and self.aspect_style == mark.style and not named.SENTENCE.search(line.words.text)

    def _leads_to_entry(self, at: int) -> bool:
        following = next(
            (place for place in range(at + 1, min(at + 4, len(self.lines))) if self.lines[place].mark), None
        )
        if following is None:
            return False
        mark = self.lines[following].mark
        return mark is not None and RANK[mark.style] == self.rank and bool(self._next_key(following))

    def _continues_measures(self, mark: Enumerator) -> bool:
        words = self._measure_words()
        last = last_mark(words) if words else None
        if not words or not last:
            return not words
        return last.style == mark.style and mark.number == last.number + 1

    def _measure_parts(self) -> list[Passage]:
        return self.entry.fields.get("measures", []) if self.entry else []

    def _measure_words(self) -> Passage | None:
        return together(parts) if (parts := self._measure_parts()) else None

    def _heading(self, at: int, line: Line, lead: Passage) -> None:
        mark = line.mark
        words = lead.cut(mark.length if mark else 0).strip()
        self.result.outside.append(lead)
        if mark and ASIDE.match(words.folded):
            self.aside = RANK[mark.style]
        elif self.entry and self.counts_fields and self._next_key(at):
            self._settle_pending(self.entry)
            self.key = ""
            return
        self._close()
        if named.OTHER.search(words.text):
            self.aspect = self.campaign_rank = self.upper = None
            return
        is_aspect = mark is not None and RANK[mark.style] < (self.campaign_rank or 0) and mark.style != "heading"
        if mark and not is_aspect and (named.CHAPTER.match(words.folded) or self._above_is_chapter(at)):
            self.mode = "campaign" if named.CAMPAIGNS.search(words.text) and "问题" not in words.text else "problem"
            self.campaign_rank = self._rank_of_campaigns(at) if self.mode == "campaign" else None
            self.aspect = None
            is_named = self.mode == "problem" and not named.CHAPTER.match(words.folded)
            self.upper, self.upper_rank = Aspect(mark.number, words) if is_named else None, RANK[mark.style]
            return
        if mark and RANK[mark.style] <= self.upper_rank:
            self.upper = None
        self.aspect, self.aspect_style = Aspect(mark.number if mark else 0, words), mark.style if mark else ""

    def _above(self) -> tuple[Aspect | None, Aspect | None]:
        """The aspect and the campaign that an entry stands under; a heading over headings is the aspect."""
        return (self.upper, self.aspect) if self.upper and self.aspect else (self.aspect, None)

    def _rank_of_campaigns(self, at: int) -> int | None:
        """How deep the campaigns of a chapter stand, where no label 整改措施 tells them from their measures."""
        ranks: list[int] = []
        for line in self.lines[at + 1 :]:
            if "measures" in line.keys:
                return None
            rank = RANK[line.mark.style] if line.mark else None
            if rank == RANK["heading"]:
                break
            if rank in (RANK["section"], RANK["item"]) and rank not in ranks:
                ranks.append(rank)
        return max(ranks, default=None)

    def _above_is_chapter(self, at: int) -> bool:
        """Whether the next numbered line is a heading itself, so that this one is a chapter and not an aspect."""
        mark = self.lines[at].mark
        for place in range(at + 1, min(at + 6, len(self.lines))):
            following = self.lines[place]
            if following.keys:
                return False
            if following.mark and mark and RANK[following.mark.style] > RANK[mark.style]:
                return not self._next_key(place)
        return False

    def _labelled(self, part: Segment) -> None:
        if self.entry is None or self._begins(part.key, self.entry):
            self._close()
            aspect, campaign = self._above()
            self.entry = Entry(self.mode, aspect=aspect, campaign=campaign)
        if part.key == "number":
            self.entry.count(part.words)
            self.key = ""
            return
        if not set(self.entry.fields) - {"head"} and not self.entry.measures:
            self.openings = _OPENING | {part.key}
        self.key = part.key
        self.entry.fields.setdefault(part.key, [])
        resumes = self._resumes(part)
        words = part.words if resumes is None else part.words.cut(0, resumes).strip(" ;；")
        self.entry.add(part.key, words)
        if part.key not in _OPENING:
            self.pending.append((part.key, words))
        if resumes is not None:
            self._give_to_last_measure(self.entry)
            self.key = "measures"
            self.entry.add("measures", part.words.cut(resumes))

    def _begins(self, key: str, entry: Entry) -> bool:
        """Whether a label can only be the next problem's: its text or number, where these were given."""
        return bool(entry.fields.get("text")) if key == "text" else key == "number" and bool(entry.fields)

    def _resumes(self, part: Segment) -> int | None:
        """Where the next measure begins inside the words of a label that belonged to the measure before it."""
        if part.key in _OPENING or not self._has("measures"):
            return None
        for stop in re.finditer(r"[。;；]\s*(?=\S)", part.words.folded):
            mark = chinese.enumerator(part.words.text[stop.end() :])
            if mark and self._continues_measures(mark):
                return stop.end()
        return None

    def _more(self, lead: Passage) -> None:
        """A line without a label goes on with the field above, or with the measures where it carries their number."""
        entry = self.entry
        if entry is None:
            return
        mark = chinese.enumerator(lead.text)
        if "measures" in entry.fields and mark and self.key != "measures" and self._continues_measures(mark):
            self._give_to_last_measure(entry)
            self.key = "measures"
        if not self.key:
            entry.add("head", lead)
        elif self.key in _ENDING and not mark:
            self.result.outside.append(lead)
        else:
            entry.add(self.key, lead)
            self.pending = [] if self.key == "measures" else self.pending

    def _give_to_last_measure(self, entry: Entry) -> None:
        """Labelled words between two measures belong to the measure that they follow."""
        self._settle_measures(entry)
        for key, words in self.pending:
            entry.measures[-1].own[key] = words
            entry.fields[key] = [part for part in entry.fields[key] if part is not words]
            if not entry.fields[key]:
                del entry.fields[key]
        self.pending = []

    def _settle_measures(self, entry: Entry) -> None:
        read = divide(together(entry.fields.get("measures", [])))
        entry.measures = [*entry.measures, *read[len(entry.measures) :]]

    def _settle_pending(self, entry: Entry) -> None:
        """Labelled words behind the last measure are its own where the measures before it have such words."""
        self._settle_measures(entry)
        before = entry.measures[:-1]
        owned = {key for measure in before for key in measure.own}
        if self.pending and {key for key, _ in self.pending} <= owned:
            self._give_to_last_measure(entry)
            return
        parts = self._measure_parts()
        if parts and (own := own_words(parts[-1], self.pending, owned, is_only=len(entry.measures) == 1)):
            self.pending = own
            self._give_to_last_measure(entry)

    def _close(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self._settle_pending(entry)
        if entry.kind == "campaign" and {"text", "target"} & set(entry.fields):
            entry.kind = "problem"
        self.entry, self.key, self.pending = None, "", []
        self.result.entries.append(entry)
