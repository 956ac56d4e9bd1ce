"""Evidence (佐证): its kinds, and who may add it or declare it void."""

from decimal import Decimal

from bihuan.organisation.rules.duties import Capacity

BEFORE, DURING, AFTER = "整改前照片", "整改中照片", "整改后照片"
PHOTOS = frozenset({BEFORE, DURING, AFTER})
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
KINDS = (
    BEFORE,
    DURING,
    AFTER,
    "监测报告",
    "执法文书",
    "工程资料",
    "制度文件",
    "会议纪要",
    "公示截图",
    "其他",
)
C = Capacity
ADDERS = frozenset(
    {
        C.REPORTING,
        C.RESPONSIBLE,
        C.LEAD,
        C.LEAD_HEAD,
        C.COUNTY_CLERK,
        C.COUNTY,
        C.ACCEPTING,
        C.FIELD,
        C.OFFICE,
        C.SUPERVISION,
        C.PUBLICITY,
        C.OFFICE_HEAD,
    }
)
WAIVERS = frozenset({C.REPORTING, C.LEAD, C.LEAD_HEAD})
CONFIRMERS = frozenset({C.ACCEPTING})
NOT_YOURS = "您在这件事上没有添佐证的职责。"
FROZEN = "这一轮已经闭合，卷宗已冻结，材料不能作废、不能重新配对；有误的，放上更正说明。"


def unlike_kind(kind: str, name: str) -> str:
    """Why a file of that name is not of that kind, or "": what is called a photograph is one."""
    if kind not in PHOTOS or name.lower().endswith(PICTURES):
        return ""
    return f"“{name}”不是照片，不能作{kind}，请另选种类（监测报告、执法文书、其他等）。"


def position_words(latitude: Decimal | None, longitude: Decimal | None, datum: str) -> str:
    """Where something was seen, by which system, or "" where nobody knows: 38.12345, 116.54321（WGS84）."""
    return "" if latitude is None or longitude is None else f"{latitude:.5f}, {longitude:.5f}（{datum}）"
