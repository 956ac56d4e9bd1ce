"""What stands behind the last petition of a pasted paper and belongs to none: signature, day, notes, a web page's rest.

Hides how a page ends.
"""

import re

from bihuan.lib.paper.passage import Passage

_NOTE = re.compile(
    r"[\s|(]*(?:(?:信息|文章|稿件)?来源|稿源|责任?编辑|编辑|责编|审核|审签|校对|初审|复审|终审|供稿|注\d?|说明|附件\d?|版权所有|浏览次数|阅读次数)\s*[:：]"
    r"|[\s|(]*(?:打印本页|打印|关闭窗口|关闭|扫一扫|分享到?|上一[篇条]|下一[篇条]|相关(?:链接|阅读|新闻|附件)|返回顶部|未完待续|下转第|上接第"
    r"|本报(?:综合)?(?:记者|讯))"
    r"|[\s|(]*(?:监督|举报|联系|受理|咨询)(?:电话|邮箱|地址|方式)\s*[:：]|\s*共\s*\d+\s*件[^\n]{0,6}$|[\s|(]*(?:标|带|加)(?:有|注)?[“\"(]?[*★]"
)
_SIGNED = re.compile(
    r"[\u4e00-\u9fff“”\"()、]{3,40}(?:办公室|领导小组|委员会|人民政府|环境局|环境保护局|环保局|小组|工作组|专班|指挥部|联络组|协调组|整改办)"
)
_DAY = re.compile(r"\(?\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?\)?")


def is_note(line: str) -> bool:
    """Whether a line (or cell) is a note below a list, and no petition's words."""
    return bool(_NOTE.match(line))


def without_ending(piece: Passage) -> Passage:
    """The words up to the first line below which nothing but a page's end stands."""
    lines = list(piece.lines())
    cut = len(piece.text)
    for line in reversed(lines[1:]):
        text = line.folded.strip("| \t")
        if text and not (_NOTE.match(text) or _SIGNED.fullmatch(text) or _DAY.fullmatch(text)):
            break
        cut = line.start - piece.start
    notes = (line.start - piece.start for line in lines[1:] if _NOTE.match(line.folded))
    return piece.piece(0, min([cut, *notes])).strip(" \t\n|")
