"""Builds the papers that the tests on plans read: one invented plan, written in every form offices use."""

from bihuan.intake.formats.understood import Understanding
from bihuan.lib.paper.document import Cell, Document, Paragraph, Span, Table

UP, LEFT = "^", "<"

Rows = list[list[str]]
PROBLEMS: list[dict[str, object]] = [
    {
        "number": 1,
        "text": "散煤污染治理推进不力。全市散煤削减替代任务完成率仅为30.65%。",
        "target": "完成建成区燃煤锅炉淘汰，清洁取暖率达到76%以上。",
        "measures": ["2021年底前完成排查;", "2022年6月底前，改造农户3.5万户。"],
        "deadline": "2022年12月底前",
        "lead": "市生态环境局",
        "responsible": "沧县人民政府、市财政局",
    },
    {
        "number": 2,
        "text": "城区雨污混接问题突出。",
        "target": "消除黑臭水体。",
        "measures": ["新建污水管网42公里，改造混接点136处。", "建立管护制度。", "开展水质监测。"],
        "deadline": "2023年底前",
        "lead": "市住房和城乡建设局",
        "responsible": "市水利局",
    },
    {
        "number": 3,
        "text": "河道垃圾清理不及时。",
        "target": "全面清理。",
        "measures": ["清理垃圾5处。"],
        "deadline": "立行立改",
        "lead": "市水利局",
        "responsible": "青县人民政府",
    },
]
MEASURES = 6


def paragraphs(text: str) -> Document:
    """A Word paper: one paragraph a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    blocks = tuple(Paragraph(line, Span(0, len(line), paragraph=place)) for place, line in enumerate(lines))
    return Document("方案.docx", "0" * 64, blocks)


def pasted(text: str) -> Document:
    """Pasted text: spans count in the whole of it."""
    blocks: list[Paragraph] = []
    at = 0
    for line in text.split("\n"):
        if words := line.strip():
            start = at + line.index(words)
            blocks.append(Paragraph(words, Span(start, start + len(words))))
        at += len(line) + 1
    return Document("方案.txt", "0" * 64, tuple(blocks), text)


def table(rows: Rows, index: int = 0, title: str = "") -> Table:
    """A table; `UP` and `LEFT` merge a position with the one above or before it."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            merged = {UP: (row - 1, column), LEFT: (row, column - 1)}.get(text)
            owner[row, column] = owner[merged] if merged else (row, column)
    cells = []
    for row, column in dict.fromkeys(owner.values()):
        covered = [place for place, one in owner.items() if one == (row, column)]
        text = rows[row][column]
        height, width = max(place[0] for place in covered) - row + 1, max(place[1] for place in covered) - column + 1
        at = Span(0, len(text), table=index, row=row, cell=column)
        cells.append(Cell(text, at, row, column, height, width))
    return Table(index, tuple(cells), title)


def paper(*blocks: Paragraph | Table) -> Document:
    """A paper of these blocks."""
    return Document("方案.docx", "0" * 64, blocks)


def tables(*tables_of_rows: Rows) -> Document:
    """A paper of tables."""
    return paper(*(table(rows, index) for index, rows in enumerate(tables_of_rows)))


def numbered(measures: object, form: str = "{}.", between: str = "\n") -> str:
    """Measures with numbers before them."""
    marks = "一二三四五六"
    texts = measures if isinstance(measures, list) else []
    return between.join(
        form.format(marks[place] if "是" in form or "(" in form else place + 1) + text
        for place, text in enumerate(texts)
    )


def raw_at(document: Document, span: object) -> str:
    """The raw words where a span points."""
    assert isinstance(span, Span)
    if span.paragraph is None and span.table is None:
        return document.text[span.start : span.end]
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.at.paragraph == span.paragraph and span.paragraph is not None:
            return block.text[span.start : span.end]
        if isinstance(block, Table) and block.index == span.table:
            cell = next(one for one in block.cells if (one.at.row, one.at.cell) == (span.row, span.cell))
            return cell.text[span.start : span.end]
    raise AssertionError(span)


def values(understood: Understanding, kind: str, *names: str) -> list[tuple[object, ...]]:
    """Some fields of every record of a kind."""
    return [tuple(record.value(name) for name in names) for record in understood.records if record.type == kind]
