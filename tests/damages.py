"""What people and programs do to a workbook between taking it out and bringing it back: each a named damage.

Every damage takes the opened workbook of the measures, in which the same few cells were filled in, and does one thing
to it. It changes no meaning: what is written must be those cells and nothing else.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from bihuan.lib.paper.returnable import KEY
from tests.returned import head_of

Damage = Callable[[Any], Any]
DAMAGES: dict[str, Damage] = {}
HEAD, FIRST = 3, 4
WIDE = str.maketrans("0123456789-HEPM", "０１２３４５６７８９－ＨＥＰＭ")


def damage(function: Damage) -> Damage:
    """Put it on the list."""
    DAMAGES[function.__name__] = function
    return function


def rows(page: Any) -> list[list[Any]]:
    """The values of every row of the ledger."""
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST)]


def put(page: Any, values: list[list[Any]], first: int = FIRST) -> None:
    """These rows instead of those that stand there."""
    page.delete_rows(first, page.max_row)
    for number, row in enumerate(values, first):
        for column, value in enumerate(row, 1):
            page.cell(number, column, value)


def column(page: Any, label: str) -> int:
    """The place of a heading, from 0."""
    return head_of(page)[label] - 1


@damage
def untouched(book: Any) -> None:
    """As it is."""


@damage
def sorted_by_text(book: Any) -> None:
    page = book.worksheets[0]
    put(page, sorted(rows(page), key=lambda row: str(row[column(page, "措施内容")])))


@damage
def turned_round(book: Any) -> None:
    page = book.worksheets[0]
    put(page, rows(page)[::-1])


@damage
def sorted_without_the_keys(book: Any) -> None:
    page = book.worksheets[0]
    keys = [row[0] for row in rows(page)]
    moved = sorted(rows(page), key=lambda row: str(row[column(page, "措施内容")]))
    put(page, [[key, *row[1:]] for key, row in zip(keys, moved, strict=True)])


@damage
def two_rows_swapped_without_the_keys(book: Any) -> None:
    page = book.worksheets[0]
    made = rows(page)
    made[4][1:], made[9][1:] = made[9][1:], made[4][1:]
    put(page, made)


@damage
def keys_deleted(book: Any) -> None:
    book.worksheets[0].delete_cols(1)


@damage
def half_the_keys_cleared(book: Any) -> None:
    for row in book.worksheets[0].iter_rows(min_row=FIRST, max_col=1):
        row[0].value = row[0].value if row[0].row % 2 else None


@damage
def keys_in_lower_case_with_blanks(book: Any) -> None:
    for row in book.worksheets[0].iter_rows(min_row=FIRST, max_col=1):
        row[0].value = f" {row[0].value.lower()} "


@damage
def base_deleted(book: Any) -> None:
    del book["闭环底稿"]


@damage
def keys_and_base_deleted(book: Any) -> None:
    del book["闭环底稿"]
    book.worksheets[0].delete_cols(1)


@damage
def copied_into_a_new_workbook(book: Any) -> Any:
    made = Workbook()
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            made.active.cell(cell.row, cell.column, cell.value)
    return made


@damage
def columns_in_another_order(book: Any) -> None:
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=HEAD):
        values = [cell.value for cell in row]
        for cell, value in zip(row, values[::-1], strict=True):
            cell.value = value


@damage
def columns_put_in(book: Any) -> None:
    page = book.worksheets[0]
    page.insert_cols(1)
    page.insert_cols(6)
    page.cell(HEAD, 6, "我的备注")
    page.cell(FIRST, 6, "问一下")


@damage
def columns_deleted(book: Any) -> None:
    page = book.worksheets[0]
    for label in ("灯号", "状态"):
        page.delete_cols(head_of(page)[label])


@damage
def a_column_copied_beside(book: Any) -> None:
    page = book.worksheets[0]
    last, place = page.max_column + 1, head_of(page)["状态"]
    for number in range(HEAD, page.max_row + 1):
        page.cell(number, last, page.cell(number, place).value)


@damage
def rows_put_in_above(book: Any) -> None:
    book.worksheets[0].insert_rows(1, 5)
    book.worksheets[0]["B2"] = "沧州市整改办内部资料"


@damage
def a_row_of_groups_above_the_heads(book: Any) -> None:
    page = book.worksheets[0]
    page.insert_rows(HEAD)
    for place, words in ((2, "基本情况"), (6, "填报"), (9, "状态")):
        page.cell(HEAD, place, words)
    page.merge_cells(start_row=HEAD, start_column=2, end_row=HEAD, end_column=5)


@damage
def heads_broken_over_two_rows(book: Any) -> None:
    page = book.worksheets[0]
    page.insert_rows(HEAD + 1)
    for cell in page[HEAD]:
        words = str(cell.value)
        if words not in (KEY, "时限"):
            cell.value, page.cell(HEAD + 1, cell.column).value = words[:2], words[2:]


@damage
def heads_merged_over_two_rows(book: Any) -> None:
    page = book.worksheets[0]
    page.insert_rows(HEAD + 1)
    for place in range(1, page.max_column + 1):
        page.merge_cells(start_row=HEAD, end_row=HEAD + 1, start_column=place, end_column=place)


@damage
def heads_dressed_up(book: Any) -> None:
    for cell in book.worksheets[0][HEAD]:
        cell.value = f" {cell.value[:2]}\n{cell.value[2:]}＊" if cell.value != KEY else cell.value


@damage
def heads_repeated_for_print(book: Any) -> None:
    page = book.worksheets[0]
    heads = [cell.value for cell in page[HEAD]]
    made = rows(page)
    for place in (40, 20):
        made.insert(place, heads)
    put(page, made)


@damage
def sums_added(book: Any) -> None:
    page = book.worksheets[0]
    made = rows(page)
    width = len(made[0])
    made.insert(10, [None, "小计", 10, *[None] * (width - 3)])
    made.append([None, None, "合计：", len(made), *[None] * (width - 4)])
    put(page, made)


@damage
def blank_rows_between(book: Any) -> None:
    page = book.worksheets[0]
    for number in range(page.max_row, FIRST, -7):
        page.insert_rows(number)


@damage
def rows_doubled(book: Any) -> None:
    page = book.worksheets[0]
    made = rows(page)
    put(page, made + [list(row) for row in made[3:9]])


@damage
def rows_deleted(book: Any) -> None:
    page = book.worksheets[0]
    put(page, [row for place, row in enumerate(rows(page)) if place % 3 or place < 30])


@damage
def rows_put_in(book: Any) -> None:
    page = book.worksheets[0]
    made = rows(page)
    made.insert(5, [None, "第1项", 9, None, "自己加的一条措施，台账里还没有", "做完", "2022-12-31", "市水利局", ""])
    put(page, made)


@damage
def a_row_copied_to_make_a_new_one(book: Any) -> None:
    page = book.worksheets[0]
    made = rows(page)
    copy = list(made[12])
    copy[column(page, "措施序号")], copy[column(page, "措施内容")] = 99, "照着上一条另写的一条措施"
    made.insert(13, copy)
    put(page, made)


@damage
def sheets_added(book: Any) -> None:
    notes = book.create_sheet("说明", 0)
    notes["A1"] = "请于周五前报回"
    book.create_sheet("汇总")["B2"] = 69


@damage
def sheet_renamed(book: Any) -> None:
    book.worksheets[0].title = "水利局报"


@damage
def an_old_copy_of_the_sheet_kept(book: Any) -> None:
    base, copy = book["闭环底稿"], book.copy_worksheet(book.worksheets[0])
    kept = {row[0].value: {head.value: cell.value for head, cell in zip(base[2], row, strict=True)} for row in base}
    for row in copy.iter_rows(min_row=FIRST):
        for label, name in (("完成标志", "completion_sign"), ("时限", "due"), ("责任单位", "responsible")):
            row[column(copy, label)].value = kept[row[0].value][name]


@damage
def split_over_two_sheets(book: Any) -> None:
    page = book.worksheets[0]
    second = book.copy_worksheet(page)
    made = rows(page)
    put(page, made[:30])
    put(second, made[30:])


@damage
def numbers_merged_by_problem(book: Any) -> None:
    page = book.worksheets[0]
    place, start = head_of(page)["问题序号"], FIRST
    for number in range(FIRST + 1, page.max_row + 2):
        if page.cell(number, place).value != page.cell(start, place).value:
            if number - start > 1:
                page.merge_cells(start_row=start, end_row=number - 1, start_column=place, end_column=place)
            start = number


@damage
def signs_merged_over_rows(book: Any) -> None:
    page = book.worksheets[0]
    place = head_of(page)["完成标志"]
    page.cell(40, place).value = "合并的"
    page.merge_cells(start_row=40, end_row=43, start_column=place, end_column=place)


@damage
def a_column_pushed_down(book: Any) -> None:
    page = book.worksheets[0]
    place = head_of(page)["责任单位"]
    values = [page.cell(number, place).value for number in range(30, 50)]
    for number, value in enumerate(values, 31):
        page.cell(number, place).value = value


@damage
def a_column_sorted_alone(book: Any) -> None:
    page = book.worksheets[0]
    place = head_of(page)["责任单位"]
    values = sorted(str(page.cell(number, place).value) for number in range(30, 50))
    for number, value in enumerate(values, 30):
        page.cell(number, place).value = value


@damage
def two_cells_swapped(book: Any) -> None:
    page = book.worksheets[0]
    place = head_of(page)["责任单位"]
    one, other = page.cell(30, place), page.cell(45, place)
    one.value, other.value = other.value, one.value


@damage
def a_row_pushed_to_the_right(book: Any) -> None:
    page = book.worksheets[0]
    for number in (33, 47):
        values = [cell.value for cell in page[number]]
        start = column(page, "完成标志")
        for place, value in enumerate(["", *values[start:-1]], start + 1):
            page.cell(number, place).value = value


@damage
def a_row_pushed_from_its_numbers_on(book: Any) -> None:
    page = book.worksheets[0]
    values = [cell.value for cell in page[35]]
    for place, value in enumerate(["", *values[1:-1]], 2):
        page.cell(35, place).value = value


@damage
def digits_of_full_width(book: Any) -> None:
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=FIRST):
        for label in (KEY, "问题序号", "措施序号", "时限"):
            cell = row[column(page, label)]
            cell.value = str(cell.value).translate(WIDE)


@damage
def days_as_a_sheet_keeps_them(book: Any) -> None:
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=FIRST):
        cell = row[column(page, "时限")]
        if str(cell.value)[:2] == "20" and len(str(cell.value)) == 10 and "-" in cell.value:
            cell.value = datetime.fromisoformat(cell.value)


@damage
def blanks_and_breaks_in_the_words(book: Any) -> None:
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=FIRST):
        cell = row[column(page, "措施内容")]
        cell.value = f"  {cell.value[:5]}\n{cell.value[5:]} "


@damage
def a_slip_in_a_locked_text(book: Any) -> None:
    page = book.worksheets[0]
    cell = page.cell(36, head_of(page)["措施内容"])
    cell.value = f"{cell.value[:-1]}。。"


@damage
def numbers_as_numbers(book: Any) -> None:
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=FIRST):
        row[column(page, "措施序号")].value = float(row[column(page, "措施序号")].value)


@damage
def rows_hidden_by_a_filter(book: Any) -> None:
    for number in range(50, 60):
        book.worksheets[0].row_dimensions[number].hidden = True
