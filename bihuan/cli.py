"""The door at the command line: `bihuan …`. Understanding papers needs no database and nothing set up.

Hides how arguments become calls. With `--json` every command prints one JSON value; an error is `{"error": sentence}`
and exit status 2. Names that are not here are passed on to Django.
"""

import argparse
import importlib
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bihuan.lib.paper.document import Unreadable

CITY = "130900"
WORKDAYS_AHEAD = re.compile(r"\+(\d{1,4})")


class Wrong(Exception):  # noqa: N818 -- reads as a sentence
    """The call cannot be taken; the message says why."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] not in {"understand", "read", "workdays"}:
        return _django(words)
    parsed = _parser().parse_args(words)
    try:
        answer = parsed.run(parsed)
    except (Wrong, Unreadable, ValueError, OSError) as fault:
        sentence = f"打不开文件 {fault.filename}：{fault.strerror}。" if isinstance(fault, OSError) else str(fault)
        sys.stdout.write(_json({"error": sentence}) if parsed.json else "")
        sys.stderr.write("" if parsed.json else f"{sentence}\n")
        return 2
    sys.stdout.write(_json(answer) if parsed.json else f"{parsed.show(answer)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bihuan", description="闭环：督察整改工作系统")
    commands = parser.add_subparsers(required=True, metavar="命令")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="输出一个 JSON 值")
    shared.add_argument("--on", type=_day, help="以哪天为准(补全年份)，如 2022-06-01")
    shared.add_argument("--city", default=CITY, help="行政区划代码，缺省 130900 沧州市")

    understand = commands.add_parser("understand", parents=[shared], help="读懂文件，不写入任何东西")
    understand.add_argument("files", nargs="+", metavar="文件")
    understand.set_defaults(run=_understand, show=_show_understood)

    read = commands.add_parser("read", parents=[shared], help="读一个时限、受理编号、文号或单位名单")
    read.add_argument("what", choices=sorted(READERS))
    read.add_argument("words", metavar="文字")
    read.set_defaults(run=_read, show=_show_plain)

    workdays = commands.add_parser("workdays", parents=[shared], help="数工作日，首尾两天都算")
    workdays.add_argument("start", type=_day, metavar="起")
    workdays.add_argument("end", metavar="止或+天数")
    workdays.set_defaults(run=_workdays, show=_show_plain)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2022-06-01 的样子") from None


def _understand(parsed: argparse.Namespace) -> list[dict[str, Any]]:
    from bihuan.intake.formats.kinds import understand  # noqa: PLC0415 -- the readers are heavy; other commands start without
    from bihuan.lib.paper.guarded import read_guarded  # noqa: PLC0415 -- as above

    directory = _directory(parsed.city)
    answers = []
    for name in parsed.files:
        path = Path(name)
        document = read_guarded(path.name, path.read_bytes())
        answers.append(understand(document, on=parsed.on, directory=directory).plain() | {"file": name})
    return answers


def _directory(city: str) -> Any:
    from bihuan.lib.reading.directory import default_directory  # noqa: PLC0415 -- as above

    return default_directory(city)


def _read_deadline(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.deadlines").read_deadline(parsed.words, parsed.on)


def _read_number(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.petition_numbers").read_petition_number(parsed.words)


def _read_document(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.document_numbers").read_document_number(parsed.words)


def _read_units(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.units").read_units(parsed.words, _directory(parsed.city))


READERS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "deadline": _read_deadline,
    "number": _read_number,
    "document": _read_document,
    "units": _read_units,
}


def _read(parsed: argparse.Namespace) -> Any:
    return READERS[parsed.what](parsed).plain()


def _workdays(parsed: argparse.Namespace) -> Any:
    from bihuan.lib.workdays import Workdays  # noqa: PLC0415 -- the holiday tables are heavy

    ahead = WORKDAYS_AHEAD.fullmatch(parsed.end)
    table = Workdays()
    if ahead is not None:
        return table.last_of(parsed.start, int(ahead[1])).plain()
    try:
        return table.between(parsed.start, date.fromisoformat(parsed.end)).plain()
    except ValueError as fault:
        raise Wrong(
            str(fault) if "早于" in str(fault) else f"“{parsed.end}”不是日期，也不是 +10 这样的天数。"
        ) from None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _show_plain(value: Any) -> str:
    return "\n".join(f"{name}：{_words(one)}" for name, one in value.items())


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{name} {_words(one)}" for name, one in value.items())
    return "、".join(_words(one) for one in value) if isinstance(value, list) else "无" if value is None else str(value)


def _show_understood(papers: list[dict[str, Any]]) -> str:
    lines = []
    for paper in papers:
        counts: dict[str, int] = {}
        for record in paper["records"]:
            counts[record["type"]] = counts.get(record["type"], 0) + 1
        doubts = [*paper["doubts"], *(doubt for record in paper["records"] for doubt in record["doubts"])]
        lines.append(
            f"{paper['file']}：{paper['kind']}，" + "，".join(f"{kind} {count}" for kind, count in counts.items())
        )
        lines += [
            f"  对账 {row['what']}：文中{row['printed']}，读到{row['read']} {row['note']}"
            for row in paper["reconciliation"]
        ]
        lines += [f"  存疑 {doubt['question']}" for doubt in doubts]
    return "\n".join(lines)


def _django(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- only when Django is wanted

    execute_from_command_line(["bihuan", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
