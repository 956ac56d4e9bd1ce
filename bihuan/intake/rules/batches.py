"""An understood petition table as the drafts that `receive_batch` writes: one draft a batch, personal data masked."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bihuan.intake.rules import repeats
from bihuan.intake.rules.records import Row, of_type
from bihuan.intake.rules.repeats import Repeats
from bihuan.intake.rules.taking import BATCH_DAY
from bihuan.lib import chinese, redact
from bihuan.lib.redaction import proposals
from bihuan.petitioners.rules.told import numbers_in
from bihuan.petitions.rules.drafts import BatchDraft, PetitionDraft, SubItemDraft
from bihuan.petitions.rules.splitting import trimmed

LABEL = re.compile(r"第?\s*([0-9０-９]+|[一二三四五六七八九十百]+)")
SMALL, WHOLE = 32_767, 2**31 - 1  # what the numbers' columns hold
Kept = Mapping[tuple[str, str], Collection[str]]
TELLING = ("content",)  # his own words; what was found out tells other people's numbers as well
FREE_TEXTS = ("content", "findings", "handling", "goal", "accountability")
SHORT = {"channel": "intake", "truth": "truth", "closing": "closing"}


def batch_drafts(
    paper: Row,
    rows: Sequence[Row],
    regions: Mapping[str, int],
    kept: Kept | None = None,
    total: int | None = None,
    repeated: Repeats | None = None,
) -> list[BatchDraft]:
    """The batches of a paper. `regions` are ids by name; `total` the printed number of petitions, if there is one.

    `kept` are, by (record, field), the masked forms of what a person said is no petitioner's: that alone stays plain.
    `repeated` are the rows that are not taken by themselves. Refuses to join rows that say different things.
    """
    petitions, left = of_type(rows, "petition"), repeated or Repeats()
    drafts = {row.key: _petition(row, regions, kept or {}) for row in petitions if row.key not in left.refused}
    of_key = {row.key: row for row in petitions}
    for key, into in left.joined.items():
        repeats.refuse_unlike(of_key[into], of_key[key])
        drafts[into] = repeats.joined(drafts[into], drafts.pop(key))
    labels = {row.key: row.text("batch") or paper.text("batch") or "未注明批次" for row in petitions}
    by_label: dict[str, list[PetitionDraft]] = {}
    for label, one in repeats.told_apart([(labels[key], draft) for key, draft in drafts.items()]):
        by_label.setdefault(label, []).append(one)
    only = len(by_label) == 1
    return [
        BatchDraft(
            label=redact.masked(label)[:40],
            number=_within(batch_number(label), SMALL),
            handed_over_on=of_key[own[0].key].day("batch_date") or paper.day("batch_date"),
            printed_total=total if only else None,
            total_note=_total_note(total, len(petitions), left) if only else "",
            petitions=tuple(own),
        )
        for label, own in by_label.items()
    ]


def odd_days(paper: Row, rows: Sequence[Row], today: date, begun: date | None) -> Iterator[dict[str, Any]]:
    """A question about the day of each batch that cannot be: ahead of today, or before the inspection began (`begun`,
    where anybody knows); about its first petition, since of several batches each has a day of its own.
    """
    asked: set[str] = set()
    for row in of_type(rows, "petition"):
        label = row.text("batch") or paper.text("batch") or "这一批"
        day = row.day("batch_date") or paper.day("batch_date")
        if label in asked or day is None:
            continue
        asked.add(label)
        why = f"晚于今天（{today}）" if day > today else f"早于督察进驻（{begun}）" if begun and day < begun else ""
        if why:
            question = f"{redact.masked(label)}的日期{day}{why}，是否写错？应为哪一天？"
            choices = [{"label": "没有写错，照写", "value": day.isoformat(), "note": ""}]
            yield {
                "record_key": row.key,
                "field": "batch_date",
                "kind": BATCH_DAY,
                "question": question,
                "choices": choices,
            }


def _total_note(total: int | None, read: int, left: Repeats) -> str:
    """Why the printed number is not that of the ledger, "" where it is."""
    if total not in (None, read):
        return "文中总数与读到的不符，见导入对账"
    parts = (("不收", len(left.refused)), ("并入", len(left.joined)))
    said = "、".join(f"{word}{count}件" for word, count in parts if count)
    return f"编号重复：{said}，见导入" if said and total is not None else ""


def batch_number(label: str) -> int | None:
    """The number in a batch's label (第20批, 第二十批); the first of several (第29、30批); None where there is none."""
    found = LABEL.search(label)
    return chinese.number(found[1]) if found else None


def _within(number: int | None, most: int) -> int | None:
    """The number where its column can hold it."""
    return number if number is not None and number <= most else None


def _petition(row: Row, regions: Mapping[str, int], kept: Kept) -> PetitionDraft:
    texts: dict[str, Any] = {name: redact.masked(row.text(name), kept.get((row.key, name), ())) for name in FREE_TEXTS}
    region = row.text("region")
    words = {
        "region_raw": row.raw("region") or region,
        "main_type": row.text("main_type"),
        "types": "、".join(map(str, row.many("types"))),
        "deadline_raw": row.raw("deadline"),
        "sub_items": _original_items(row.many("sub_items")),
        "document_numbers": "、".join(map(str, row.many("document_numbers"))),
        "repeats": "、".join(map(str, row.many("duplicates"))),
    }
    short = {name: row.text(cell) for name, cell in SHORT.items()}
    number = row.text("number")
    return PetitionDraft(
        key=row.key,
        number=masked_number(number)[:60],
        number_key=masked_number(row.text("number_key") or number)[:60],
        row=_within(row.whole("row"), WHOLE),
        is_key_case=bool(row.value("key_case")),
        channel=redact.masked(short["channel"])[:10],
        received_on=row.day("received"),
        region=regions.get(region),
        region_raw=redact.masked(words["region_raw"])[:120],
        main_type=redact.masked(words["main_type"])[:20],
        types=tuple(redact.masked(str(one)) for one in row.many("types")),
        truth=redact.masked(short["truth"])[:10],
        closing=redact.masked(short["closing"])[:10],
        document_numbers=tuple(redact.masked(str(one)) for one in row.many("document_numbers")),
        repeats=tuple(masked_number(str(one)) for one in row.many("duplicates")),
        deadline_raw=redact.masked(words["deadline_raw"])[:200],
        sub_items=tuple(_sub_items(row.many("sub_items"))),
        spans=row.spans(),
        originals={name: row.text(name) for name, told in texts.items() if told != row.text(name)}
        | {name: plain for name, plain in (words | short).items() if redact.masked(plain) != plain}
        | ({"number": number} if masked_number(number) != number else {}),
        numbers=tuple(
            number for name in TELLING for number in numbers_in(row.text(name), kept.get((row.key, name), ()))
        ),
        **texts,
    )


def masked_number(words: str) -> str:
    """A petition's number as it may be shown, where a damaged table has something personal in its place.

    Digits that begin as a number of inspections does, a region and a day, are no identity number and no card.
    """
    hits = [one for one in proposals(words) if one.kind != "card" and not _REGION_AND_DAY.fullmatch(one.words)]
    return redact.mask(words, (redact.Hit(one.kind, one.start, one.end, one.words) for one in hits))


_REGION_AND_DAY = re.compile(r"\d{6}(?:20[1-4]\d{9}[\dXx]|[12]\d{8})")


def _original_items(items: Sequence[Any]) -> str:
    """The sub-items as they came in, a line each."""
    told = (item for item in items if isinstance(item, Mapping))
    return "\n".join(f"{item.get('text') or ''} {item.get('finding') or ''}".strip() for item in told)


def _sub_items(items: Sequence[Any]) -> list[SubItemDraft]:
    return [
        SubItemDraft(
            number=int(item.get("number") or place),
            text=redact.masked(trimmed(str(item.get("text") or ""))),
            finding=redact.masked(str(item.get("finding") or "")),
            truth=str(item.get("truth") or ""),
        )
        for place, item in enumerate(items, 1)
        if isinstance(item, Mapping)
    ]
