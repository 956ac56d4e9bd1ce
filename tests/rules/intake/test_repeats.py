"""A number that stands twice in a paper: what is asked, and what becomes of the rows by the answer."""

from typing import Any

import pytest

from bihuan.intake.formats.petition_repeats import BOTH, FIRST, JOINED, SECOND
from bihuan.intake.rules.answers import answers_of
from bihuan.intake.rules.batches import batch_drafts
from bihuan.intake.rules.records import Row, rows
from bihuan.intake.rules.repeats import Repeats, joined, repeats_of, take_said
from bihuan.lib.flow import Refused
from bihuan.petitions.rules.drafts import PetitionDraft, SubItemDraft
from tests.rules.intake.test_petitions import of_text

NUMBER = "D3HE202406080011"
ROW = f"受理编号:{NUMBER}\n反映情况:作坊排污。\n行政区域:沧县\n调查核实情况:属实。\n"


def asked(text: str) -> list[list[Any]]:
    return [[doubt for doubt in record.doubts if doubt.kind == "number_twice"] for record in of_text(text).records]


def values(doubts: list[Any]) -> list[Any]:
    return [choice.value for doubt in doubts for choice in doubt.choices]


def test_the_later_row_is_asked_about_and_every_choice_says_what_becomes_of_both() -> None:
    first, second = asked(ROW * 2)

    assert first == []
    assert values(second) == [BOTH, FIRST, SECOND, JOINED]
    assert [choice.label for choice in second[0].choices] == [
        "都收，两件分别入台账", "只收第1件，这一件不收", "只收这一件，第1件不收", "同一信访，并入第1件作一件",
    ]  # fmt: skip
    assert f"{NUMBER}#2" in second[0].choices[0].note


def test_of_three_each_later_one_is_held_against_the_first() -> None:
    first, second, third = asked(ROW * 3)

    assert (first, values(second), values(third)) == ([], [BOTH, FIRST, JOINED], [BOTH, FIRST, JOINED])
    assert f"{NUMBER}#3" in third[0].choices[0].note


def test_rows_that_say_different_things_are_no_one_petition() -> None:
    other = ROW.replace("沧县", "青县")

    assert JOINED not in values(asked(ROW + other)[1])


def test_a_number_that_only_its_batch_tells_may_come_again_in_another_batch() -> None:
    of_batch = [
        {"type": "petition", "key": f"petition:{place}", "fields": {
            "number_key": {"value": "D008"}, "batch": {"value": f"第{place}批"}}}
        for place in (1, 2)
    ]  # fmt: skip

    drafts = batch_drafts(Row({"type": "paper", "fields": {}}), rows({"records": of_batch}, {}), {})

    assert [one.number_key for batch in drafts for one in batch.petitions] == ["D008", "D008"]


def understood(text: str = ROW * 2) -> dict[str, Any]:
    return of_text(text).plain()


def answered(value: str, key: str = "petition:2") -> dict[str, Any]:
    return {
        "record_key": key, "field": "number", "kind": "number_twice", "question": "", "answer": {"value": value},
    }  # fmt: skip


def taken(value: str, text: str = ROW * 2) -> list[PetitionDraft]:
    plain, answers = understood(text), [answered(value)]
    found = rows(plain, answers_of(answers, plain))
    drafts = batch_drafts(Row({"type": "paper", "fields": {}}), found, {}, None, None, repeats_of(answers, plain))
    return [one for batch in drafts for one in batch.petitions]


def test_both_are_taken_and_the_second_is_marked_where_it_is_seen() -> None:
    assert [(one.key, one.number, one.number_key) for one in taken(BOTH)] == [
        ("petition:1", NUMBER, NUMBER),
        ("petition:2", f"{NUMBER}#2", f"{NUMBER}#2"),
    ]


def test_one_alone_is_taken_under_its_own_number() -> None:
    assert [(one.key, one.number_key) for one in taken(FIRST)] == [("petition:1", NUMBER)]
    assert [(one.key, one.number_key) for one in taken(SECOND)] == [("petition:2", NUMBER)]


def test_its_right_number_tells_the_second_apart() -> None:
    assert [one.number_key for one in taken("D3HE202406080012")] == [NUMBER, "D3HE202406080012"]


def test_a_very_long_number_is_marked_within_its_column() -> None:
    long = "字" * 80
    record = {"type": "petition", "fields": {"number": {"value": long}, "number_key": {"value": long}}}
    twice = [Row({**record, "key": f"petition:{place}"}) for place in (1, 2)]

    [batch] = batch_drafts(Row({"type": "paper", "fields": {}}), twice, {})

    assert [len(one.number_key) for one in batch.petitions] == [60, 60]
    assert batch.petitions[1].number_key.endswith("#2")


def test_joined_rows_are_one_petition_with_the_texts_of_both() -> None:
    other = ROW.replace("作坊排污", "夜间有异味").replace("属实", "")

    [one] = taken(JOINED, ROW + other)

    assert one.content == "作坊排污。\n夜间有异味。"
    assert one.keys == {"petition:1", "petition:2"}
    assert one.truth == "属实"


def draft(key: str, **said: Any) -> PetitionDraft:
    return PetitionDraft(key=key, number=NUMBER, number_key=NUMBER, **said)


def test_joining_keeps_what_only_one_row_says() -> None:
    first = draft("petition:1", content="甲", types=("水",), sub_items=(SubItemDraft(1, "排污"),), closing="已办结")
    second = draft("petition:2", content="甲", findings="乙", types=("大气",), sub_items=(SubItemDraft(1, "异味"),),
                   is_key_case=True, region=7, region_raw="沧县")  # fmt: skip

    one = joined(first, second)

    assert (one.content, one.findings, one.types, one.closing) == ("甲", "乙", ("水", "大气"), "已办结")
    assert [(item.number, item.text) for item in one.sub_items] == [(1, "排污"), (2, "异味")]
    assert (one.is_key_case, one.region, one.region_raw) == (True, 7, "沧县")


def test_what_was_masked_in_one_row_stands_whole_beside_the_words_of_the_other() -> None:
    first = draft("petition:1", content="村东有异味。")
    second = draft("petition:2", content="我叫张某某。", originals={"content": "我叫张小凡。"})

    assert joined(first, second).originals == {"content": "村东有异味。\n我叫张小凡。"}


def test_the_words_of_both_rows_are_found_again_in_the_paper() -> None:
    spans = [{"content": {"table": 0, "row": row, "cell": 2, "start": 0, "end": 4}} for row in (1, 2)]
    one = joined(draft("petition:1", content="甲", spans=spans[0]), draft("petition:2", content="乙", spans=spans[1]))

    assert one.spans["content"] == {**spans[0]["content"], "also": [spans[1]["content"]]}


def test_rows_that_were_answered_apart_are_not_joined() -> None:
    with pytest.raises(Refused, match="第2件与第1件的是否属实不同"):
        joined(draft("petition:1", truth="属实"), draft("petition:2", truth="不属实"))


def test_rows_of_a_ledger_that_stand_apart_are_not_joined() -> None:
    def row(key: str, standing: str) -> Row:
        said = {"number": NUMBER, "number_key": NUMBER, "standing": standing}
        return Row({"type": "petition", "key": key, "fields": {name: {"value": one} for name, one in said.items()}})

    apart = [row("petition:1", "handling"), row("petition:2", "signed_off")]

    with pytest.raises(Refused, match="现状不同"):
        batch_drafts(
            Row({"type": "paper", "fields": {}}), apart, {}, None, None, Repeats({}, {"petition:2": "petition:1"})
        )


def test_what_is_no_answer_says_what_would_be_one() -> None:
    plain = understood()

    assert take_said(JOINED, "petition:2", [BOTH, JOINED], plain) == JOINED
    assert take_said("D3HE202406080012", "petition:2", [BOTH], plain) == "D3HE202406080012"
    for said, why in (("重复，不收", "不像受理编号"), (NUMBER, "在这份材料里也有"), (JOINED, "不像受理编号")):
        with pytest.raises(Refused, match=why):
            take_said(said, "petition:2", [BOTH, FIRST], plain)


def test_a_printed_total_is_explained_by_what_was_left_out() -> None:
    plain = understood()
    left = repeats_of([answered(FIRST)], plain)

    [batch] = batch_drafts(Row({"type": "paper", "fields": {}}), rows(plain, {}), {}, None, 2, left)

    assert (batch.printed_total, batch.total_note) == (2, "编号重复：不收1件，见导入")
