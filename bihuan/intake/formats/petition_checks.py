"""What a careful clerk would ask about a petition before taking it in.

Hides the signs that were found broken in published papers. Each answer that can be given is a choice; nothing is
corrected here.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bihuan.intake.formats import petition_fields
from bihuan.intake.formats import petition_words as words
from bihuan.intake.formats.petition_alignment import Row
from bihuan.intake.formats.petition_foreign import foreign_places, unknown_regions
from bihuan.intake.formats.understood import Choice, Doubt, Field
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading import dates
from bihuan.lib.reading.directory import Directory
from bihuan.lib.reading.petition_numbers import read_petition_number
from bihuan.lib.redact import LABELS, mask, scan
from bihuan.petitions.rules.consistency import NO_NEED, disagree, early_visit, fitting_truth, odd_years

_TEXTS = ("content", "findings", "handling")
_NO_NEED = re.compile(NO_NEED)
_NOTHING = re.compile(r"(?:未发现|不存在|没有发现|未见)[^。;]{0,40}(?:[。;]|$)")


def doubts(row: Row, fields: Mapping[str, Field], on: dt.date | None, directory: Directory | None) -> tuple[Doubt, ...]:
    """Every question about one petition, in the order of its fields."""
    asked = [doubt for check in _CHECKS for doubt in check(row, fields, on)]
    asked += unknown_regions(row, directory)
    asked += foreign_places(row, directory)
    return tuple(asked)


def _number(row: Row, _fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    piece = row.get("number")
    if not piece:
        yield Doubt("number", "这一行没有写受理编号，是否补上？", kind="number_missing")
        return
    read = read_petition_number(piece.text)
    if read.question:
        choices = tuple(Choice(choice, choice) for choice in read.question.choices)
        yield Doubt("number", read.question.text, choices, read.question.kind, piece.span)


def _content(row: Row, _fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    """A petition that says nothing cannot be looked into by anybody."""
    if not row.get("content"):
        yield Doubt("content", "这一件没有写交办问题基本情况，请对照原件补上。", kind="content_missing")


def _types(row: Row, _fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    piece = row.get("types")
    for name, known in words.pollution_types(piece.folded) if piece else ():
        if piece and known is None:
            choices = tuple(Choice(one, one) for one in ("大气", "水", "土壤", "噪声", "生态", "固废", "其他"))
            question = f"污染类型“{name}”不在常用类型里，应归到哪一类？"
            yield Doubt("types", question, (*choices, Choice("照原文保留", name)), "type_unknown", piece.span)


def _truth(row: Row, fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    value = fields["truth"].value
    known = ("属实", "基本属实", "部分属实", "不属实")
    choices = tuple(Choice(one, one) for one in known)
    column = row.get("truth")
    if column and value not in known:
        yield Doubt("truth", f"是否属实一栏写作“{column.value}”，应为哪一种？", choices, "truth_unknown", column.span)
    findings = row.get("findings")
    if not findings or value not in known:
        return
    if value in {"部分属实", "基本属实"} and petition_fields.items(findings):
        return  # each item has a verdict of its own: see the sub-items
    concluded = petition_fields.truth({"findings": findings})
    if concluded.value is not None and concluded.value != value:
        question = f"是否属实一栏为{value}，调查核实情况却写“{concluded.raw}”，以哪个为准？"
        sides = (Choice(f"按栏目：{value}", value), Choice(f"按调查：{concluded.raw}", concluded.value))
        yield Doubt("truth", question, sides, "truth_findings", concluded.span)
    elif value == "属实" and concluded.value is None and (found := _nothing_found(findings)):
        piece = findings.found(found)
        question = f"是否属实一栏为属实，调查核实情况却写“{piece.value}”，是否属实？"
        yield Doubt("truth", question, choices, "truth_findings", piece.span)


def _nothing_found(findings: Passage) -> re.Match[str] | None:
    """The words that nothing was found; in a list of findings they may stand for one of several, and count for none."""
    return None if petition_fields.items(findings) else _NOTHING.search(findings.folded)


def _answers(row: Row, _fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    """Short answers that mean none of the office's."""
    for name, label, known, answers in (
        ("intake", "受理方式", words.intake, words.INTAKES),
        ("closing", "是否办结", words.closing, ("正在办理", "阶段性办结", "已办结")),
    ):
        piece = row.get(name)
        if piece and known(piece.folded) is None:
            choices = tuple(Choice(one, one) for one in answers)
            question = f"{label}一栏写作“{piece.value}”，应为哪一种？"
            yield Doubt(name, question, choices, f"{name}_unknown", piece.span)


def _sub_items(_row: Row, fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    listed = fields["sub_items"].value
    overall = fields["truth"].value
    verdicts = {item["truth"] for item in listed if item["truth"]} if isinstance(listed, list) else set()
    if not verdicts or not isinstance(overall, str):
        return
    if disagree(verdicts, overall):
        fitting = fitting_truth(verdicts)
        question = f"分项结论为{'、'.join(sorted(verdicts))}，总的结论却为{overall}，应为哪一种？"
        choices = (Choice(fitting, fitting, "按分项"), Choice(overall, overall, "按原文"))
        yield Doubt("truth", question, choices, "truth_sub_items", fields["truth"].span)


def _handling(row: Row, fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    piece = row.get("handling")
    if piece and fields["truth"].value in {"属实", "基本属实"} and _NO_NEED.match(piece.folded):
        question = f"反映情况{fields['truth'].value}，整改情况却只写“{piece.value}”，没有说明理由，是否补充？"
        yield Doubt("handling", question, kind="true_without_rectification", span=piece.span)


def _visit(row: Row, _fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    number, findings = row.get("number"), row.get("findings")
    received = read_petition_number(number.text).on if number else None
    if not received or not findings:
        return
    text, places = dates.squeezed(findings.folded)
    moment = early_visit(text, received)
    if moment is not None:
        piece = findings.piece(places[moment.start], places[moment.end - 1] + 1)
        question = f"核查日期“{piece.value}”早于受理日期{received.isoformat()}，是否写错？"
        yield Doubt("findings", question, kind="visit_before_receipt", span=piece.span)


def _years(row: Row, _fields: Mapping[str, Field], on: dt.date | None) -> Iterator[Doubt]:
    for name in _TEXTS:
        piece = row.get(name)
        for found in odd_years(piece.folded, on) if piece else ():
            if piece:
                words_ = piece.found(found)
                question = f"年份“{words_.value}”不合理，是否写错？"
                yield Doubt(name, question, kind="year_impossible", span=words_.span)


def _deadline(row: Row, _fields: Mapping[str, Field], on: dt.date | None) -> Iterator[Doubt]:
    for piece, limit in petition_fields.limits(row, on):
        if limit.question and (limit.question.kind != "deadline_missing" or "deadline" in row):
            choices = tuple(Choice(choice, choice) for choice in limit.question.choices)
            yield Doubt("deadline", limit.question.text, choices, limit.question.kind, piece.span)


def _personal(row: Row, _fields: Mapping[str, Field], _on: dt.date | None) -> Iterator[Doubt]:
    for name in (*_TEXTS, "remark"):
        piece = row.get(name)
        for hit in scan(piece.text) if piece else ():
            if piece:
                alone = replace(hit, start=0, end=len(hit.text))
                yield _personal_doubt(name, piece.piece(hit.start, hit.end), hit.kind, mask(hit.text, [alone]))


def _personal_doubt(name: str, piece: Passage, kind: str, masked: str) -> Doubt:
    question = f"文中疑似有举报人的{LABELS[kind]}（{masked}），入库前是否遮盖？"
    return Doubt(
        name, question, (Choice("遮盖", masked), Choice("不是举报人信息，保留", None)), "personal_data", piece.span
    )


_Check = Callable[[Row, Mapping[str, Field], dt.date | None], Iterator[Doubt]]
_CHECKS: tuple[_Check, ...] = (
    _number,
    _content,
    _types,
    _answers,
    _truth,
    _sub_items,
    _handling,
    _visit,
    _years,
    _deadline,
    _personal,
)
