"""How the command line explains itself, in Chinese: what there is, the words of argparse, refusals.

Hides that argparse and Django speak English.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

COMMANDS = {
    "understand": "读懂文件，不写入任何东西",
    "read": "读一个时限、受理编号、文号或单位名单",
    "workdays": "数工作日，首尾两天都算",
    "ledgers": "从文件直接生成三本台账和四个清单(Excel)，不动正式数据库",
    "setup": "建立一个空的整改办：行政区划、常设单位、五个人和各自的凭条、一次督察",
    "admins": "给以前建的整改办安排系统、安全、审计三个管理员",
    "serve": "启动服务，连同后台",
    "worker": "单独启动后台：定时备份和检查、对外通知、交办的长活；可以同时开几个",
    "examine": "完备性检查：轨迹链、每行与轨迹一致、件件有着落；有问题时退出码为 1",
    "lights": "重算存着的灯号和序时；每夜自动做一次",
    "backup": "备份：数据库、链头和证据文件，做完就在副本上检查；密钥不在其中",
    "restore": "恢复：先核对、在旁边检查，再换上；原来的数据留在一旁",
    "drill": "恢复演练：在旁边恢复最新的备份并检查，结果记入轨迹",
    "move": "搬家：把内置数据库搬到空的 PostgreSQL，把存档文件搬到对象存储，搬完核对",
    "trail": "导出轨迹(JSON 一行一条)，可用 verify_trail.py 脱离本系统验证",
    "exposure": "查看留痕：谁、何时、看了谁的哪几项、理由是什么",
    "demo": "样例城市：首次启动时导入，随后启动服务",
    "sample": "建立样例数据：small(由文件导入)或 city(3 万件信访)",
    "document": "由代码写出 docs/lifecycles.md 和 docs/permissions.md",
}
HEADINGS = {"positional arguments": "参数", "options": "选项"}
WORDS = {"show this help message and exit": "显示这份说明", "Skip system checks.": "跳过启动前的自查"}
CHOICE = r"invalid choice: '?(?P<what>.*?)'? \(choose from (?P<rest>.*)\)"
REFUSALS = (
    (re.compile(r"argument [^:]*: (?P<own>“.*)"), "{own}。"),
    (re.compile(r"the following arguments are required: (?P<names>.*)"), "缺少参数：{names}。"),
    (re.compile(r"unrecognized arguments: (?P<names>.*)"), "不认识的参数：{names}。"),
    (re.compile(r"argument (?P<name>-[-\w/ ]+): expected one argument"), "{name} 后面要写一个值。"),
    (re.compile(rf"argument what: {CHOICE}"), "不会读“{what}”，只能读 {rest}。"),
    (re.compile(rf"argument (?P<name>[^:]*): {CHOICE}"), "{name} 不能写“{what}”，只能写 {rest}。"),
    (re.compile(r"argument (?P<name>[^:]*): invalid \w+ value: '(?P<what>.*)'"), "{name} 不能写“{what}”。"),
)


def overview() -> str:
    """Every command of ours with what it does."""
    lines = [f"  {name:<12}{what}" for name, what in COMMANDS.items()]
    return "\n".join(
        [
            "用法：bihuan 命令 …",
            "",
            "闭环：督察整改工作系统",
            "",
            "命令：",
            *lines,
            "",
            "“bihuan 命令 --help”看一个命令怎么写；其他命令(如 migrate)由 Django 办理。",
        ]
    )


def sentence(message: str) -> str:
    """What argparse finds wrong with the arguments, in Chinese."""
    for pattern, said in REFUSALS:
        if found := pattern.match(message):
            words = found.groupdict()
            if "rest" in words:
                words["rest"] = words["rest"].replace("'", "").replace(", ", "、")
            return said.format(**words)
    return "参数写得不对，用 bihuan 命令 --help 查看写法。"


def refuse(message: str) -> NoReturn:
    """Say what is wrong with the arguments, and stop."""
    sys.stderr.write(f"{sentence(message)}\n")
    sys.exit(2)


class Formatter(argparse.HelpFormatter):
    """Draws the help of one command with Chinese headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with how the command is written."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Begin a group of arguments."""
        super().start_section(HEADINGS.get(heading or "", heading))

    def add_argument(self, action: argparse.Action) -> None:
        """One argument and what it is for."""
        action.help = WORDS.get(action.help or "", action.help)
        super().add_argument(action)
