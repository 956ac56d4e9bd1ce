"""A file's bytes to what the preview shows: read under guard, understood with the office's own units, as plain JSON.

Hides the child process and the directory. Runs outside any transaction: it may take seconds.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.intake.formats.kinds import understand
from bihuan.intake.formats.petitions_taken_over import with_petition_standings
from bihuan.intake.formats.taken_over import with_standings
from bihuan.lib.paper.document import Cell, Document, Paragraph, Table
from bihuan.lib.paper.guarded import read_guarded
from bihuan.lib.reading.directory import Directory


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood, and the paper's blocks for the left side of the preview."""

    plain: dict[str, Any]

    @property
    def kind(self) -> str:
        """plan, petitions, …"""
        return str(self.plain["kind"])

    def said(self, name: str) -> str:
        """A field of the paper's own heading as text, "" where it has none."""
        value = ((self.plain.get("heading") or {}).get(name) or {}).get("value")
        return "" if value is None else str(value)

    @property
    def title(self) -> str:
        """The paper's title, or its file's name; one of many batches is told by its own."""
        called, batch = self.said("title") or str(self.plain["file"]), self.said("batch")
        return (f"{called}（{batch}）" if batch and batch not in called else called)[:200]

    def doubts(self) -> list[dict[str, Any]]:
        """Every doubt with the key of its record ("" for the whole paper), in the order of the paper."""
        own = [{**doubt, "record_key": ""} for doubt in self.plain["doubts"]]
        theirs = [
            {**d, "record_key": record.get("key") or ""} for record in self.plain["records"] for d in record["doubts"]
        ]
        return own + theirs

    def packed(self) -> bytes:
        """As it is stored."""
        return json.dumps(self.plain, ensure_ascii=False, separators=(",", ":")).encode()


def understand_file(name: str, data: bytes, directory: Directory, on: date | None) -> Understood:
    """Understand one file. Refuses by `Unreadable`, in one sentence, what cannot be read."""
    return understand_document(read_guarded(name, data), directory, on)


def understand_document(
    document: Document, directory: Directory, on: date | None, *, takes_over: bool = False
) -> Understood:
    """Understand a file that was read before; `takes_over`: a running ledger, with where its matters stand."""
    understood = understand(document, on=on, directory=directory).plain()
    if takes_over and understood["kind"] == "plan":
        understood = with_standings(understood, document)
    elif takes_over and understood["kind"] == "petitions":
        understood = with_petition_standings(understood, document, directory)
    return Understood(understood | {"blocks": _blocks(document)})


def _blocks(document: Document) -> list[dict[str, Any]]:
    return [_paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in document.blocks]


def _paragraph(block: Paragraph) -> dict[str, Any]:
    return {"text": block.text, "at": block.at.plain(), "level": block.level}


def _table(block: Table) -> dict[str, Any]:
    return {"table": block.index, "title": block.title, "cells": [_cell(cell) for cell in block.cells]}


def _cell(cell: Cell) -> dict[str, Any]:
    spread = {"row": cell.row, "column": cell.column, "rows": cell.rows, "columns": cell.columns}
    return {"text": cell.text, "at": cell.at.plain(), **spread}
