"""Who petitioned is nowhere: rows, trail, index, file names, files; after a preview, an answer, a commit, an undo."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as conf
from django.db import connection

from bihuan.core import search
from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.queries import drafting
from bihuan.intake.rules import batches
from bihuan.intake.understanding import understand_file
from bihuan.organisation.queries import structure
from bihuan.petitions.models import Petition
from tests.cast import NOON, Cast
from tests.makers import make_inspection

HEADS = (
    "序号,受理编号,交办问题基本情况,行政区域,污染类型,调查核实情况,是否属实,处理和整改情况,是否办结,责任人被处理情况"
)
PHONES = [f"1391357{number}" for number in range(2460, 2468)]
NAME, OTHER_NAME, ID = "欧阳秀兰", "诸葛大勇", "11010519491231002X"
ROW = ",".join(
    [
        "1",
        "D2HE202204120031",
        f"我叫{NAME}，电话{PHONES[0]}，反映村东坑塘堆放垃圾。企业电话{PHONES[1]}。",
        f"沧县{PHONES[2]}",
        f"水{PHONES[3]}",
        f"经核实，举报人：{OTHER_NAME}，身份证号{ID}，反映属实。",
        f"属实{PHONES[4]}",
        f"已清理，回访手机{PHONES[5]}。",
        "已办结",
        f"约谈1人{PHONES[6]}",
    ]
)
NAMED = f"来信{PHONES[7]}.csv"
MARKERS = [*PHONES, NAME, OTHER_NAME, ID]


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.FILES = str(tmp_path / "files")


def everything_stored() -> str:
    """Every cell of every table, the search index, and every file with its name."""
    words = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 -- our own table
            words += [str(row) for row in cursor.fetchall()]
        cursor.execute(f"SELECT words FROM {search.TABLE}")  # noqa: S608 -- our own table
        words += [re.sub(r"[\s']", "", str(row)) for row in cursor.fetchall()]
    files = [path for path in Path(conf.FILES).rglob("*") if path.is_file()]
    return "\n".join([*words, *(path.name + path.read_bytes().decode("latin-1") for path in files)])


def shown() -> list[str]:
    stored = everything_stored()
    return [marker for marker in MARKERS if marker in stored or marker.encode().decode("latin-1") in stored]


def take(cast: Cast) -> Intake:
    data = f"{HEADS}\n{ROW}\n".encode()
    understood = understand_file(NAMED, data, structure.directory(cast.chen.city), None)
    return actions.take_in(NAMED, data, understood, make_inspection(cast), by=cast.chen, at=NOON)


def personal() -> list[IntakeDoubt]:
    return [*IntakeDoubt.objects.filter(kind=drafting.PERSONAL).order_by("number")]


def test_nothing_of_the_petitioner_is_stored_at_any_step(cast: Cast) -> None:
    intake = take(cast)
    assert shown() == []

    doubt = personal()[0]
    actions.answer_doubt(doubt, f"{NAME}，电话{PHONES[0]}", by=cast.chen, at=NOON, label=f"电话{PHONES[0]}")
    actions.commit_intake(intake, by=cast.chen, at=NOON)
    assert Petition.objects.count() == 1
    assert shown() == []

    actions.withdraw_intake(intake, by=cast.chen, at=NOON, note="导错了")
    assert shown() == []


def test_only_the_hit_that_was_cleared_stays_plain(cast: Cast) -> None:
    intake = take(cast)
    hits = [doubt for doubt in personal() if doubt.field == "content"]
    assert len(hits) == 3
    company = next(doubt for doubt in hits if PHONES[1][-4:] in doubt.question)

    actions.answer_doubt(company, None, by=cast.chen, at=NOON, label="不是举报人信息，保留")
    actions.commit_intake(intake, by=cast.chen, at=NOON)

    content = Petition.objects.get().content
    assert PHONES[1] in content
    assert (NAME in content, PHONES[0] in content) == (False, False)


SHIFTED = [
    {"受理编号": f"D2HE202204120031 {NAME}{PHONES[0]}"},
    {"受理编号": PHONES[0]},
    {"受理编号": f"举报人：{NAME}，电话{PHONES[0]}"},
    {"受理方式": f"我叫{NAME}"},
    {"是否办结": f"已办结 举报人：{NAME}{PHONES[0]}"},
    {"是否属实": f"属实 我叫{NAME}"},
    {"调查核实情况": f"属实，见沧环罚〔2022〕{PHONES[0]}号。"},
]


@pytest.mark.parametrize("cells", SHIFTED, ids=str)
@pytest.mark.promise("P5")
def test_a_damaged_table_with_a_person_in_a_short_cell_stores_none(cast: Cast, cells: dict[str, str]) -> None:
    assert committed(cast, cells) == []


@pytest.mark.broken
@pytest.mark.teeth("P5")
def test_a_number_that_is_taken_as_it_stands_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "masked_number", str)

    assert committed(cast, SHIFTED[0]) == [PHONES[0], NAME]


def committed(cast: Cast, cells: dict[str, str]) -> list[str]:
    """What of the person stands anywhere once a table with these cells is in the ledger; halves of a name count."""
    usual = {"受理方式": "来电", "受理编号": "D2HE202204120031", "交办问题基本情况": "村东坑塘堆放垃圾。"}
    usual |= {"行政区域": "沧县", "污染类型": "水", "调查核实情况": "属实。", "是否属实": "属实", "是否办结": "已办结"}
    row = usual | cells
    data = f"{','.join(row)}\n{','.join(row.values())}\n".encode()
    understood = understand_file("一批.csv", data, structure.directory(cast.chen.city), None)
    intake = actions.take_in("一批.csv", data, understood, make_inspection(cast), by=cast.chen, at=NOON)
    for doubt in IntakeDoubt.objects.filter(intake=intake, kind="number_unknown"):
        actions.answer_doubt(doubt, row["受理编号"], by=cast.chen, at=NOON, label="")
    actions.commit_intake(intake, by=cast.chen, at=NOON)
    assert Petition.objects.count() == 1
    stored = everything_stored()
    return [one for one in (PHONES[0], NAME, NAME[:3]) if one in stored][:2]


@pytest.mark.parametrize("number", ["130900202204120031", "130900220412003", "D410000201806210057", "新乡D20181122488"])
def test_a_number_of_digits_alone_stays_a_number(number: str) -> None:
    assert batches.masked_number(number) == number
