"""The words by which running text tells its headings: chapters of campaigns or problems, lists, titles."""

import re

CAMPAIGNS = re.compile(r"举措|专项行动|重点任务|主要任务|主要措施|重点工作|攻坚行动")
PROBLEMS = re.compile(r"问题|清单|附件|附表|任务清单")
LIST_TITLE = re.compile(r"^.{0,36}(?:清单|台账|一览表|附件\s*\d*)\s*[:：]?$")
TITLE = re.compile(r"(?:方案|清单|台账|一览表|通知)(?:\([^()]{2,8}\))?$")
OTHER = re.compile(
    r"总体要求|指导思想|基本原则|工作原则|保障措施|组织领导|工作目标|总体目标|责任追究|督办落实|整改宣传|工作要求|组织保障|整改目标$"
)
SENTENCE = re.compile(r"[。；;！!]\s*$")
CHAPTER = re.compile(
    r"^(?:主要|重点|整改|工作|具体|反馈|突出|督察|落实|的|问题|和|与|及|、)*(?:举措|任务|行动|问题|措施|清单|工作|整改)+[。.]?$"
)
CAMPAIGN = re.compile(r"(?:整改|主要|重点)?(?:举措|行动)\s*(?P<n>\d+|[一二三四五六七八九十]+)\s*[:：、.]")
# (一)第三项问题:… is the third of the list that was handed down.
INNER = re.compile(r"第(?P<n>\d+|[一二三四五六七八九十百]+)项(?:整改)?(?:问题|任务)\s*[:：]\s*")
SERIES = re.compile(r"^\s*(?:市|县|区|省)级第?\s*\d+\s*项|^\s*问题\s*[一二三四五六七八九十\d]+\s*[:：]")
