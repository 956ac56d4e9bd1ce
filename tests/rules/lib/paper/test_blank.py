"""Workbooks to fill in: what a person finds in them, and that they are read back under the same headings."""

import io
import re
import zipfile

from bihuan.lib.paper.blank import CHOICES, GUIDE, ROWS, Blank, blank_workbook
from bihuan.lib.paper.reading import read_paper

COLUMNS = (
    Blank("姓名", 6, is_required=True, note="身份证上的姓名。"),
    Blank("角色", 8, is_required=False, note="从清单里选。", choices=("牵头", "配合")),
    Blank("起始日期", 8, is_required=False, note="写作 2022-04-03。", is_date=True),
)


def parts() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(blank_workbook("人员" * 20, COLUMNS))) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def test_it_is_read_back_under_its_headings_with_a_guide() -> None:
    document = read_paper("人员.xlsx", blank_workbook("人员", COLUMNS))

    first, guide = [*document.tables()][:2]
    assert [cell.text for cell in first.cells] == ["姓名", "角色", "起始日期"]
    assert [cell.text for cell in guide.cells][:4] == ["姓名", "必填。身份证上的姓名。", "角色", "可不填。从清单里选。"]
    assert "有一行不对，就一行也不写" in guide.cells[-1].text


def test_choices_are_a_drop_down_from_a_hidden_sheet_and_names_are_not_too_long() -> None:
    found = parts()

    assert re.findall(r'<sheet name="([^"]*)"[^>]*?(state="hidden")?(?: [^>]*)?/>', found["xl/workbook.xml"])
    assert [len(name) for name in re.findall(r'<sheet name="([^"]*)"', found["xl/workbook.xml"])] == [
        31,
        len(GUIDE),
        len(CHOICES),
    ]
    sheet = found["xl/worksheets/sheet1.xml"]
    assert f"<formula1>{CHOICES}!$B$1:$B$2</formula1>" in sheet
    assert f'sqref="B2:B{ROWS + 1}"' in sheet
    assert sheet.count("<dataValidation ") == 1
    assert 'state="hidden"' in found["xl/workbook.xml"]
