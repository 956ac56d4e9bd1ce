"""Separated text becomes one table."""

import pytest

from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.reading import read_paper


def rows(data: bytes) -> list[list[str]]:
    (table,) = read_paper("台账.csv", data).tables()
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_every_encoding_of_an_office_is_read(encoding: str) -> None:
    assert rows("number,内容\n1,扬尘".encode(encoding)) == [["number", "内容"], ["1", "扬尘"]]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found(mark: str) -> None:
    assert rows(f'序号{mark}"内{mark},容"{mark}类型\r\n1{mark}{mark}水\r\n'.encode()) == [
        ["序号", f"内{mark},容", "类型"],
        ["1", "", "水"],
    ]


def test_a_quoted_cell_may_hold_line_breaks_and_quotes() -> None:
    assert rows('序号,内容\n1,"甲\n乙""丙"""'.encode()) == [["序号", "内容"], ["1", '甲\n乙"丙"']]


def test_a_cell_knows_its_place() -> None:
    (table,) = read_paper("台账.csv", "a,b\n,甲乙".encode()).tables()

    assert table.cells[-1].at.plain() == {"table": 0, "row": 1, "cell": 1, "start": 0, "end": 2}


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"^表格第 2 行超过 200 列，请删去多余的列后再导入。$"):
        rows(b"a,b\n" + b"x," * 201)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"^表格超过 20 万行，请拆成几份后再导入。$"):
        rows(b"a" + b"\n" * 200_000 + b"b")


def test_a_monstrous_cell_is_refused_by_its_place() -> None:
    with pytest.raises(Unreadable, match=r"^表格第 1 行第 2 列的文字超过 10 万字，请拆开后再导入。$"):
        rows(b"a," + b"x" * 100_001)


def test_quotes_that_never_close_over_too_much_are_refused() -> None:
    with pytest.raises(Unreadable, match="没有配对的引号"):
        rows(b'a,"' + b"x" * 200_000)


def test_a_table_of_blanks_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"^表格里没有内容，请检查是否选错了文件。$"):
        rows(b" , \n , ")
