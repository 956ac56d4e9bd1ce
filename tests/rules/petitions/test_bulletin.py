"""The bulletin of a batch: as newspapers print it, every figure with its records, every difference explained."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from bihuan.intake.formats.bulletin import understand_bulletin
from bihuan.intake.formats.understood import Record, Understanding
from bihuan.lib.chinese import clean, half_width
from bihuan.lib.paper.reading import read_paper
from bihuan.petitions.rules.bulletin import (
    CITY_HANDED_OVER,
    CITY_HANDLED,
    CITY_RESULTS,
    PENALTIES,
    PROVINCE_HANDED_OVER,
    PROVINCE_HANDLED,
    TOTALS,
    Bulletin,
    Figure,
    Listing,
    Occasion,
    PetitionRow,
    Wording,
    WordingError,
    compose,
    said,
)
from tests.rules.petitions.batches import READ_AS, occasion, random_rows
from tests.rules.petitions.printed import ALL, Printed

STYLES = {
    "province_handed_over": PROVINCE_HANDED_OVER,
    "city_handed_over": CITY_HANDED_OVER,
    "province_handled": PROVINCE_HANDLED,
    "city_handled": CITY_HANDLED,
    "city_results": CITY_RESULTS,
    "totals": TOTALS,
}


def plain(text: str) -> str:
    """The words as they are compared: simplified, with half-width marks, without blanks."""
    return re.sub(r"\s+", "", half_width(clean(text).text))


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_what_newspapers_printed_comes_out_of_rows(make: Callable[[], Printed]) -> None:
    printed = make()

    told = compose(printed.rows, printed.occasion, printed.wording)

    assert plain(told.text) == plain(printed.text)
    assert all(digits_are_told(told))


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_one_petition_more_is_another_bulletin(make: Callable[[], Printed]) -> None:
    printed = make()
    more = replace(printed.rows[-1], code="one more")

    assert plain(compose([*printed.rows, more], printed.occasion, printed.wording).text) != plain(printed.text)


def digits_are_told(told: Bulletin) -> Iterator[bool]:
    """Whether no digit stands in plain words but those of days and batches."""
    for paragraph in told.paragraphs:
        for piece in paragraph:
            if piece.figure is None:
                yield not re.search(r"\d", re.sub(r"\d+月\d+日|\d+-\d+批|第\d+批|10天", "", piece.text))


def read(told: Bulletin) -> Understanding:
    return understand_bulletin(read_paper("通报.txt", told.text.encode()), on=date(2024, 6, 1), directory=None)


CALLED = {
    "件数": "received_total", "重点件": "key_cases", "已办结": "closed", "阶段性办结": "staged", "未办结": "open",
    "属实": "founded", "查实": "founded", "基本属实": "basically_founded", "部分属实": "partly_founded",
    "不属实": "unfounded", "完成整改": "finished", "未完成整改": "unfinished", "办结率": "closing_rate",
    "属实率": "founded_rate", "不属实率": "unfounded_rate", "整改完成率": "completion_rate",
    "来电": "by_intake.来电", "来信": "by_intake.来信",
} | {word: READ_AS.get(kind, kind) for kind, (word, _) in PENALTIES.items()}  # fmt: skip
LISTED = {
    "各地": "by_region", "历次各地": "by_region", "各类型": "by_type", "各方式": "by_intake",
    "问责方式": "discipline", "较快的完成率": "completion_rate_by_region", "较慢的完成率": "completion_rate_by_region",
    "未完成整改·最多的件数": "unfinished_by_region", "未办结·办理中各地": "open_by_region",
}  # fmt: skip


def fields_of(figure: Figure) -> Iterator[str]:
    """Under which names the reader gives a figure."""
    name = figure.name.removeprefix("累计·").removeprefix("已办结·")
    prefix = "cumulative_" if figure.name.startswith("累计·") else ""
    if name in CALLED:
        yield prefix + CALLED[name]
        return
    listed, places, _ = name.rsplit("·", 2)
    for place in places.split("、"):
        yield f"{prefix}{LISTED[listed]}.{place}"


def unlike(told: Bulletin, record: Record) -> list[tuple[str, object, object]]:
    """The figures that are read otherwise than they were told."""
    pairs = ((name, figure) for figure in told.figures() for name in fields_of(figure))
    return [
        (name, figure.value, record.value(name))
        for name, figure in pairs
        if record.value(name) is None or Decimal(str(record.value(name))) != figure.value
    ]


@pytest.mark.parametrize("style", STYLES)
def test_what_is_told_is_read_back_figure_for_figure(style: str) -> None:
    figures = 0
    for seed in range(60):
        dice = Random(f"{style}{seed}")  # noqa: S311 -- invented petitions, no secret
        batches = dice.randint(1, 30)
        rows = random_rows(dice, batches=batches)
        told = compose(rows, occasion(batches if style == "totals" else dice.randint(1, batches)), STYLES[style])
        understood = read(told)
        figures += len(list(told.figures()))

        assert len(understood.records) == 1
        assert unlike(told, understood.records[0]) == [], (seed, told.text)
        assert [row.note for row in understood.reconciliation if row.note] == [], (seed, told.text)
        assert [doubt.question for doubt in understood.records[0].doubts] == [], (seed, told.text)
    assert figures > 500


def row(code: str, **values: object) -> PetitionRow:
    return replace(PetitionRow(code, "第3批", 3, date(2024, 6, 3), date(2024, 6, 3)), **values)  # type: ignore[arg-type]  # values of any field


THIRD = Occasion("省第一督察组", date(2024, 6, 3), "第3批", ("献县", "青县", "沧县"))


def told_of(sentence: str, *rows: PetitionRow, **changed: object) -> Bulletin:
    return compose(rows, THIRD, CITY_HANDED_OVER.but(paragraphs=(sentence,), **changed))


def notes(told: Bulletin) -> list[str]:
    return [said(note) for note in told.notes]


@pytest.mark.parametrize("style", STYLES)
def test_every_figure_opens_the_rows_that_make_it(style: str) -> None:
    dice = Random(style)  # noqa: S311 -- invented petitions, no secret
    rows = random_rows(dice, batches=9, is_whole=False)
    told = compose(rows, occasion(9 if style == "totals" else 5), STYLES[style])
    by_code = {one.code: one for one in rows}

    for figure in told.figures():
        behind = [by_code[code] for code in figure.codes]
        assert len(set(figure.codes)) == len(figure.codes)
        last = figure.name.rsplit("·", 1)[-1]
        name = next((name for name, (word, _) in PENALTIES.items() if word == last), "")
        if name:
            assert sum(Decimal(one.penalties[name]) for one in behind) == figure.value
        elif last.endswith("率"):
            assert abs(100 * Decimal(len(behind)) / len(figure.base) - figure.value) <= Decimal("0.005")
        elif last == "人数":
            kind = figure.name.split("·")[-2]
            assert sum(one.accountability[kind] for one in behind) == figure.value
        elif "、" not in figure.name:
            assert len(behind) == figure.value


def test_figures_bear_their_formula() -> None:
    rows = [row("1", closing="已办结"), row("2", closing="阶段性办结"), row("3", is_key_case=True)]

    (rate, key) = told_of("{办结率}，{重点件}件", *rows).figures()

    assert (rate.value, rate.codes, rate.base) == (Decimal("66.67"), ("1", "2"), ("1", "2", "3"))
    assert rate.formula == "第三批办结率 = （已办结 + 阶段性办结）÷ 总数 = 2 ÷ 3 = 66.67%"
    assert (key.value, key.codes, key.formula) == (1, ("3",), "第三批中重点件的件数")


def test_joint_petitions_are_explained() -> None:
    rows = [
        *(row(str(at), places=("青县",)) for at in range(95)),
        *(row(f"joint {at}", places=("献县", "青县")) for at in range(3)),
    ]
    told = told_of("共{件数}件，{各地}。", *rows)

    assert told.text == "共98件，青县98件、献县3件。".replace("、", "，")
    assert notes(told) == ["第三批各地合计101件，比总数98件多3件：3件由两地合办。"]
    (joint,) = [piece.figure for piece in told.notes[0] if piece.figure and piece.figure.name == "第三批由两地合办"]
    assert joint.codes == ("joint 0", "joint 1", "joint 2")


def test_what_cancels_is_explained_as_well() -> None:
    rows = [row("1", places=("献县", "青县")), row("2"), row("3", places=("沧县",))]

    assert notes(told_of("{各地}", *rows)) == ["第三批各地合计3件，与总数3件相同：1件由两地合办，1件未定属地。"]


def test_what_was_returned_and_handed_on_is_explained() -> None:
    rows = [
        row("1", places=("献县",), returned_by=("青县",)),
        row("2", places=("献县", "沧县")),
        row("3", places=("献县",)),
    ]
    both = Listing("地区", is_with_returned=True)

    told = told_of("{各地}", *rows, lists={"各地": both})
    assert told.text == "献县3件、青县1件、沧县1件"
    assert notes(told) == ["第三批各地合计5件，比总数3件多2件：1件退办后改交（在两地各计一次），1件由两地合办。"]
    assert notes(told_of("{各地}", *rows)) == ["第三批各地合计4件，比总数3件多1件：1件由两地合办。"]


def test_several_types_and_what_is_not_settled_are_explained() -> None:
    rows = [row("1", types=("大气", "水", "噪声"), truth="属实"), row("2", types=("水",)), row("3", main_type="水")]
    every = Listing("类型", is_all_types=True)

    assert notes(told_of("{各类型}", *rows)) == []
    assert notes(told_of("{各类型}", *rows, lists={"各类型": every})) == [
        "第三批各类型合计5件，比总数3件多2件：1件涉及三类。"
    ]
    assert notes(told_of("属实{属实}件，不属实{不属实}件", *rows)) == [
        "第三批3件中有2件尚未核实，没有计入属实和不属实。"
    ]


def test_people_and_kinds_that_differ_are_told() -> None:
    rows = [row("1", penalties={"held_to_account": 2}, accountability={"诫勉谈话": 1})]

    assert notes(told_of("问责{问责}人（{问责方式}）", *rows)) == [
        "第三批有1件的问责人数与问责方式合计不一致，请核对。"
    ]


@pytest.mark.parametrize(
    ("joint", "text", "explained"),
    [
        ("each", "献县2件、青县1件", True),
        ("first", "献县2件", False),
        ("apart", "献县1件、献县和青县合办1件", False),
    ],
)
def test_a_joint_petition_is_counted_as_the_city_does(joint: str, text: str, explained: bool) -> None:  # noqa: FBT001 -- a case of the table
    rows = [row("1", places=("献县", "青县")), row("2", places=("献县",))]
    told = told_of("{各地}", *rows, lists={"各地": Listing("地区", joint=joint)})

    assert (told.text, bool(told.notes)) == (text, explained)


def test_random_batches_state_every_difference_rightly() -> None:
    seen = 0
    for seed in range(60):
        rows = random_rows(Random(seed), batches=3, is_whole=False)  # noqa: S311 -- invented petitions, no secret
        told = compose(rows, occasion(2), CITY_HANDED_OVER)
        for note in notes(told):
            found = re.search(r"合计(\d+)件，比总数(\d+)件([多少])(\d+)件：(.*)。", note)
            if found:
                seen += 1
                over = int(found[1]) - int(found[2])
                assert over == int(found[4]) * (1 if found[3] == "多" else -1)
                causes = {"两地": 1, "三地": 2, "未定": -1, "没有": -1}
                told_causes = re.findall(r"(\d+)件(?:由|涉及)?(两地|三地|未定|没有)", found[5])
                assert sum(int(count) * causes[what] for count, what in told_causes) == over
    assert seen > 50


def test_equal_counts_are_told_together_from_where_the_city_does() -> None:
    rows = [row(str(at), places=(place,)) for at, place in enumerate(["献县"] * 3 + ["青县", "沧县"])]
    one = Listing("地区", grouped=1, before_group="，")

    assert told_of("{各地}", *rows, lists={"各地": one}).text == "献县3件，青县、沧县各1件"
    assert told_of("{各地}", *rows, lists={"各地": Listing("地区")}).text == "献县3件、青县1件、沧县1件"
    (_, both) = told_of("{各地}", *rows, lists={"各地": one}).figures()
    assert (both.value, both.codes, both.formula) == (
        1,
        ("3", "4"),
        "第三批中青县、沧县各的件数".replace("各的", "各自的"),
    )


def test_places_may_say_more_than_their_count() -> None:
    rows = [row("1", places=("献县",), is_key_case=True), row("2", places=("献县",)), row("3", places=("青县",))]
    item = Listing("地区", "{名}{件数}件[（含重点件{重点件}件）]，占{占比}", separator="；")

    assert told_of("{各地}", *rows, lists={"各地": item}).text == (
        "献县2件（含重点件1件），占66.67%；青县1件，占33.33%"
    )


def test_that_all_went_on_the_same_day_is_said_only_where_it_is_so() -> None:
    on_the_day, later = row("1"), row("2", assigned_on=date(2024, 6, 4))

    assert told_of("上述信访件{当日全部交办}。", on_the_day).text == "上述信访件当日全部交办。"
    told = told_of("上述信访件{当日全部交办}。", on_the_day, later, row("3", assigned_on=None))
    assert told.text == "上述信访件当日交办1件、其余2件另行交办。"
    assert [figure.codes for figure in told.figures()] == [("1",), ("2", "3")]


def test_clauses_without_anything_to_tell_are_left_out() -> None:
    sentence = "共{件数}件[，重点件{重点件}件][，办结率{办结率}][，整改完成率{整改完成率}]。"

    assert told_of(sentence, row("1")).text == "共1件。"
    assert told_of(sentence, row("1", truth="属实", closing="已办结", is_key_case=True)).text == (
        "共1件，重点件1件，办结率100%，整改完成率100%。"
    )


def test_batches_after_this_one_do_not_count() -> None:
    rows = [
        replace(row("before"), batch="第2批", number=2),
        row("now"),
        replace(row("after"), batch="第4批", number=4),
        replace(row("unnumbered before"), batch="补交", number=None, handed_over_on=date(2024, 6, 2)),
        replace(row("unnumbered after"), batch="再补交", number=None, handed_over_on=date(2024, 6, 9)),
    ]
    (now, since) = told_of("{件数}、{累计·件数}", *rows).figures()

    assert now.codes == ("now",)
    assert since.codes == ("before", "now", "unnumbered before")


def test_money_is_told_in_the_unit_of_the_city() -> None:
    fined = row("1", penalties={"fined": Decimal("56200.5")})

    assert told_of("{罚款金额}", fined).text == "56200.5元"
    assert told_of("{罚款金额}", fined, money="万元").text == "5.62005万元"
    rounded = told_of("约{罚款金额}", fined, money="万元", decimals={"罚款金额": 1})
    assert (rounded.text, next(rounded.figures()).value) == ("约5.6万元", Decimal("56200.5"))
    with pytest.raises(WordingError, match="罚款不能用“角”作单位。"):
        told_of("{罚款金额}", fined, money="角")


def test_detentions_of_every_kind_are_one_figure_where_the_city_tells_them_so() -> None:
    rows = [
        row("1", penalties={"detained": 2, "arrested": 1}),
        row("2", penalties={"detention": 1}),
        row("3"),
    ]
    (figure,) = told_of("拘留{各类拘留}人", *rows).figures()

    assert (figure.value, figure.codes) == (4, ("1", "2"))


def test_halves_are_rounded_up() -> None:
    rows = [row("0", closing="已办结"), *(row(str(at)) for at in range(1, 800))]

    assert told_of("{办结率}", *rows).text == "0.13%"


def test_notes_are_printed_where_the_city_wants_them() -> None:
    told = told_of("{各地}", row("1"), row("2", places=("献县",)), prints_notes=True)

    assert told.text == "献县1件\n第三批各地合计1件，比总数2件少1件：1件未定属地。"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("{好件}", "没有“好件”这个标签。"),
        ("{好件·来电}", "标签里的“好件”不能用来筛选。"),
        ("{件数}件]", "“{件数}件]”里的括号不成对。"),
        ("[{件数}件", "“[{件数}件”里的括号不成对。"),
        ("{}件", "“{}件”里有空的标签。"),
        ("整改完成率{整改完成率}", "没有可以计算整改完成率的信访件，请把这一句放进方括号。"),
        ("自{起}起", "没有可以填“起”的内容。"),
        ("{名}", "没有“名”这个标签。"),
    ],
)
def test_a_wording_that_cannot_be_filled_in_is_refused(sentence: str, why: str) -> None:
    with pytest.raises(WordingError, match=re.escape(why)):
        told_of(sentence, row("1"))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([row("1"), row("1")], "1列了两次。"),
        ([row("1", truth="大概属实")], "1的是否属实写作“大概属实”，无法统计。"),
        ([row("1", closing="快了")], "1的是否办结写作“快了”，无法统计。"),
        ([row("1", penalties={"fine": 1})], "1的处罚“fine”无法统计。"),
        ([replace(row("1"), batch="第2批")], "第3批没有信访件。"),
    ],
)
def test_rows_that_cannot_be_counted_are_refused(rows: list[PetitionRow], why: str) -> None:
    with pytest.raises(WordingError, match=re.escape(why)):
        compose(rows, THIRD, CITY_HANDED_OVER)


def test_a_new_city_is_a_new_value() -> None:
    wording: Wording = CITY_HANDED_OVER.but(addressee="我州", verb="转交", numerals="arabic", key_noun="重点件")
    told = compose([row("1", channel="来电", is_key_case=True, main_type="水", places=("献县",))], THIRD, wording)

    assert told.text.startswith("6月3日，省第一督察组向我州转交第3批群众信访举报1件，其中重点件1件。")
