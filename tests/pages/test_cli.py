"""The command line: the JSON that scripts rely on, the sentences that people read, and refusals in both."""

import json
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bihuan import usage
from bihuan.cli import OURS, main
from bihuan.management import commands

PLAN = """青县贯彻落实第二轮中央生态环境保护督察报告整改方案
1.农村黑臭水体底数不清。个别坑塘倾倒秸秆。
整改目标：现有6处黑臭水体全部完成治理。
整改时限：2022年12月底前
牵头单位：县水务局
整改措施：（1）2022年8月底前完成排查。（2）完成6处黑臭坑塘治理。
"""


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main([*words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


def test_a_deadline_is_printed_with_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "read", "deadline", "2021年10月底", "--on", "2021-01-01") == (
        0,
        {"kind": "date", "dates": ["2021-10-31"], "start": None, "end": None, "recurring": None, "doubt": None},
    )


def test_a_number_a_document_number_and_days_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    _, number = run(capsys, "read", "number", "D3SX202505280018")
    _, document = run(capsys, "read", "document", "黑环督呈[2018]53号")
    _, days = run(capsys, "workdays", "2025-10-30", "+10")

    assert list(number) == [
        "intake", "round", "region", "region_code", "date", "serial", "key_case", "number_key", "form", "doubt",
    ]  # fmt: skip
    assert document == {"organ": "黑环督呈", "year": 2018, "serial": "53", "doubt": None}
    assert days == {
        "start": "2025-10-30",
        "end": "2025-11-12",
        "calendar_days": 14,
        "working_days": 10,
        "unknown_years": [],
    }


def test_units_are_those_of_the_city_that_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    for city in ("130900", "130100"):
        _, answer = run(capsys, "read", "units", "各县(市、区)党委和人民政府", "--city", city)
        assert {unit["region_code"][:4] for unit in answer["units"]} == {city[:4]}


def test_where_no_city_is_given_none_is_taken_for_granted(capsys: pytest.CaptureFixture[str]) -> None:
    _, nowhere = run(capsys, "read", "units", "各县(市、区)党委和人民政府、市水利局")
    _, named = run(capsys, "read", "units", "承德市水务局")

    assert [unit["region_code"] for unit in nowhere["units"]] == [None, None]
    assert nowhere["doubts"][0]["question"] == "“各县(市、区)党委和人民政府”具体是哪些单位？"
    assert [(unit["name"], unit["region_code"]) for unit in named["units"]] == [("承德市水利局", "130800")]


def test_the_place_of_a_paper_is_taken_from_its_title(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    paper = tmp_path / "方案.txt"
    paper.write_text(PLAN.replace("青县", "拜泉县"), encoding="utf-8")

    status, (read,) = run(capsys, "understand", str(paper))

    assert (status, read["file"], read["kind"]) == (0, str(paper), "plan")
    assert read["heading"]["region_code"]["value"] == "230231"
    assert [record["type"] for record in read["records"]] == ["problem", "measure", "measure"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("understand", "没有.docx"), "没有这个文件：没有.docx。"),
        (("understand",), "缺少参数：文件。"),
        (("read", "deadline", "2021年底", "--on", "去年"), "“去年”不是日期，请写成 2022-06-01 的样子。"),
        (("read", "人名", "x"), "不会读“人名”，只能读 deadline、document、number、units。"),
        (("read", "units", "x", "--city", "999999"), "行政区划代码“999999”不是市或县(市、区)。"),
        (("read", "units", "x", "--city"), "--city 后面要写一个值。"),
        (("workdays", "2025-10-30", "十天"), "“十天”不是日期，也不是 +10 这样的天数。"),
        (("workdays", "2025-10-30", "2025-10-01"), "结束日期2025-10-01早于开始日期2025-10-30。"),
        (("workdays", "2025-10-30", "+10", "--deep"), "不认识的参数：--deep。"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    assert run(capsys, *words) == (2, {"error": sentence})
    assert main(list(words)) == 2
    assert capsys.readouterr() == ("", f"{sentence}\n")


def test_a_folder_and_an_unreadable_file_are_refused_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty = tmp_path / "空.docx"
    empty.write_bytes(b"")

    assert run(capsys, "understand", str(tmp_path)) == (2, {"error": f"{tmp_path} 是文件夹，请给出里面的文件。"})
    assert run(capsys, "understand", str(empty)) == (2, {"error": f"{empty}：文件是空的，请检查是否选错了文件。"})


def test_a_file_that_cannot_be_read_keeps_no_other_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    plan, empty, missing = tmp_path / "方案.txt", tmp_path / "空.txt", tmp_path / "没有.txt"
    plan.write_text(PLAN)
    empty.touch()
    sentences = [f"{empty}：文件是空的，请检查是否选错了文件。", f"没有这个文件：{missing}。"]

    status, answer = run(capsys, "understand", str(empty), str(plan), str(missing))
    for_people = main(["understand", str(empty), str(plan), str(missing)])

    assert (status, for_people) == (2, 2)
    assert [one.get("error") for one in answer] == [sentences[0], None, sentences[1]]
    assert (answer[1]["file"], answer[1]["kind"], len(answer[1]["records"])) == (str(plan), "plan", 3)
    out, err = capsys.readouterr()
    assert f"{plan}：整改方案" in out
    assert err.splitlines() == sentences
    assert run(capsys, "understand", str(empty), str(missing)) == (2, {"error": "\n".join(sentences)})


def test_people_read_chinese_labels(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    paper = tmp_path / "方案.txt"
    paper.write_text(PLAN, encoding="utf-8")

    assert "受理方式：来信\n轮次：2\n" in said(capsys, "read", "number", "X2HE202204120031")
    assert "存疑：是2024年7月31日前，还是2024年8月31日前？" in said(capsys, "read", "deadline", "2024年8月前")
    words = said(capsys, "understand", str(paper))
    assert words.startswith(f"{paper}：整改方案，问题1个，措施2项\n  问题 1 农村黑臭水体底数不清")


def test_people_read_each_question_under_what_it_is_about_and_no_telephone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = tmp_path / "批次.csv"
    rows = ("1,D2HE202204010001,电话13900005678，作坊排污,沧县,光", "2,D2HE202204010002,砖厂噪声大,沧县,噪声")
    table.write_text("\n".join(["序号,受理编号,交办问题基本情况,行政区域,污染类型", *rows]), encoding="utf-8")

    words = said(capsys, "understand", str(table)).splitlines()

    assert [line.split()[0:2] for line in words[1:]] == [
        ["信访件", "D2HE202204010001"],
        ["存疑", "污染类型“光”不在常用类型里，应归到哪一类？"],
        ["存疑", "文中疑似有举报人的电话（139****5678），入库前是否遮盖？"],
        ["信访件", "D2HE202204010002"],
    ]
    assert "电话139****5678" in words[1]


def test_it_starts_as_a_program_with_nothing_set_up(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bihuan.cli", "workdays", "2025-10-30", "2025-11-12", "--json"],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"HOME": str(tmp_path), "PATH": ""},
    )

    assert json.loads(done.stdout)["working_days"] == 10


ENGLISH = re.compile(
    r"usage|positional|options:|optional|show this|error:|argument |Verbosity|traceback|settings|system checks",
    re.IGNORECASE,
)
MANAGED = sorted(path.stem for path in Path(commands.__path__[0]).glob("[a-z]*.py"))


def test_the_overview_names_every_command_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    for asked in ([], ["--help"], ["help"]):
        assert main(asked) == 0
        listed = re.findall(r"^  ([a-z]+) +\S", capsys.readouterr().out, re.MULTILINE)
        assert sorted(listed) == sorted([*OURS, *MANAGED])


@pytest.mark.parametrize("name", [*OURS, *MANAGED])
def test_a_command_explains_itself_in_chinese(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(SystemExit):
        main([name, "--help"])
    said = capsys.readouterr().out

    assert said.startswith("用法：bihuan")
    assert usage.COMMANDS[name] in said.replace("\n", "")
    assert ENGLISH.findall(said) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("setup", "--city"), "--city 后面要写一个值。"),
        (("serve", "--port", "x"), "--port 不能写“x”。"),
        (("sample", "huge"), "size 不能写“huge”，只能写 small、city、province、nation。"),
        (("examine", "--deep"), "不认识的参数：--deep。"),
        (("setup",), "缺少参数：--city, --system, --security, --audit, --head, --desk。"),
    ],
)
def test_a_managed_command_refuses_in_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(list(words))

    assert (stopped.value.code, capsys.readouterr().err) == (2, f"{sentence}\n")


def test_a_command_that_is_not_there_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nonsense"]) == 2
    assert capsys.readouterr().err == "没有“nonsense”这个命令；bihuan --help 列出全部。\n"


def test_a_port_that_somebody_answers_on_is_not_shared() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CommandError, match="已有程序在用"):
        call_command("serve", port=taken.getsockname()[1])


def test_a_refusal_is_its_sentence_alone() -> None:
    people = ("--system", "甲某", "--security", "乙某", "--audit", "丙某", "--head", "丁某", "--desk", " ")
    words = ("setup", "--city", "410900", *people)
    refused = subprocess.run([sys.executable, "-m", "bihuan.cli", *words], capture_output=True, text=True, check=False)

    assert (refused.returncode, refused.stderr) == (1, "每个姓名都要写。\n")
