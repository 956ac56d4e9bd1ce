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
from typing import Any, NoReturn

from bihuan import usage
from bihuan.lib.garbage import look_seldom
from bihuan.lib.paper.document import Unreadable

OURS = ("understand", "read", "workdays")
ASKING: tuple[list[str], ...] = ([], ["help"], ["-h"], ["--help"])
WORKDAYS_AHEAD = re.compile(r"\+(\d{1,4})")


class Wrong(Exception):  # noqa: N818 -- reads as a sentence
    """The call cannot be taken; the message says why."""


class Parser(argparse.ArgumentParser):
    """Explains and refuses in our own words, and lets the caller say how they are printed."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(formatter_class=usage.Formatter, **facts)

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise Wrong(usage.sentence(message))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    look_seldom()
    words = sys.argv[1:] if arguments is None else arguments
    if words in ASKING:
        sys.stdout.write(f"{usage.overview()}\n")
        return 0
    if words[0] not in OURS:
        return _django(words)
    is_json = "--json" in words
    try:
        parsed = _parser().parse_args(words)
        answer = parsed.run(parsed)
    except (Wrong, Unreadable, ValueError) as fault:
        sys.stdout.write(_json({"error": str(fault)}) if is_json else "")
        sys.stderr.write("" if is_json else f"{fault}\n")
        return 2
    faults = [one["error"] for one in answer if "error" in one] if parsed.command == "understand" else []
    sys.stdout.write(_json(answer) if is_json else f"{_shown(parsed, answer)}\n")
    sys.stderr.write("" if is_json else "".join(f"{fault}\n" for fault in faults))
    return 2 if faults else 0


def _shown(parsed: argparse.Namespace, answer: Any) -> str:
    from bihuan import saying  # noqa: PLC0415 -- only for people, not for scripts

    if parsed.command != "understand":
        return saying.one(answer)
    return saying.papers([paper for paper in answer if "error" not in paper])


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="bihuan", description="闭环：督察整改工作系统")
    commands = parser.add_subparsers(required=True, metavar="命令", dest="command")
    shared = Parser(add_help=False)
    shared.add_argument("--json", action="store_true", help="输出一个 JSON 值")
    shared.add_argument("--on", type=_day, metavar="日期", help="以哪天为准(补全年份)，如 2022-06-01")
    shared.add_argument("--city", metavar="代码", help="行政区划代码，如 130900；不写时按文件标题或词语里的地名")

    understand = _command(commands, "understand", shared)
    understand.add_argument("files", nargs="+", metavar="文件", help="要读的文件")
    understand.set_defaults(run=_understand)

    read = _command(commands, "read", shared)
    read.add_argument(
        "what", choices=sorted(READERS), help="deadline 时限、document 文号、number 受理编号、units 单位名单"
    )
    read.add_argument("words", metavar="文字", help="要读的字")
    read.set_defaults(run=lambda given: READERS[given.what](given).plain())

    workdays = _command(commands, "workdays", shared)
    workdays.add_argument("start", type=_day, metavar="起", help="第一天，如 2025-10-30")
    workdays.add_argument("end", metavar="止或+天数", help="最后一天，或 +10 这样的工作日数")
    workdays.set_defaults(run=_workdays)
    return parser


def _command(commands: Any, name: str, shared: Parser) -> Parser:
    made: Parser = commands.add_parser(
        name, parents=[shared], help=usage.COMMANDS[name], description=usage.COMMANDS[name]
    )
    return made


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2022-06-01 的样子") from None


def _understand(parsed: argparse.Namespace) -> list[dict[str, Any]]:
    """What each file says; one that cannot be read has its sentence instead. Refuses where none can be read."""
    directory = _directory(parsed.city) if parsed.city else None
    answers = [_understood(name, parsed.on, directory) for name in parsed.files]
    if all("error" in answer for answer in answers):
        raise Wrong("\n".join(answer["error"] for answer in answers))
    return answers


def _understood(name: str, on: date | None, directory: Any) -> dict[str, Any]:
    from bihuan.intake.formats.kinds import understand  # noqa: PLC0415 -- the readers are heavy; other commands start without
    from bihuan.lib.paper.guarded import read_guarded  # noqa: PLC0415 -- as above

    try:
        document = read_guarded(Path(name).name, _bytes_of(name))
    except Unreadable as fault:
        return {"file": name, "error": f"{name}：{fault}"}
    except Wrong as fault:
        return {"file": name, "error": str(fault)}
    return understand(document, on=on, directory=directory).plain() | {"file": name}


def _bytes_of(name: str) -> bytes:
    path = Path(name)
    if path.is_dir():
        raise Wrong(f"{name} 是文件夹，请给出里面的文件。")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Wrong(f"没有这个文件：{name}。") from None
    except PermissionError:
        raise Wrong(f"没有权限读取 {name}。") from None
    except (OSError, ValueError):
        raise Wrong(f"打不开 {name}，请检查文件名和磁盘。") from None


def _directory(city: str) -> Any:
    """The usual departments of a place; of none where it is not told: what then cannot be settled is asked."""
    from bihuan.lib.reading.directory import default_directory, homeless_directory  # noqa: PLC0415 -- as above

    return default_directory(city) if city else homeless_directory()


def _read_deadline(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.deadlines").read_deadline(parsed.words, parsed.on)


def _read_number(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.petition_numbers").read_petition_number(parsed.words)


def _read_document(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.document_numbers").read_document_number(parsed.words)


def _read_units(parsed: argparse.Namespace) -> Any:
    return importlib.import_module("bihuan.lib.reading.units").read_units(parsed.words, _directory(parsed.city or ""))


READERS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "deadline": _read_deadline,
    "number": _read_number,
    "document": _read_document,
    "units": _read_units,
}


def _workdays(parsed: argparse.Namespace) -> dict[str, Any]:
    from bihuan.lib.workdays import Workdays  # noqa: PLC0415 -- the holiday tables are heavy

    ahead = WORKDAYS_AHEAD.fullmatch(parsed.end)
    if ahead is not None:
        return Workdays().last_of(parsed.start, int(ahead[1])).plain()
    try:
        end = date.fromisoformat(parsed.end)
    except ValueError:
        raise Wrong(f"“{parsed.end}”不是日期，也不是 +10 这样的天数。") from None
    return Workdays().between(parsed.start, end).plain()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _django(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    if "--tls" in words:
        os.environ["BIHUAN_TLS"] = "1"  # before the settings are read: cookies travel over https alone
    import django  # noqa: PLC0415 -- only when Django is wanted
    from django.core.management import execute_from_command_line, get_commands  # noqa: PLC0415 -- as above

    django.setup()
    if words[0] not in {"help", "--version", *get_commands()}:
        sys.stderr.write(f"没有“{words[0]}”这个命令；bihuan --help 列出全部。\n")
        return 2
    execute_from_command_line(["bihuan", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
