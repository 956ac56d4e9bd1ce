"""The papers of a batch as Word files: the bulletin, and the table that the public reads."""

from collections.abc import Sequence

from bihuan.lib.paper.official import TITLE, blank, line, saved, table
from bihuan.petitions.rules.public_table import PublicTable


def bulletin_docx(title: str, paragraphs: Sequence[str]) -> bytes:
    """A bulletin: its title, and its paragraphs."""
    paper = blank()
    line(paper.add_paragraph(), title, TITLE, centred=True)
    line(paper.add_paragraph(), "")
    for words in paragraphs:
        line(paper.add_paragraph(), words, indent=True)
    return saved(paper)


def table_docx(told: PublicTable) -> bytes:
    """The table for the public, lying: its title and batch above, its notes below."""
    paper = blank(is_wide=True)
    line(paper.add_paragraph(), told.title, TITLE, centred=True)
    line(paper.add_paragraph(), told.batch, centred=True)
    table(paper, told.headings, told.widths, told.rows)
    for words in told.notes:
        line(paper.add_paragraph(), words, ("仿宋_GB2312", 12), pitch=20)
    return saved(paper)
