"""Finds the personal data of petitioners in free text, and masks it in the office's forms.

Hides the patterns; the mask forms are those of `masks.py`. Names are looked for only where somebody introduces himself
or is introduced as the petitioner; an organisation's hotline, a company, a name that is masked already, a date or a
document's number is none.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from bihuan.lib.chinese import half_width
from bihuan.lib.masks import COMPOUND, MASKS

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁"
    "毛禹狄米贝明臧成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍"
    "万柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆荣翁荀羊甄曲家封储靳邴松井段富巫乌焦巴牧"
    "车侯班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄印白怀蒲赖卓池乔胥苍闻党翟谭贡姬申冉郦桑桂牛"
    "寿通边燕冀浦尚农温庄晏柴瞿阎连习容向古易廖庾终步都耿满匡国文寇广欧沃利蔚越隆师巩聂敖冷辛阚简饶"
    "曾沙养丰关相查游权岳帅涂闫付邸鹿展代覃苑佟肖迟郏么"
)
# Surnames that open ordinary words as well (曾多次, 常年, 向有关部门): they need a stronger sign behind the name.
_WORDLIKE = "曾常于时向和连全安方万成高平明元和应单解任何相通国广利满都越终步养关权代富家尚"
_SELF = "我叫做|我叫|我是|我名叫|名叫|我的名字[叫是]|本人叫|本人姓名|本人"
_KIN = "爱人|丈夫|妻子|老公|老婆|老伴|儿子|女儿|父亲|母亲|爷爷|奶奶|哥哥|弟弟|姐姐|妹妹|儿媳|女婿"
_INTRODUCED = (
    rf"{_SELF}|(?:{_KIN})名?叫"
    r"|举报者|投诉者|反映者|知情人|写信人|实名举报人|上访人|举报人|投诉人|反映人|信访人|来访人|来电人|来信人|申请人|联系人|署名|姓名"
)
_NAME = re.compile(
    rf"(?P<lead>{_INTRODUCED})(?P<colon>\s*[:是为叫]\s*|\s+)?"
    r"(?P<name>[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff·]{2,12}"
    rf"|(?:{COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
)
_STRONG_END = re.compile(
    r"\s*(?:[,.。;、:()（）!?\n”\"》]|$|\d|电话|手机|联系|身份证|[男女](?!儿)|先生|女士|同志|住址|家住|微信|QQ)|\s"
)
_END = re.compile(
    rf"(?:{_STRONG_END.pattern})|\s*(?:反映|举报|投诉|来电|来信|来访|称|要求|实名|说|多次|于\d|住|家|等|是|系|,)"
)
_ROLES = "村民|居民|业主|住户|群众|市民|职工|工人|家长|教师|老师|学生|租户|商户|农民|邻居|干部|党员"
_ROLE = rf"(?:退休|在校|下岗|现任|原)?(?:{_ROLES})(?:代表)?"
SHORT_NAME = rf"(?:(?:{COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
# Ordinary words that a surname's character opens.
_NO_NAME = re.compile(
    "陆续|严重|严厉|严肃|常年|经常|常常|时常|高度|高声|温和|明确|单独|万分|方才|全都|包括|相继|相互|安全|方便|连[夜日续]|曾[经多]|于是"
    "|终于|代[表理]|路[人边过]|马[上路]|谢绝|张[贴罗]|和[平睦]|家[中里]|余[家户]|强烈|房[东屋]|房子|车[主辆间]|车[库位]|乐意|黄[河土]|江[边河]|向[来有]"
    "|应[该当]|解[决释]|计[划较]|成[立群]|程[序度]|白[天色]|金[属额]|水|石[料头]|田[地里间]|井[水盖]|牛[羊]|满[意足]|全[部体天]|安[心装置]|平[时整]|成[为本]|通[过知]|明[显年]|从[来未]|何[时处]|国家|时间|宁可|古[树城]|席[间地]|关[于门]"
)
_TOLD = re.compile(
    rf"{_ROLE}(?P<name>{SHORT_NAME})(?=\s*(?:[(:]|实名|来电|来信|来访|(?:曾?多次|一直|再次|又)?(?:反映|举报|投诉)|称[,:]|家[中里]))"
)
# Behind a village's name, before a telephone or what only a person does: 杜林村王建国(电话…, 李庄村张秀英来信反映.
_OF_VILLAGE = re.compile(
    rf"(?<=[村庄屯])(?!{_ROLES}|.[户民众员])(?P<name>{SHORT_NAME})"
    r"(?=\s*[(]\s*(?:联系)?(?:电话|手机|方式|身份证)|\s*(?:实名|来信|来电|来访)(?:反映|举报|投诉))"
)
_SIGNED = re.compile(rf"{_ROLE}[ \t:]+(?P<name>{SHORT_NAME})(?=\s*(?:\d|[,.。;、()]|$))", re.MULTILINE)
_DESCRIBED = re.compile(
    rf"(?:^|(?<=[。;,:\s(]))(?P<name>{SHORT_NAME})(?=\s*[,(]\s*[男女]\s*[,)、]\s*(?:\d|现?年|汉族|[\u4e00-\u9fff]{{1,3}}族|身份证|电话|手机|住))",
    re.MULTILINE,
)
_OF_PLACE = re.compile(
    rf"(?:我|本人|反映人|举报人|投诉人|来电人|信访人)\s*(?:是|系)[^,。;:]{{2,30}}?(?:的|村|社区|小区|屯|{_ROLE})(?:{_ROLE}){{0,2}}"
    rf"(?P<name>{SHORT_NAME})(?=\s*(?:[,.。;:()!\n]|$|[男女](?!儿)))"
)
_SURNAME_ONLY = re.compile(rf"(?:我|本人)姓(?P<name>{COMPOUND}|[{_SURNAMES}])(?=\s*(?:[,。;、(]|$|是|住|家))")
_LISTED = re.compile(
    rf"(?:代表|联名人?|举报人|投诉人|签名|署名|联系人|反映人)\s*[:为是]\s*(?P<names>{SHORT_NAME}(?:[、,\s]+{SHORT_NAME})+)"
    r"(?=\s*(?:[,.。;()!\n]|$|联名|等|共同|实名|举报|反映|投诉))"
)
_ALONE = re.compile(
    rf"(?:^|(?<=[。\n]))[^\S\n]*+(?:我\s*,\s*)?(?P<name>{SHORT_NAME})(?<![村庄镇乡县区屯厂店局市街路])"
    r"(?=(?:反映|举报|投诉|来电反映|来信反映)\s*[:,]|,\s*实名)"
)
_NAMES_HEAD = re.compile(
    r"(?:姓\s*名|(?:举报|投诉|反映|信访|来访|来电|来信|联系|申请)人(?:姓\s*名)?)"
)  # of a table's column
_CELL = re.compile(rf"(?<![^\t])(?P<name>{SHORT_NAME})(?![^\t\r])")
_MASKED = re.compile(r"某|\*|×|XX|xx")

_PUBLIC = re.compile(
    r"(?:监督|举报|受理|值班|投诉|咨询|服务|固定|办公|公开|信访|环保|反馈|传真|公示)(?:专用|专线)?(?:电话|热线|号码)|热线|传真|专线"
)
_REACH = 60
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![0-9A-Za-z]|\s*(?:[万亿]?元|吨|立方|平方|千瓦))"
)
# Digits set apart or written as words, which only the words before them make a telephone's.
_ASKED = "先生|女士|电话|手机|联系|号码|致电|回电|微信|打给"
_SPACED = re.compile(
    rf"(?:{_ASKED})[^\d。;\n]{{0,8}}" r"(?P<it>1[ .\-—]{0,2}[3-9](?:[ .\-—]{0,2}\d){9})(?![0-9A-Za-z])"
)
_SPELT_DIGIT = "[零〇○一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖]"
_SPELT = re.compile(rf"(?<!{_SPELT_DIGIT})[一壹幺](?:[ ,、\-—]?{_SPELT_DIGIT}){{10}}(?!{_SPELT_DIGIT})")
_LANDLINE = re.compile(r"(?<![0-9A-Za-z.\-])\(?0\d{2,3}\)?[-— ]?[2-9]\d{2,3}[- ]?\d{4}(?![0-9A-Za-z])")
_BARE_PHONE = re.compile(r"(?:电话|手机|座机)(?:号码?)?\s*+[:是为]?\s*+(?P<it>[2-9]\d{6,7})(?!\d)")
_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_OLD_ID = re.compile(r"(?<![0-9A-Za-z])[1-8]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])")
_NAMED_ID = re.compile(r"身份证(?:号码?|件号)?\s*+[:是为]?\s*+(?P<it>\d{14,17}[\dXx])(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z])[3-6]\d{3}(?:[ -]?\d{4}){2,3}[ -]?\d{1,4}(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z]\s?[·•.]?\s?[A-HJ-NP-Z0-9]{4,5}"
    r"[A-HJ-NP-Z0-9挂学警港澳](?![0-9A-Za-z])"
)
_WECHAT = re.compile(
    r"(?:微信|(?<![A-Za-z])(?:VX|vx|wx|WX|weixin))(?:号码?|ID)?\s*+[:是为]?\s*+(?P<it>[A-Za-z0-9][-_A-Za-z0-9]{4,19})"
)
_ACCOUNT = re.compile(
    r"(?:抖音|快手|微博|支付宝|钉钉|小红书)(?:账?号码?|ID)?\s*[:是为]\s*(?P<it>[A-Za-z0-9][-_.A-Za-z0-9]{4,29})"
)
_QQ = re.compile(r"(?<![A-Za-z])[Qq]{2}(?:号码?)?\s*+[:是为]?\s*+(?P<it>[1-9]\d{4,10})(?!\d)")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ADDRESS = re.compile(
    r"(?:家庭住址|现住址|联系地址|居住[于在]|住址|我家住?在?|家住在?|我住在?|本人住在?|(?:(?<=[,。;、(\s])|^)住(?!建|房|宅|户|院|所|宿|址|在|的)|本人家住在?|现住在?|居住地址?)\s*+[:是为]?\s*+"
    r"(?P<it>(?:(?!的|居民|村民|业主|反映|举报|投诉|附近|旁边|楼下|楼上|门口)[\u4e00-\u9fff0-9A-Za-z\-#—]){3,40})"
)
_PLACE_WORD = re.compile(r"[省市县区镇乡村街道路号楼栋单元室屯庄巷弄组社里园苑]")
_DOOR = re.compile(r"\d+[-—]\d+")
_ROOM = re.compile(
    r"(?:房号|门牌号?|门号|楼栋号|户号)\s*+[:是为]?\s*+(?P<it>[A-Za-z]?\d+(?:(?:号楼|号院|[-—#栋幢座号])\s*\d+)*(?:单元|室|号)?)"
)

# Each begins with what is searched for by itself, so that millions of texts take a second.
_LIKELY = tuple(
    re.compile(pattern)
    for pattern in (
        r"1[3-9]\d{9}",
        r"19(?<=\d{6}19)\d\d[01]\d[0-3]\d{4}",
        r"20(?<=\d{6}20)\d\d[01]\d[0-3]\d{4}",
        r"62\d\d[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}",
        r"[45]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}",
        "我叫",
        "家住",
        "住址",
        _PLATE.pattern,
    )
)


LABELS = {
    "name": "姓名",
    "phone": "电话",
    "id": "身份证号",
    "card": "银行卡号",
    "plate": "车牌",
    "wechat": "微信号",
    "qq": "QQ号",
    "account": "网络账号",
    "email": "邮箱",
    "address": "住址",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One piece of personal data: `kind` is one of `LABELS`."""

    kind: str
    start: int
    end: int
    text: str


def scan(text: str) -> tuple[Hit, ...]:
    """Every piece of a petitioner's personal data in the text, in order, none overlapping another.

    Where two readings overlap the more telling wins: an identity number before a card, a card before a telephone.
    """
    folded = half_width(text)
    taken, covered = list[Hit](), bytearray(len(text))
    for find in _FINDERS:
        for kind, start, end in find(folded):
            if take(covered, start, end):
                taken.append(Hit(kind, start, end, text[start:end]))
    return tuple(sorted(taken, key=lambda hit: hit.start))


def take(covered: bytearray, start: int, end: int) -> bool:
    """Whether nothing of a stretch is taken yet, a byte a character; it is from now on."""
    if any(covered[start:end]):
        return False
    covered[start:end] = b"\1" * (end - start)
    return True


def is_likely(text: str) -> bool:
    """Whether a text is worth a scan: it may hold a number, a plate, an own name or address. It costs nothing."""
    return any(pattern.search(text) for pattern in _LIKELY)


def is_no_name(words: str) -> bool:
    """Whether what looks like a short name is masked already, or an ordinary word that a surname's character opens."""
    return bool(_MASKED.search(words) or _NO_NAME.match(words))


def mask(text: str, hits: Iterable[Hit]) -> str:
    """The text with every hit in its masked form; the length of a name, an address or an account is not told."""
    pieces: list[str] = []
    done = 0
    for hit in sorted(hits, key=lambda hit: hit.start):
        pieces += [text[done : hit.start], MASKS[hit.kind](half_width(text[hit.start : hit.end]))]
        done = hit.end
    return "".join([*pieces, text[done:]])


_Found = Iterator[tuple[str, int, int]]


def masked(text: str, kept: Collection[str] = ()) -> str:
    """The text with every hit masked, but for those whose masked form is among `kept`."""
    return mask(text, (hit for hit in scan(text) if alone(hit) not in kept))


def alone(hit: Hit) -> str:
    """The masked form of one hit, as a question names it."""
    return mask(hit.text, [replace(hit, start=0, end=len(hit.text))])


def _ids(text: str) -> _Found:
    for found in _ID.finditer(text):
        if _checks(found[0]):
            yield "id", *found.span()
    for found in _NAMED_ID.finditer(text):  # a misprinted number tells who it is as well
        yield "id", *found.span("it")
    for found in _OLD_ID.finditer(text):
        yield "id", *found.span()


def _checks(number: str) -> bool:
    """The check digit of GB 11643."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def _cards(text: str) -> _Found:
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if 15 < len(digits) < 20 and _luhn(digits):
            yield "card", *found.span()


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _phones(text: str) -> _Found:
    for pattern in (_MOBILE, _LANDLINE, _SPELT):
        for found in pattern.finditer(text):
            if not _is_public(text, found.start()):
                yield "phone", *found.span()
    for pattern in (_SPACED, _BARE_PHONE):
        for found in pattern.finditer(text):
            if not _is_public(text, found.start("it")):
                yield "phone", *found.span("it")


def _is_public(text: str, start: int) -> bool:
    """Whether the words before, back to the last full stop, offer the number to everybody."""
    before = re.split(r"[。\n]", text[max(0, start - _REACH) : start])[-1]
    return bool(_PUBLIC.search(before))


def _accounts(text: str) -> _Found:
    for kind, pattern in (("wechat", _WECHAT), ("qq", _QQ), ("account", _ACCOUNT)):
        for found in pattern.finditer(text):
            yield kind, *found.span("it")
    for found in _EMAIL.finditer(text):
        if not _is_public(text, found.start()):
            yield "email", *found.span()


def _plates(text: str) -> _Found:
    return (("plate", *found.span()) for found in _PLATE.finditer(text))


def _addresses(text: str) -> _Found:
    for found in _ADDRESS.finditer(text):
        if (_PLACE_WORD.search(found["it"]) or _DOOR.search(found["it"])) and not _MASKED.match(text, found.end()):
            yield "address", *found.span("it")
    for found in _ROOM.finditer(text):
        yield "address", *found.span("it")


def _names_told(text: str) -> _Found:
    """Names that a person's part or place introduces: 村民…反映, 我是某村的…, 代表：…、…."""
    for found in _LISTED.finditer(text):
        for name in re.finditer(SHORT_NAME, found["names"]):
            yield "name", found.start("names") + name.start(), found.start("names") + name.end()
    for pattern in (_OF_PLACE, _TOLD, _OF_VILLAGE, _SIGNED, _DESCRIBED, _SURNAME_ONLY, _ALONE):
        for found in pattern.finditer(text):
            if not is_no_name(found["name"]):
                yield "name", *found.span("name")


def _names_listed(text: str) -> _Found:
    """Names alone in a cell of a table, a line a row and tabs between, below a head that says whose names it lists."""
    at, is_listing = 0, False
    for row in text.split("\n") if "\t" in text else ():
        cells = row.split("\t")
        if is_listing := len(cells) > 1 and (is_listing or any(_NAMES_HEAD.fullmatch(one.strip()) for one in cells)):
            for found in _CELL.finditer(row):
                if not is_no_name(found["name"]):
                    yield "name", at + found.start("name"), at + found.end("name")
        at += len(row) + 1


def _names(text: str) -> _Found:
    for found in _NAME.finditer(text):
        start, longest = found.start("name"), found["name"]
        for length in range(len(longest), 1, -1):
            if _is_name(text, longest[:length], start + length, introduced=bool((found["colon"] or "").strip())):
                yield "name", start, start + length
                break


def _is_name(text: str, name: str, end: int, *, introduced: bool) -> bool:
    if _MASKED.search(name) or _MASKED.match(text, end):
        return False
    if "·" in name:
        return bool(_END.match(text, end))
    if _NO_NAME.match(name) and not introduced:
        return False
    strict = name[0] in _WORDLIKE and not introduced
    return bool((_STRONG_END if strict else _END).match(text, end))


_FINDERS: tuple[Callable[[str], _Found], ...] = (
    _ids,
    _cards,
    _accounts,
    _phones,
    _plates,
    _addresses,
    _names_told,
    _names_listed,
    _names,
)
