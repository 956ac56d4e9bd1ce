"""Numbers that could be right and do not go with those beside them: which are asked about, and which are left in peace.

Measured over a batch of twelve: of the numbers that one other digit turns into another legal number, all 33 that
change the round, the place or the day are asked about; of the 36 that change the serial, the 24 that break its order.
"""

from collections import Counter
from collections.abc import Sequence

import pytest

from bihuan.intake.formats import petition_neighbours
from bihuan.intake.formats.petitions import understand_petitions
from bihuan.intake.formats.understood import Doubt, Understanding
from bihuan.lib.paper.document import Document
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import directory_of
from bihuan.lib.reading.petition_numbers import read_petition_number
from tests.rules.lib.reading.mutated_numbers import mutations

PHONES = tuple(f"D2HE20220417{serial:04}" for serial in (3, 8, 17, 22, 31, 46, 58, 71))
LETTERS = tuple(f"X2HE20220417{serial:04}" for serial in (2, 6, 9, 14))
BATCH = (*PHONES, *LETTERS)


def paper(numbers: Sequence[str], way: str = "") -> Document:
    lines = ["群众信访举报转办和边督边改公开情况一览表", "(第12批 2022年4月18日)"]
    heads = ["序号", "受理编号", "交办问题基本情况", "行政区域", "是否属实", "处理和整改情况"]
    rows = [[str(at), one, f"某村第{at}家料场扬尘。", "青县", "属实", "已苫盖。"] for at, one in enumerate(numbers, 1)]
    if way:
        heads.append("受理方式")
        rows = [[*row, way] for row in rows]
    return read_paper("表.txt", "\n".join([*lines, *("|".join(row) for row in (heads, *rows))]).encode())


def read(numbers: Sequence[str], **told: str) -> Understanding:
    return understand_petitions(paper(numbers, **told), on=None, directory=None)


def asked(numbers: Sequence[str], **told: str) -> dict[str, Doubt]:
    understood = read(numbers, **told)
    assert len(understood.records) == len(numbers)
    return {
        str(record.value("number")): doubt
        for record in understood.records
        for doubt in record.doubts
        if doubt.field == "number"
    }


def test_a_batch_as_it_should_be_is_left_in_peace() -> None:
    assert asked(BATCH) == {}


def test_two_days_in_one_batch_are_left_in_peace() -> None:
    assert asked([*BATCH, *(one.replace("0417", "0416") for one in PHONES)]) == {}


@pytest.mark.parametrize(
    ("wrong", "question", "right"),
    [
        ("D3HE202204170022", "第2位为“3”，同批其余11件都是“2”，是否写错？", "D2HE202204170022"),
        ("D2HA202204170022", "第4位为“A”，同批其余11件都是“E”，是否写错？", "D2HE202204170022"),
        ("D2HE202204070022", "第11位为“0”，同批其余11件都是“1”，是否写错？", "D2HE202204170022"),
        ("D2HE202304170022", "第8位为“3”，同批其余11件都是“2”，是否写错？", "D2HE202204170022"),
        ("D2HE202204171022", "的流水号1022不在前后（D2HE202204170017、D2HE202204170031）之间，是否写错？", None),
    ],
)
def test_the_one_that_is_unlike_is_asked_about(wrong: str, question: str, right: str | None) -> None:
    numbers = [wrong if one == PHONES[3] else one for one in BATCH]

    (doubt,) = asked(numbers).values()

    assert doubt.question == f"编号“{wrong}”{question}"
    assert [choice.value for choice in doubt.choices] == ([right, wrong] if right else [wrong])


def caught() -> Counter[tuple[str, bool]]:
    """Of every legal number that one other digit makes of one in the batch: which part it changes, whether it is asked
    about.
    """
    told: Counter[tuple[str, bool]] = Counter()
    own = PHONES[3]
    for kind, at, wrong in mutations(own):
        is_legal = read_petition_number(wrong).question is None and len(wrong) == len(own)
        if kind == "other digit" and is_legal:
            numbers = [wrong if one == own else one for one in BATCH]
            told["serial" if at >= 12 else "head", bool(asked(numbers))] += 1
    return told


def test_of_legal_numbers_all_heads_and_most_serials_are_asked_about() -> None:
    told = caught()

    assert told["head", True] >= 30
    assert told["head", False] == 0
    assert told["serial", True] / (told["serial", True] + told["serial", False]) >= 0.65


def test_a_reader_that_looks_at_no_neighbour_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(petition_neighbours, "beside", lambda records, _: list(records))

    with pytest.raises(AssertionError):
        test_of_legal_numbers_all_heads_and_most_serials_are_asked_about()


def test_a_number_is_held_against_its_own_row() -> None:
    assert [one.question for one in asked(PHONES[:2], way="来信").values()] == [
        f"编号“{one}”中的“D”是来电，受理方式却写来信，以哪个为准？" for one in PHONES[:2]
    ]
    (doubt,) = asked(["D2HE202204190003"]).values()
    assert doubt.question == "编号“D2HE202204190003”中的日期2022-04-19晚于本批的2022-04-18，是否写错？"


def test_a_number_of_another_province_is_asked_about() -> None:
    (record,) = understand_petitions(paper(["D2HB202204170003"]), on=None, directory=directory_of("130900", ())).records

    assert "编号“D2HB202204170003”中的HB是湖北省，不是本省，是否写错？" in [doubt.question for doubt in record.doubts]
