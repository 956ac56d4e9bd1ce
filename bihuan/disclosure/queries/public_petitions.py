"""What the public may read of petitions: released texts as plain values, found by what they say; how many.

Hides the indexes by which three hundred thousand texts are found, a page at a time, from the newest on.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from bihuan.core import search, still
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import public
from bihuan.disclosure.rules.figures import DIMENSIONS, Facts
from bihuan.disclosure.rules.petition_text import PARTS
from bihuan.disclosure.rules.release import ReleaseState
from bihuan.disclosure.rules.wording import PETITION
from bihuan.lib.chinese import half_width

PAGE = 50
STREAMED = 500
TELLING = 8  # letters and digits of a number with which few begin
LAST = "ZZZZZZZZ"  # behind whatever else a number has: in every order of words, digits and letters stand before it
FILTERS = {"inspection": "inspection_name", "batch": "batch_label", "county": "county"}
FILTERS |= {"type": "main_type", "truth": "truth", "closing": "closing"}
"""{what the public chooses by: the column that says it}."""
COUNTED = ("county", *DIMENSIONS)
"""What of these texts are counted by."""
TEXT = tuple(one for one in PARTS if one not in ("title", "inspection", "batch", "number"))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one petition, as the public reads it: its text part by part, and when it was put out."""

    key: int
    code: str
    title: str
    text: Mapping[str, str]
    published_at: datetime
    digest: str

    @property
    def parts(self) -> list[tuple[str, str]]:
        """[(heading, words)] of what is told, in the order of the public table."""
        return [(PARTS[part], self.text[part]) for part in TEXT if self.text.get(part)]

    @property
    def content(self) -> str:
        """What was reported."""
        return self.text.get("content", "")

    def fact(self, part: str) -> str:
        """One part of the text."""
        return self.text.get(part, "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words or a number, and the facts that he chose; "" where he did not."""

    words: str = ""
    inspection: str = ""
    batch: str = ""
    county: str = ""
    type: str = ""
    truth: str = ""
    closing: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """{column: value} of the facts that were chosen."""
        return {column: getattr(self, name) for name, column in FILTERS.items() if getattr(self, name)}

    @property
    def given(self) -> dict[str, str]:
        """Everything that was asked, by its name."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}


def _released() -> QuerySet[Release]:
    return Release.objects.filter(kind=PETITION, state=ReleaseState.RELEASED)


def page_of(asked: Asked, behind: int | None = None) -> tuple[list[Result], int | None]:
    """The results that are asked for, newest first, from behind that one on; the key behind which the next page is, or
    None. Words are looked for in everything that a text says; what reads as a number, at the beginning of numbers.
    """
    rows = _found(_released().filter(**asked.chosen), asked.words)
    if behind is not None:
        rows = rows.filter(pk__lt=behind)
    shown = [_result(one) for one in rows[: PAGE + 1]]
    return shown[:PAGE], shown[PAGE - 1].key if len(shown) > PAGE else None


def _found(rows: QuerySet[Release], words: str) -> QuerySet[Release]:
    if not words:
        return rows.order_by("-pk")
    number = half_width(words).upper().replace(" ", "")
    if number.isascii() and number.isalnum() and any(one.isdecimal() for one in number):
        begins = {"petition_number__gte": number, "petition_number__lt": f"{number}{LAST}"}
        named = rows.filter(**begins if len(number) >= TELLING else {"petition_number": number})
        if named.exists():
            return named.order_by("-pk")
    return search.newest(rows, f"{Release._meta.db_table}.id", words, kind="release")


def result(code: str) -> Result | None:
    """The released text of that code; None where there is none, or not any more."""
    row = _released().filter(code=code).order_by("-published_at", "-pk").first()
    return _result(row) if row else None


def taken_down(code: str) -> tuple[bool, str]:
    """Whether a text of that code was shown to the public and is not any more; the code of what stands in its place."""
    gone = public.gone(code, PETITION)
    if gone is None:
        return False, ""
    newer = _released().filter(city=gone.city, about_code=gone.about_code).first()
    return True, newer.code if newer else ""


def newest(most: int) -> list[Result]:
    """The texts that were put out last, at most so many."""
    return [_result(one) for one in _released().order_by("-published_at", "-pk")[:most]]


def every(asked: Asked) -> Iterator[Result]:
    """Everything that is asked for but words, in the order in which it was drafted; never held all at once."""
    rows, behind = _released().filter(**asked.chosen).order_by("pk"), 0
    while True:
        some = [*rows.filter(pk__gt=behind)[:STREAMED]]
        yield from map(_result, some)
        if len(some) < STREAMED:
            return
        behind = some[-1].pk


def counts() -> dict[Facts, int]:
    """{(county, main type, truth, closing): how many texts the public reads}."""
    return still.known("public counts", _counts)


def _counts() -> dict[Facts, int]:
    rows = _released().order_by().values_list(*(FILTERS[name] for name in COUNTED)).annotate(Count("pk"))
    return {tuple(facts): count for *facts, count in rows}


def choices() -> dict[str, list[str]]:
    """{what the public chooses by: what there is to choose}, the most frequent first; batches as they came."""
    found: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    for facts, count in counts().items():
        for name, fact in zip(found, facts, strict=True):
            found[name][fact] += count
    batches = still.known("public batches", _batches)
    return {
        "inspection": [*dict.fromkeys(inspection for inspection, _ in batches)],
        "batch": [*dict.fromkeys(batch for _, batch in batches)],
        **{name: [fact for fact, _ in counter.most_common() if fact] for name, counter in found.items()},
    }


def _batches() -> list[tuple[str, str]]:
    rows = _released().order_by().values_list("inspection_name", "batch_label").annotate(Count("pk"))
    return sorted(((inspection, batch) for inspection, batch, _ in rows), key=_in_order, reverse=True)


def _in_order(batch: tuple[str, str]) -> Any:
    digits = "".join(one for one in batch[1] if one.isdecimal())
    return batch[0], int(digits or 0), batch[1]


def _result(row: Release) -> Result:
    text = {part: row.redacted.get(part, "") for part in PARTS}
    return Result(row.pk, row.code, text["title"], text, row.published_at or row.drafted_at, row.digest)
