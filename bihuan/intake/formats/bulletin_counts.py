"""Figures in a running bulletin ("涉石家庄市18件", "怀来县、桥西区各2件"): what is counted, and how many.

Hides how figures are strung together. Each count keeps the words that name it, the sentence's scope (this batch or
since the beginning) and the count in whose brackets it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.intake.formats import petition_words as words
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.regions import places

UNITS = r"(?:亿元|万元|元|件次|件|个|家次|家|人次|人|起|宗|处|条|项|%)"
_FIGURE = rf"(?P<n>(?<!\d)\d{{1,15}}(?:\.\d{{1,9}})?)\s*(?P<unit>{UNITS})"
_COUNT = re.compile(
    rf"(?P<name>[^\d,;。:()%\n]{{1,120}}?)(?:\([^\d()\n]{{1,30}}\))?(?:为|达|共计|合计|总计|共|有|约)?\s*{_FIGURE}"
)
_EACH = re.compile(rf"(?P<names>[\u4e00-\u9fff、]{{1,300}}?)各有?{_FIGURE}")
_PLAIN = _FIGURE.replace("?P<n>", "?:").replace("?P<unit>", "?:")
_RESPECTIVE = re.compile(rf"分别(?:完成|为|有|达)?(?P<figures>{_PLAIN}(?:、{_PLAIN})+)")
# A series of one: 献县整改进度快于平均水平,完成96.5%; 数量较多的有献县,未完成整改数量为10件.
_ALONE = re.compile(
    r"(?:较多的[\u4e00-\u9fff]{0,5}有(?=[^,]{0,15},未)|(?:^|(?<=[,;]))(?=[^,]{0,15}整改进度))(?P<place>[\u4e00-\u9fff]{2,15})"
    rf"(?:整改进度[快慢]于[\u4e00-\u9fff]{{0,4}}平均水平,完成|,未完成整改数量为){_FIGURE}"
)
_SERIES = re.compile(r"[\u4e00-\u9fff]{1,40}(?:、[\u4e00-\u9fff]{1,40})+")
_ONE = re.compile(_FIGURE)
_SENTENCE = re.compile(r"[^。\n]+")
_CUMULATIVE = re.compile(
    r"累计|总体(?:工作)?情况|共向我|共向[\u4e00-\u9fff]{1,8}?(?:转办|交办|移交)|[我本][省市区县州旗盟]共(?:转办|交办|移交)|前[一二三四五六七八九十\d]+批|(?<!\d)\d+\s*[-—至]\s*\d+\s*批|(?<!第)(?<!\d)\d+\s*批次"
    r"|(?<![第一二三四五六七八九十百])[一二三四五六七八九十百]{1,4}批(?=共?\d+件)"
    r"|(?<![第\d\-—至])\d+批(?=共?\d+件|[\u4e00-\u9fff]{1,14}共\d+件)"
    r"|截(?:至|止)(?:目前|当日)?共计?(?:接到?|收到?|接收到?|受理|办理|转办|交办|转交|移交)"
    r"|截(?:至|止)(?![^。]*批)[^。]*?共(?:接到?|收到?|接收|受理|办理|转办|交办|转交|移交)"
)
_BATCH = re.compile(r"本批|第[一二三四五六七八九十百\d\-、]+批|本周|当日|期间")
# 向我省转办信访件154件,累计转办3880件: the first is of the day.
_HANDED_OVER = re.compile(r"(?:转办|交办|移交)[^,。;]{0,30}\d+件(?=,)")
# 其中13件重点关注案件已办结8件: the figure before its noun.
_LED = re.compile(
    rf"(?:^|(?<=[,;:])|(?<=其中)){_FIGURE}(?P<noun>(?:群众|生态|环境|重点|关注|信访|举报|投诉)+(?:问题|案件|件|事项)+"
    r"|(?:已|阶段性)办结(?=[,;]|$)|(?:正在办理中?|未办结)(?=[,;]|$))"
)
_COLLECTED = re.compile(r"(?:^|[,是为有的])(?P<type>[^\W\d是为有的]{1,4}污染)问题,$")
_LIST_WORDS = re.compile(r"^(?:其中|分布[在于]|涉及到?|涉|包括|分别是|分别为|主要涉及|和|及|以及|的|等|共)+")


@dataclass(frozen=True, slots=True)
class Count:
    """One figure. `group` is what it counts (region, type, intake, or a name of the table below), `name` of which.

    `within` is the group of the count in whose brackets it stands; `heading` the place that a sentence tells of;
    `share` the per cent of the whole that is printed behind it.
    """

    group: str
    name: str
    figure: int | float
    unit: str
    piece: Passage
    is_cumulative: bool
    within: str = ""
    heading: str = ""
    share: float | None = None


_HANDED = "交办|转办|督察组?|中央|生态|环境|群众|信访|举报|投诉"
_FIRMS = "(?:违法|涉事|相关|问题)?(?:企业|单位|案件)?"
_PEOPLE = "(?:党政|党员|领导|相关|有关|责任|企业|公职)*(?:干部|人员|负责人|责任人)?"
_NAMED: tuple[tuple[str, str], ...] = (
    (
        "key_cases",
        r"(?<!非)重点(?:关注|交办)(?:的?案件|件|(?:信访)?(?:举报)?件)?|(?<!非)重点(?:信访|举报)*(?:案件|件|事项)",
    ),
    ("supervised_cases", r"(?:重点)?督办(?:案?件)"),
    ("staged", r"阶段性?办结"),
    ("open", r"未办结|正在办理|(?:正在)?办理中|尚未办结"),
    (
        "closed",
        rf"已?办结(?:案件)?|(?<!未)(?<!阶段)(?<!阶段性)办结(?:的)?(?:第[^,、。]{{1,6}}批)?(?:{_HANDED})*(?:件|案件)",
    ),
    ("detention", r"行政(?:和|、|或)刑事拘留"),
    ("unchecked", r"(?:仍|正|尚)在(?:调查|核实|核查)中?|尚?未核实"),
    ("basically_founded", r"基本属实"),
    ("partly_founded", r"部分属实"),
    ("unfounded", r"(?:核查)?不属实"),
    ("founded", r"(?:核查)?属实"),
    ("unfinished", r"未完成(?:整改)?(?:数量)?"),
    ("finished", r"(?:已?完成整改|已完成(?:整改)?|整改完成|完成)(?:整改)?(?:问题|任务)?"),
    ("ordered_correction", rf"责令(?:限期)?(?:改正|整改){_FIRMS}"),
    ("fined_cases", rf"立案(?:行政)?(?:处罚|查处){_FIRMS}"),
    ("fine_yuan", r"(?:罚款|处罚)(?:金额|总额|总金额|共计)?"),
    ("closed_down", rf"(?:完成)?关停取缔{_FIRMS}"),
    ("merged", r"(?:完成)?整合搬迁"),
    ("upgraded", r"(?:完成)?整治改造"),
    ("suspended", rf"(?:停产(?:整治|限产|整顿)?|限产停产){_FIRMS}"),
    ("sealed", rf"查封扣押{_FIRMS}"),
    ("criminal_cases", rf"立案侦查{_FIRMS}"),
    ("administrative_detention", r"行政拘留"),
    ("criminal_detention", r"刑事拘留"),
    ("detention", r"拘留"),
    ("filed_cases", r"立案"),
    ("summoned", rf"约谈{_PEOPLE}"),
    ("accountable", rf"问责{_PEOPLE}"),
    ("discipline", r"诫勉谈话|诫勉|通报批评|批评教育|党纪处分|政务处分|党内警告|行政警告|记过"),
    ("rank", r"(?:省|厅|处|科|股|乡科|县处)级(?:及?以[下上])?(?:党政|领导)*(?:干部|人员)|其他(?:干部|人员)"),
    ("distinct_total", r"(?:实际|有效)(?:案件|信访件|举报件|交办)(?:数量?)?|(?:剔除|合并|去除)重复(?:件|举报|问题)*后"),
    ("unfounded_rate", r"不属实率"),
    ("founded_rate", r"属实率"),
    ("closing_rate", r"办结率"),
    ("completion_rate", r"整改完成率|完成率"),
)
_PATTERNS = tuple((group, re.compile(rf"(?:{pattern})$")) for group, pattern in _NAMED)
_SHARE = re.compile(r"(?:\(\s*(?:占[^\d()]{0,8})?|,\s*占[^\d,。;()]{0,8})(?P<n>\d+(?:\.\d+)?)\s*%")
_TOTAL = re.compile(
    r"(?:举报|信访|问题|投诉)(?:问题|件|案件|举报件?|线索|事项)*(?:共?涉及?[我全本][省市县区州旗])?$|累计$|转办$|交办$"
    r"|批(?:涉及?[\u4e00-\u9fff]{2,8}|[\u4e00-\u9fff]{0,4})$"
)
_PLACE = re.compile(
    r"(?:市|区|县|旗|新区|示范区|管理区|开发区|功能区|街办|街道|镇|乡|市本级|[省市州]直(?:部门|单位)?|[省市州]级(?:部门|单位)|管委会|兵团|盟|州)(?:合办)?$"
)


# A body of a whole province or city, told behind its places: 省发改委.
DEPARTMENT = re.compile(r"[省市县区州][\u4e00-\u9fff]{1,10}(?:委|厅|局)")


def counts(piece: Passage) -> Iterator[Count]:
    """Every figure of the passage that counts something known, in order."""
    is_cumulative = False
    for match in _SENTENCE.finditer(piece.folded):
        sentence = piece.found(match)
        batch, since = _BATCH.search(sentence.folded), _CUMULATIVE.search(sentence.folded)
        if since or batch:
            is_cumulative = bool(since)
        # 本周办结12件,累计办结1402件: what stands before the word is of the batch.
        opened = batch or (_HANDED_OVER.search(sentence.folded, 0, since.start()) if since else None)
        begin = since.start() if since and opened and opened.start() < since.start() else 0
        yield from _of_sentence(sentence, begin if is_cumulative else len(sentence.folded))


def _of_sentence(sentence: Passage, since: int) -> Iterator[Count]:
    """The figures of a sentence, those from `since` on counted since the beginning."""
    text = sentence.folded
    shared = [match for pattern in (_EACH, _RESPECTIVE, _ALONE, _LED) for match in pattern.finditer(text)]
    taken = [match.span() for match in shared]
    single = [
        match for match in _COUNT.finditer(text) if not any(start <= match.start("n") < stop for start, stop in taken)
    ]
    state = _State()
    for match in sorted([*shared, *single], key=_place_of):
        state.move(text, _place_of(match))
        state.is_cumulative = _place_of(match) >= since
        for count in _made(sentence, match, state):
            state.seen(count)
            yield count


def _place_of(match: re.Match[str]) -> int:
    return match.start("n") if match.re is _COUNT else match.start()


@dataclass
class _State:
    """Where in a sentence the reading stands: which bracket, and which place's clause.

    `led` is what the rest of the sentence is of (13件重点关注案件已办结8件), `place` the one of a clause
    (杭州9件,重点件1件;).
    """

    is_cumulative: bool = False
    within: str = ""
    heading: str = ""
    led: str = ""
    place: str = ""
    _places: int = 0
    last: str = ""
    _clause: int = -1

    def move(self, text: str, at: int) -> None:
        is_inside = text.count("(", 0, at) > text.count(")", 0, at)
        self.within = (self.within or self.last) if is_inside else ""
        clause = max(text.rfind(";", 0, at), text.rfind(":", 0, at))
        if clause != self._clause:
            self.heading, self.place, self._places, self._clause = "", "", 0, clause

    def seen(self, count: Count) -> None:
        self.heading = count.heading if count.group != "key_cases" else self.heading
        if count.group == "region":
            self._places += 1
            self.place = count.name if self._places == 1 else ""
        if not self.within:
            self.last = count.group


def _made(sentence: Passage, match: re.Match[str], state: _State) -> Iterator[Count]:
    if match.re is _EACH:
        yield from _of_each(sentence, match, state)
    elif match.re is _RESPECTIVE:
        yield from _of_respective(sentence, match, state)
    elif match.re is _ALONE:
        figure, unit = _figure(match["n"], match["unit"])
        within = "completion_rate" if unit == "%" else "unfinished"
        piece = sentence.piece(match.start("place"), match.end())
        yield Count("region", match["place"], figure, unit, piece, state.is_cumulative, within, state.heading)
    elif match.re is _LED:
        figure, unit = _figure(match["n"], match["unit"])
        group = _classified(match["noun"]) if "办" in match["noun"] else "total"
        group = "key_cases" if "重点" in match["noun"] else group
        piece = sentence.piece(match.start("n"), match.end())
        state.led = (
            group if group == "key_cases" and sentence.folded[match.start() - 2 : match.start()] == "其中" else ""
        )
        yield Count(group, match["noun"], figure, unit, piece, state.is_cumulative, state.within, state.heading)
    else:
        yield from _of_one(sentence, match, state)


def _of_one(sentence: Passage, match: re.Match[str], state: _State) -> Iterator[Count]:
    name, heading = match["name"], state.heading
    place = _leading_place(name)
    if place and _classified(_bare(name).removeprefix(place)):
        heading, name = place, _bare(name).removeprefix(place)
    if name in _ALL and (
        collected := _COLLECTED.search(sentence.folded, max(0, match.start() - 16), match.start("name"))
    ):
        name = collected["type"]
    is_of_a_place = _OF_A_PLACE.search(name) and sentence.folded[match.end() : match.end() + 1] in ",。("
    group = "" if is_of_a_place else _classified(name)
    group = group or _counted_before(sentence.folded, match, state.last)
    if group and not (_bare(name) == "批" and "其中" in sentence.folded[: match.start()]):  # 其中第5批8件 is a part
        start = match.start("name") + len(match["name"]) - len(match["name"].lstrip("、 \t-"))
        figure, unit = _figure(match["n"], match["unit"])
        piece = sentence.piece(start, match.end("unit"))
        share = _SHARE.match(sentence.folded, match.end())
        part = float(share["n"]) if share else None
        called = _together(name) if group == "type" else "合办" if _bare(name) == "其余" else _bare(name)
        if group == "key_cases" and ";" in sentence.folded and "其中" not in name:
            heading = heading or state.place
        within = state.within or (state.led if group in ("closed", "staged", "open") else "")
        yield Count(group, called, figure, unit, piece, state.is_cumulative, within, heading, part)


def _together(name: str) -> str:
    """The name of a type; several that one figure counts together (大气、水环境污染类1件) are one name."""
    listed = re.split(r"[,;:]", name)[-1].strip(" 、-")
    return _LIST_WORDS.sub("", listed.removeprefix("同时")) if "、" in listed else _bare(name)


_ALL = frozenset(("共", "共计", "合计", "总计"))
_OF_A_PLACE = re.compile(r"批(?:群众)?(?:信访|举报)*件涉及?[\u4e00-\u9fff]{2,8}$")
_REST = re.compile(
    r"(?:正|仍|尚)在(?:(?P<unchecked>核实|调查|核查)|(?P<open>办理))|(?:属|为|系)[\u4e00-\u9fff]{0,8}?(?P<region>合办)"
)
_AFTER_NOUN = re.compile(r"(?:(?:信访|举报|案)件|(?:信访|举报)问题),$")
_BATCHES = re.compile(r"批次?\s*[、,]?\s*(?:共计?|合计)?")
_COMPLAINTS = re.compile(r"(?:群众|生态|环境|来电|来信)*(?:信访|举报|投诉)")


def _counted_before(text: str, match: re.Match[str], last: str) -> str:
    """What a figure counts whose words stand behind it or before a mark.

    移交的385件群众信访件; 8批、201件; 举报件,共126件; 来电75件,来信73件,共148件; 另有23件正在核实.
    """
    if re.search(r"(?:另有|其余|尚有)$", text[max(0, match.start("n") - 4) : match.start("n")]):
        rest = _REST.match(text, match.end())
        return (rest.lastgroup or "") if rest else ""
    is_all = match["name"] in _ALL
    if is_all and (not match.start("name") or last == "intake" or _AFTER_NOUN.search(text, 0, match.start("name"))):
        return "total"
    if _OF_A_PLACE.search(match["name"]) and text[match.end() : match.end() + 1] in ",。(":
        return "total"
    is_told = _COMPLAINTS.match(text, match.end()) and match["name"].endswith("的")
    is_total = is_told or (_BATCHES.fullmatch(match["name"]) and match["unit"] == "件")
    return "total" if is_total and match["unit"] in "件个" else ""


def _of_each(sentence: Passage, match: re.Match[str], state: _State) -> Iterator[Count]:
    figure, unit = _figure(match["n"], match["unit"])
    start = match.start("names")
    for part in match["names"].split("、"):
        group, name = _classified(part), _bare(part)
        if group:
            piece = sentence.piece(start + len(part) - len(name), match.end())
            yield Count(group, name, figure, unit, piece, state.is_cumulative, state.within, state.heading)
        start += len(part) + 1


def _of_respective(sentence: Passage, match: re.Match[str], state: _State) -> Iterator[Count]:
    """甲、乙、丙…分别为1件、2件、3件: the last series of as many names before the figures."""
    figures = list(_ONE.finditer(sentence.folded, match.start("figures"), match.end("figures")))
    before = sentence.folded[: match.start()]
    series = [(one.start(), parts) for one in _SERIES.finditer(before) if (parts := _names(one[0], len(figures)))]
    if not series:
        return
    is_rate = "%" in match["figures"]
    start, parts = series[-1]
    within = "completion_rate" if is_rate else "unfinished" if "未完成" in before[max(0, start - 40) :] else ""
    for part, one in zip(parts, figures, strict=True):
        place = _place_in(part)
        kind = "" if place else _LIST_WORDS.sub("", re.sub(r"(?:环境)?(?:污染|问题)*的?$", "", part))
        name = place or (kind if words.pollution_type(kind) else "")
        figure, unit = _figure(one["n"], one["unit"])
        at = start + part.index(name) if name else start
        if name:
            piece, group = sentence.piece(at, one.end()), "region" if place else "type"
            yield Count(group, name, figure, unit, piece, state.is_cumulative, within or state.within, state.heading)
        start += len(part) + 1


def _names(listed: str, count: int) -> list[str]:
    """The parts of a series of so many, the last of which may hang on an 和; none where there are not so many."""
    parts = listed.split("、")
    if len(parts) == count - 1 and (last := re.fullmatch(r"(?P<one>[\u4e00-\u9fff]+?)[和及](?P<other>.+)", parts[-1])):
        parts = [*parts[:-1], last["one"], last["other"]]
    return parts if len(parts) == count else []


def _place_in(words_: str) -> str:
    """The name of a place at the end or the beginning of some words, the longest that is known."""
    for size in range(min(len(words_), 8), 1, -1):
        for name in (words_[-size:], words_[:size]):
            if places().named(name):
                return name
    return ""


def _figure(words_: str, unit: str) -> tuple[int | float, str]:
    """The figure, money in yuan."""
    if unit not in {"元", "万元", "亿元"}:
        return float(words_) if "." in words_ else int(words_), unit
    yuan = round(float(words_) * {"万元": 10_000, "亿元": 100_000_000}.get(unit, 1), 2)
    return int(yuan) if yuan.is_integer() else yuan, "元"


# 本批信访举报件涉及滨海新区, 群众反映问题涉及噪音污染: the part begins behind the word.
_CONCERNS = re.compile(
    r"^[\u4e00-\u9fff]{0,24}?(?:件|问题)(?:主要)?涉(?:及(?![我全本])|(?![及我全本]))(?=[\u4e00-\u9fff]{2})"
)


def _bare(name: str) -> str:
    """The name without the words that string it to the others."""
    parts = re.split(r"[,、;:]", name)
    last = _CONCERNS.sub("", parts[-1].strip().lstrip("-"))
    bare = last if places().named(last) else _LIST_WORDS.sub("", last)  # 和林格尔县 is a name
    return re.sub(r"(?:各|分别)$", "", bare)


def _leading_place(name: str) -> str:
    found = re.match(r"[\u4e00-\u9fff]{1,8}?(?:市|区|县|旗|街办|街道)(?=完成|已(?!对)|关停|整合|整治)", _bare(name))
    return found[0] if found and not _WHOLE.match(found[0]) else ""


# The whole place that a bulletin is of.
_WHOLE = re.compile(r"[全我本][省市区县州旗盟]|自治区")


def _kind_of_type(bare: str) -> str:
    """Whether it names a type (大气类), a share of one (大气类占比), or neither."""
    share = re.sub(r"占比?$", "", bare)
    if share != bare:
        return "type_share" if words.pollution_type(share) else ""
    kind = re.sub(r"(?:信访件|信访举报件|举报件|案件)$", "", bare)
    kinds = words.pollution_types(kind) if len(kind) <= 16 else []
    return "type" if kind == "综合类" or (kinds and all(known for _, known in kinds)) else ""


def _classified(name: str) -> str:
    bare = _bare(name)
    for group, pattern in _PATTERNS:
        if pattern.search(bare):
            return group
    if words.intake(bare) and len(bare) <= 6:
        return "intake"
    if kind := _kind_of_type(bare):
        return kind
    if _PLACE.search(bare) and len(bare) <= 16 and not re.match("[全各][省市区县]|.*批", bare):
        return "region"
    if places().named(bare) or DEPARTMENT.fullmatch(bare):
        return "region"
    return "total" if _TOTAL.search(bare) and "重点" not in bare else ""
