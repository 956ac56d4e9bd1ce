"""Files from outside are read in a child process that cannot take the house down."""

import io
import json
import resource
import sys
from typing import Any

import pytest

from bihuan.lib.paper import guarded
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.guarded import read_guarded
from bihuan.lib.paper.reading import read_paper
from tests.rules.lib.paper.papers import table_document, workbook

TOO_MUCH = "读取文件用去的时间或内存过多，请拆成几份，或用 Word、Excel 重新另存后再导入。"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("一览表.docx", table_document("标题", [["序号", "内容"], ["1", "扬尘"]])),
        ("台账.xlsx", workbook([["序号"], ["1"]], merged=[(2, 0, 3, 1, "合计")])),
        ("粘贴.txt", "标题\n正文".encode()),
    ],
)
def test_the_child_reads_what_its_parent_would(name: str, data: bytes) -> None:
    assert read_guarded(name, data) == read_paper(name, data)


def test_a_document_survives_its_way_back() -> None:
    document = read_paper("一览表.docx", table_document("标题", [["序号", "内容"], ["1", "扬尘"]]))

    assert guarded._unpacked(json.loads(json.dumps(guarded._packed(document)))) == document


def test_a_refusal_comes_back_as_it_is() -> None:
    with pytest.raises(Unreadable, match=r"^文件是空的，请检查是否选错了文件。$"):
        read_guarded("空.docx", b"")


def test_a_child_that_wants_too_much_memory_is_refused_in_a_sentence() -> None:
    data = ("甲," * 100 + "\n").encode() * 20_000

    with pytest.raises(Unreadable, match=f"^({TOO_MUCH}|文件过于庞大或复杂，请拆成几份后再导入。)$"):
        read_guarded("大.csv", data, memory=150 * 1024 * 1024)


def test_a_child_that_takes_too_long_is_ended() -> None:
    data = "\n".join(f"{row},扬尘" for row in range(190_000)).encode()

    with pytest.raises(Unreadable, match=f"^{TOO_MUCH}$"):
        read_guarded("大.csv", data, wall_seconds=0.05)


def test_a_child_that_computes_too_long_is_ended() -> None:
    data = ("甲," * 150 + "\n").encode() * 60_000

    with pytest.raises(Unreadable, match=f"^{TOO_MUCH}$"):
        read_guarded("大.csv", data, cpu_seconds=1)


@pytest.mark.parametrize(("limit", "expected"), [(False, "正文"), (True, TOO_MUCH)])
def test_the_child_limits_itself_before_it_reads(
    monkeypatch: pytest.MonkeyPatch, *, limit: bool, expected: str
) -> None:
    limits: dict[int, tuple[int, int]] = {}
    data = b'{"what": "paper", "name": "a.txt", "memory": 5, "cpu": 7}\n' + "正文".encode()

    def too_much(name: str, data: bytes) -> Any:
        raise MemoryError

    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    if limit:
        monkeypatch.setattr("bihuan.lib.paper.reading.read_paper", too_much)
    guarded._main()

    answer = json.loads(sys.stdout.getvalue())  # type: ignore[attr-defined]  # it is the StringIO from above
    assert (answer.get("error") or answer["text"]) == expected
    assert (limits[resource.RLIMIT_AS], limits[resource.RLIMIT_CPU], limits[resource.RLIMIT_CORE]) == (
        (5, 5),
        (7, 8),
        (0, 0),
    )


def test_the_child_answers_with_the_sentence_of_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "setrlimit", {}.__setitem__)
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"what": "paper", "name": "a.txt", "memory": 5, "cpu": 7}\n'))
    )
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    guarded._main()

    answer = json.loads(sys.stdout.getvalue())  # type: ignore[attr-defined]  # as above
    assert answer == {"error": "文件是空的，请检查是否选错了文件。"}
