"""Reading a file from outside in a child process that may use 60 s and 1 GB and no more.

Hides the process, its limits and the way a `Document` or a `Glimpse` travels back. Whatever becomes of the child, the
caller gets what was asked for or one sentence.
"""

import importlib
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from bihuan.lib.paper.document import Block, Cell, Document, Paragraph, Span, Table, Unreadable, of_upload
from bihuan.lib.paper.seen import Glimpse, glimpse_from

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 60
WALL_SECONDS = 120

_TOO_MUCH = "读取文件用去的时间或内存过多，请拆成几份，或用 Word、Excel 重新另存后再导入。"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use: bytes, seconds of a processor, seconds of the clock."""

    memory: int
    cpu_seconds: int
    wall_seconds: float


def read_guarded(
    name: str, data: bytes, *, memory: int = MEMORY, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS
) -> Document:
    """As `reading.read_paper`, in a child process under limits. Refuses by `Unreadable` what breaks them."""
    return _unpacked(_asked("paper", name, data, Limits(memory, cpu_seconds, wall_seconds)))


def glimpse_guarded(
    name: str, data: bytes, *, memory: int = MEMORY, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS
) -> Glimpse:
    """As `glimpse.glimpse_of`, in a child process under limits. Refuses by `Unreadable` what breaks them."""
    try:
        return glimpse_from(_asked("glimpse", name, data, Limits(memory, cpu_seconds, wall_seconds)))
    except Unreadable as refusal:
        raise Unreadable(of_upload(str(refusal))) from refusal


def _asked(what: str, name: str, data: bytes, limits: Limits) -> dict[str, Any]:
    head = {"what": what, "name": name, "memory": limits.memory, "cpu": limits.cpu_seconds}
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__ if __name__ != "__main__" else "bihuan.lib.paper.guarded"],
            input=json.dumps(head).encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
        answer: dict[str, Any] = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError) as fault:
        raise Unreadable(_TOO_MUCH) from fault
    if "error" in answer:
        raise Unreadable(answer["error"])
    return answer


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
    blocks: list[Block] = []
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


def _read(name: str, data: bytes) -> dict[str, Any]:
    return _packed(importlib.import_module("bihuan.lib.paper.reading").read_paper(name, data))


def _looked(name: str, data: bytes) -> dict[str, Any]:
    glimpse: Glimpse = importlib.import_module("bihuan.lib.paper.glimpse").glimpse_of(name, data)
    return glimpse.plain()


def _main() -> None:
    """The child: limits first, then the file from standard input, the answer to standard output."""
    source = sys.stdin.buffer
    head = json.loads(source.readline())
    resource.setrlimit(resource.RLIMIT_AS, (head["memory"], head["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (head["cpu"], head["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: dict[str, Any]
    try:
        answer = READERS[head["what"]](head["name"], source.read())
    except Unreadable as refusal:
        answer = {"error": str(refusal)}
    except MemoryError:
        answer = {"error": _TOO_MUCH}
    sys.stdout.write(json.dumps(answer))  # ASCII, so that no half of a surrogate pair can stop it


READERS = {"paper": _read, "glimpse": _looked}


if __name__ == "__main__":
    _main()
