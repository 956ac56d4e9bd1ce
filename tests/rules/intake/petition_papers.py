"""The same petitions in every layout that they are published in. Places are real, people and firms invented."""

from collections.abc import Callable, Mapping, Sequence

from bihuan.lib.paper.document import Document
from bihuan.lib.paper.reading import read_paper
from tests.rules.lib.paper.papers import table_document, workbook

TITLE = "沧州市群众信访举报转办和边督边改公开情况一览表"
BATCH = "(第32批 2024年6月18日)"
HEADINGS = (
    "序号",
    "受理编号",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "调查核实情况",
    "是否属实",
    "处理和整改情况",
    "责任人被处理情况",
)
ROWS: tuple[tuple[str, ...], ...] = (
    (
        "1",
        "D3HE202406080011",
        "青县某镇东街一家豆制品作坊,夜间排放污水,气味难闻。",
        "青县",
        "水",
        "经查,群众反映情况属实。6月10日,青县生态环境分局现场检查,该作坊污水未经处理排入边沟。",
        "属实",
        "责令改正,立案处罚1家,罚款2.5万元,于2024年8月15日前整改完毕。",
        "约谈2人。",
    ),
    (
        "2",
        "X3HE202406080012*",
        "献县城东一处石料堆场,没有苫盖,车辆通过时扬尘很大。(与第三十批D3HE202406060007重复)",
        "献县",
        "大气、噪音",
        "经核查,反映的扬尘问题部分属实。堆场已苫盖,北侧道路有积尘。",
        "部分属实",
        "献县城管局已安排清扫,每日洒水3次。",
        "无",
    ),
)


def _above() -> str:
    return f"{TITLE}\n{BATCH}\n"


def bars() -> bytes:
    """Copied from a web page: bars between the cells, values broken over lines, an empty last cell."""
    lines = [f"{TITLE} | ||||||||", f"{BATCH} | ||||||||", " | ".join(HEADINGS) + " |"]
    for row in ROWS:
        broken = [value[:20] + "\n" + value[20:] if len(value) > 30 else value for value in row]
        lines.append(" | ".join(broken[:5]) + " |\n" + " | ".join(broken[5:]) + " |")
    return "\n".join(lines).encode()


def bars_each_line() -> bytes:
    """A bar behind every cell, every cell a line of its own."""
    return (_above() + "\n".join(f"{cell} |" for row in (HEADINGS, *ROWS) for cell in row)).encode()


def markdown() -> bytes:
    """Bars before and behind every cell, a ruled line below the headings."""
    lines = ["| " + " | ".join(row) + " |" for row in (HEADINGS, ("---",) * len(HEADINGS), *ROWS)]
    return (_above() + "\n".join(lines)).encode()


def cells_as_lines() -> bytes:
    """One cell per line."""
    return (_above() + "\n".join(cell for row in (HEADINGS, *ROWS) for cell in row)).encode()


def tabs() -> bytes:
    """Copied from a spreadsheet."""
    return (_above() + "\n".join("\t".join(row) for row in (HEADINGS, *ROWS))).encode()


def run_together() -> bytes:
    """Copied from a newspaper's page: nothing divides the values."""
    return (_above() + " ".join(HEADINGS) + "\n" + "\n".join("".join(row) for row in ROWS)).encode()


def labelled() -> bytes:
    """A label before every value."""
    rows = ["\n".join(f"{name}:{value}" for name, value in zip(HEADINGS, row, strict=True)) for row in ROWS]
    return (_above() + "\n\n".join(rows)).encode()


def sections() -> bytes:
    """Numbered sections with headings of their own."""
    parts = []
    for numeral, row in zip("一二", ROWS, strict=True):
        named = dict(zip(HEADINGS, row, strict=True))
        parts.append(f"{numeral}、受理编号:{named['受理编号']}")
        for inner, name in zip("一二三四五六七", HEADINGS[2:], strict=True):
            parts.append(f"({inner}){name}\n{named[name]}")
    return (_above() + "\n".join(parts)).encode()


def word() -> bytes:
    """A Word table below title and batch."""
    return table_document(f"{TITLE}\n{BATCH}", (HEADINGS, *ROWS))


def word_two_rows() -> bytes:
    """A Word table whose headings run over two rows, some broken inside the word, headings repeated below."""
    upper = ("序号", "受理编号", "交办问题", "行政区域", "污染类型", "调查", "是否属实", "处理和整", "责任人被处理情况")
    lower = ("", "", "基本情况", "", "", "核实情况", "", "改情况", "")
    return table_document(f"{TITLE}\n{BATCH}", (upper, lower, ROWS[0], HEADINGS, ROWS[1]))


def sheet() -> bytes:
    """A workbook with title rows above the headings and a sum at the end."""
    width = len(HEADINGS) - 1
    merged = ((0, 0, 0, width, TITLE), (1, 0, 1, width, BATCH))
    return workbook([[], [], list(HEADINGS), *map(_numbered, ROWS), ["合计", "2件"]], merged=merged)


def _numbered(row: Sequence[str]) -> list[object]:
    return [int(row[0]), *row[1:]]


def separated() -> bytes:
    """A CSV file as Excel of an office writes it."""
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *ROWS)).encode("gb18030")


LAYOUTS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "bars": ("公开.txt", bars),
    "a bar behind each line": ("公开.txt", bars_each_line),
    "markdown": ("公开.md", markdown),
    "cells as lines": ("公开.txt", cells_as_lines),
    "tabs": ("公开.txt", tabs),
    "run together": ("公开.txt", run_together),
    "labelled": ("公开.txt", labelled),
    "sections": ("公开.txt", sections),
    "word": ("公开.docx", word),
    "word with headings over two rows": ("公开.docx", word_two_rows),
    "sheet": ("公开.xlsx", sheet),
    "separated": ("公开.csv", separated),
}


def paper(layout: str) -> Document:
    """The petitions in that layout."""
    name, make = LAYOUTS[layout]
    return read_paper(name, make())
