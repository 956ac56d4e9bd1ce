"""Workbooks straight from papers: the place from the papers, each inspection apart."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bihuan.lib.flow import Refused
from bihuan.lib.paper.document import Unreadable
from bihuan.management.desk import ledgers
from bihuan.matters.models import Inspection
from bihuan.organisation.models import Region
from bihuan.rectification.models import Plan, Problem

AT = datetime(2022, 12, 12, 1, 0, tzinfo=UTC)
PLAN = """{place}贯彻落实{inspection}报告整改方案
一、水生态环境方面
1.{title}。督察发现，问题长期存在。
整改目标：完成整治。
整改时限：2022年12月底
牵头单位：市水利局
责任单位：市水利局
整改措施：（1）开展排查。
"""
BOOKS = {"整改问题台账", "整改措施台账", "信访问题台账", "问题清单", "整改清单", "责任清单", "效果清单"}


@pytest.fixture
def paper(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def plan(place: str, inspection: str, title: str) -> str:
    return PLAN.format(place=place, inspection=inspection, title=title)


def test_seven_workbooks_of_the_city_that_the_paper_names(db: None, paper: Callable[..., Path], tmp_path: Path) -> None:
    path = paper("方案.txt", plan("濮阳市", "第二轮中央生态环境保护督察", "坑塘黑臭"))

    said = list(ledgers([path], tmp_path / "out", "", AT))

    assert {one.stem for one in (tmp_path / "out").iterdir()} == BOOKS
    assert "方案.txt：整改方案，读到2，新增2，更改0" in said
    assert Region.objects.get(level="city").name == "濮阳市"
    assert Inspection.objects.get().name == "第二轮中央生态环境保护督察"


def test_plans_of_two_inspections_do_not_amend_each_other(db: None, paper: Callable[..., Path], tmp_path: Path) -> None:
    second = paper("二轮.txt", plan("濮阳市", "第二轮中央生态环境保护督察", "坑塘黑臭"))
    third = paper("三轮.txt", plan("濮阳市", "第三轮中央生态环境保护督察", "沟渠淤积"))

    list(ledgers([second, third], tmp_path / "out", "", AT))

    assert Plan.objects.filter(edition=1).count() == 2
    assert set(Problem.objects.values_list("title", flat=True)) == {"坑塘黑臭", "沟渠淤积"}


def test_a_paper_that_names_no_place_is_asked_about(db: None, paper: Callable[..., Path], tmp_path: Path) -> None:
    path = paper("方案.txt", plan("", "第二轮中央生态环境保护督察", "坑塘黑臭"))

    with pytest.raises(Refused, match="看不出是哪个市的文件，请用 --city 写明行政区划代码"):
        list(ledgers([path], tmp_path / "out", "", AT))
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_read_keeps_no_other_out(db: None, paper: Callable[..., Path], tmp_path: Path) -> None:
    path, empty = paper("方案.txt", plan("濮阳市", "第二轮中央生态环境保护督察", "坑塘黑臭")), paper("空.txt", "")

    with pytest.raises(Unreadable) as refusal:
        list(ledgers([empty, path, tmp_path / "没有.txt", tmp_path], tmp_path / "out", "", AT))
    with pytest.raises(Unreadable, match=r"^空.txt没有读：文件是空的，请检查是否选错了文件。$"):
        list(ledgers([empty], tmp_path / "none", "", AT))

    sentences = ["空.txt没有读：文件是空的，请检查是否选错了文件。", f"没有这个文件：{tmp_path / '没有.txt'}。"]
    assert str(refusal.value).splitlines() == [*sentences, f"打不开文件 {tmp_path}，请检查文件名、权限和磁盘。"]
    assert {one.stem for one in (tmp_path / "out").iterdir()} == BOOKS
    assert Problem.objects.count() == 1
