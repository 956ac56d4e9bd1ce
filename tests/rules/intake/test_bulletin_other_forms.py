"""Bulletins in forms of other provinces and rounds: every figure is read, nothing right is asked about, slips are.

Of 23 published bulletins that the reader had never seen, 930 of 1,503 planted slips were found before these forms were
known, 1,038 of 1,505 after; a share that stands alone, and who was held to account by rank, are held to their sums.
Fourteen more were tried when these were known: seven were read whole at once; the last five forms are theirs.
"""

from collections import Counter

import pytest

from tests.rules.intake.bulletin_forms import FORMS, TWO_BATCHES
from tests.rules.intake.slipped import findings, measured, understood_of


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_of_another_form_is_read(form: str) -> None:
    text, told = FORMS[form]
    (record,) = understood_of(text).records

    assert {name: record.value(name) for name in told} == told


@pytest.mark.parametrize("form", FORMS)
def test_what_is_right_is_not_asked_about(form: str) -> None:
    assert findings(FORMS[form][0]) == frozenset()


def test_two_batches_in_one_paper_are_two_records() -> None:
    later, earlier = understood_of(TWO_BATCHES).records

    assert (later.value("batch"), later.value("received_total")) == ("第24批", 15)
    assert (earlier.value("batch"), earlier.value("closed"), earlier.value("staged")) == ("第15批", 6, 7)
    assert findings(TWO_BATCHES) == frozenset()


@pytest.mark.parametrize(
    ("form", "old", "new", "said"),
    [
        (
            "hour, semicolons, key cases by place, joint petitions",
            "沧县7件",
            "沧县8件",
            "各地合计28，扣除文中写明的联合办理1件次是27，总数写26，请核对。",
        ),
        (
            "hour, semicolons, key cases by place, joint petitions",
            "任丘市3件,重点件1件",
            "任丘市3件,重点件2件",
            "重点件各地合计3，总数写2，请核对。",
        ),
        (
            "hour, semicolons, key cases by place, joint petitions",
            "科级干部4人",
            "科级干部5人",
            "问责人员合计13，前文写12，请核对。",
        ),
        (
            "hour, semicolons, key cases by place, joint petitions",
            "截至6月9日",
            "截至6月8日",
            "开头写“6月9日”，累计写截至“6月8日”，以哪个为准？",
        ),
        (
            "hour, semicolons, key cases by place, joint petitions",
            "的十七批共",
            "的十六批共",
            "本批是第17批，累计却写“十六批”，以哪个为准？",
        ),
        ("shares alone", "27.50%", "27.51%", "“大气类占比27.51%”：总数40件里没有哪个件数是这个比例，请核对。"),
        ("shares alone", "27.50%", "30.00%", "各类型占比合计102.5%，不是100%，请核对。"),
        (
            "what is complained of most",
            "6月8日8时",
            "6月5日8时",
            "6月9日转办，受理时间却写“6月5日”，是否写错？",
        ),
        (
            "without repeats",
            "实际案件数47件",
            "实际案件数46件",
            "各受理方式合计47，总数写46，可能有来访、网络等方式没有列出，请核对。",
        ),
        ("how many places", "涉及5个县", "涉及6个县", "文中写“涉及6个县”，列出的是5个，是否漏列？"),
        ("what came of key cases", "已办结7件", "已办结6件", "重点件办结情况合计8，总数写9，请核对。"),
    ],
)
def test_what_another_form_says_twice_is_held_against_itself(form: str, old: str, new: str, said: str) -> None:
    text = FORMS[form][0]
    assert text.count(old) == 1

    assert said in findings(text.replace(old, new))


def shares() -> Counter[tuple[str, bool]]:
    return Counter((kind, ok) for text, _ in FORMS.values() for kind, _, ok in measured(text))


def test_slips_in_other_forms_are_found() -> None:
    told = shares()

    for kind, floor in (
        ("rate off by the last digit", 1.0),
        ("rate off by one", 1.0),
        ("part told twice", 0.85),
        ("part left out", 0.9),
        ("off by one", 0.6),
    ):
        found, missed = told[kind, True], told[kind, False]
        assert found / (found + missed) >= floor, (kind, found, missed)


def test_a_reader_that_believes_every_sum_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bihuan.intake.formats.bulletin.reconciled", lambda *_: [])

    with pytest.raises(AssertionError):
        test_slips_in_other_forms_are_found()
