"""A dossier of an invented problem, with pictures and papers, for the tests of what is made of it."""

import hashlib
from datetime import date
from typing import Any

from bihuan.lib.paper.book import (
    Attached,
    Book,
    Facts,
    File,
    Heading,
    Listing,
    Pair,
    Question,
    Statement,
    Words,
)
from tests.rules.lib.shots import shot

BEFORE = shot(size=(400, 300), Make="HUAWEI", DateTimeOriginal="2026:01:02 09:30:00")
AFTER = shot("PNG", size=(300, 400))
REPORT = b"%PDF-1.7 not looked into"
BROKEN = b"\xff\xd8\xff broken"
AS_OF = date(2026, 11, 28)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


BYTES = {sha(data): data for data in (BEFORE, AFTER, REPORT, BROKEN)}
FILES = (
    File(sha(BEFORE), "清理前.jpg", len(BEFORE), "佐证", "整改前", "东坑塘北侧", "2026-01-02 09:30", "甲县乙镇"),
    File(sha(AFTER), "清理后.png", len(AFTER), stage="整改后"),
    File(sha(REPORT), "水质监测报告.pdf", len(REPORT), "验收"),
    File(sha(BROKEN), "坏.jpg", len(BROKEN)),
)  # fmt: skip


def book(**facts: Any) -> Book:
    """The dossier, `facts` in the place of its own."""
    chapters = {
        "反馈原文": (Words("部分乡镇垃圾随意倾倒坑塘。\n第二段。", is_quoted=True),),
        "整改措施": (
            Facts((("整改时限", "2026年6月底前"),)),
            Listing((("序号", 1), ("措施", 6)), (("1", "清运积存垃圾"),)),
        ),
        "进展": (
            Heading("2026年第1期"),
            Statement("已清运垃圾1245吨。", "甲县城管局 李某", (sha(BEFORE), sha(REPORT))),
            Statement("处理站已稳定运行。", "甲县城管局 王某"),
        ),
        "佐证": (Words("照片如下。"), Pair("东坑塘", sha(BEFORE), sha(AFTER)), Pair("西坑塘", "", sha(AFTER))),
        "验收": (Attached((sha(REPORT), sha(BROKEN))),),
    }
    whole: dict[str, Any] = {
        "city": "甲市",
        "inspection": "第三轮第二批中央生态环境保护督察",
        "number": "HE2-P014",
        "title": "甲县部分乡镇垃圾倾倒坑塘",
        "units": ("甲县党委和政府",),
        "states": (("下达", "2025-06-30"), ("销号", "2026-04-20")),
        "as_of": AS_OF,
        "chapters": chapters,
        "asked": (Question("处理站为什么停运12天？", "设备检修。", "进展"), Question("西坑塘整改前的照片在哪里？")),
        "notes": ("本件经市委书记批准缺监测报告销号。",),
        "files": FILES,
    }
    return Book(**whole | facts)
