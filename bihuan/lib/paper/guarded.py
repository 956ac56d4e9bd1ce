"""Reading a file from outside in a child process that may use 60 s and 1 GB and no more.

Hides the process, its limits and the way a `Document` travels back. Whatever becomes of the child, the caller gets a
document or one sentence.
"""

import importlib
import json
import resource
import subprocess
import sys
from typing import Any

from bihuan.lib.paper.document import Cell, Document, Paragraph, Span, Table, Unreadable

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 60
WALL_SECONDS = 120

_TOO_MUCH = "读取文件用去的时间或内存过多，请拆成几份，或用 Word、Excel 重新另存后再导入。"


def read_guarded(
    name: str, data: bytes, *, memory: int = MEMORY, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS
) -> Document:
    """As `reading.read_paper`, in a child process under limits. Refuses by `Unreadable` what breaks them."""
    head = json.dumps({"name": name, "memory": memory, "cpu": cpu_seconds}).encode()
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__ if __name__ != "__main__" else "bihuan.lib.paper.guarded"],
            input=head + b"\n" + data,
            capture_output=True,
            timeout=wall_seconds,
            check=False,
        )
        answer = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError) as fault:
        raise Unreadable(_TOO_MUCH) from fault
    if "error" in answer:
        raise Unreadable(answer["error"])
    return _unpacked(answer)


def _packed(document: Document) -> dict[str, Any]:
    blocks: list[Any] = []
    for block in document.blocks:
        if isinstance(block, Table):
            cells = [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in block.cells]
            blocks.append({"index": block.index, "title": block.title, "cells": cells})
        else:
            at = block.at
            blocks.append({"text": block.text, "at": (at.start, at.end, at.paragraph), "level": block.level})
    return {"name": document.name, "sha256": document.sha256, "text": document.text, "blocks": blocks} | {
        "remarks": document.remarks
    }


def _unpacked(packed: dict[str, Any]) -> Document:
    blocks: list[Paragraph | Table] = []
    for block in packed["blocks"]:
        if "cells" in block:
            index = block["index"]
            cells = tuple(
                Cell(text, Span(0, len(text), table=index, row=row, cell=column), row, column, rows, columns)
                for text, row, column, rows, columns in block["cells"]
            )
            blocks.append(Table(index, cells, block["title"]))
        else:
            blocks.append(Paragraph(block["text"], Span(*block["at"]), block["level"]))
    return Document(packed["name"], packed["sha256"], tuple(blocks), packed["text"], tuple(packed["remarks"]))


def _main() -> None:
    """The child: limits first, then the file from standard input, the answer to standard output."""
    source = sys.stdin.buffer
    head = json.loads(source.readline())
    resource.setrlimit(resource.RLIMIT_AS, (head["memory"], head["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (head["cpu"], head["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reading = importlib.import_module("bihuan.lib.paper.reading")
    answer: dict[str, Any]
    try:
        answer = _packed(reading.read_paper(head["name"], source.read()))
    except Unreadable as refusal:
        answer = {"error": str(refusal)}
    except MemoryError:
        answer = {"error": _TOO_MUCH}
    sys.stdout.write(json.dumps(answer))  # ASCII, so that no half of a surrogate pair can stop it


if __name__ == "__main__":
    _main()
