"""The sample office: regions, units, posts, invented people and their demonstration accounts.

The units are those a city like Cangzhou has; every person is invented and is called by a surname and 某.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.matters import actions as matters
from bihuan.organisation.actions import appointing, organising
from bihuan.organisation.queries import scope, staff
from bihuan.organisation.rules.duties import Role

if TYPE_CHECKING:
    from bihuan.matters.models import Inspection
    from bihuan.organisation.models import Unit

CITY = "130900"
OFFICE = "沧州市整改办"
SINCE = date(2022, 1, 1)
SEATED_ON = date(2022, 7, 8)  # a day on which everybody holds his post
PASSWORD = "bihuan-demo"  # noqa: S105 -- the demonstration's, printed at start, on loopback only
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
LOGINS = (
    ("fushizhang", "分管副市长", "沧州市委和市政府", "副市长", Role.FIRST_RESPONSIBLE),
    ("zhuren", "市整改办主任", "沧州市整改办", "主任", Role.OFFICE_HEAD),
    ("zonghe", "综合协调组经办", "沧州市整改办", "综合协调组经办", Role.COORDINATION),
    ("duban", "整改督办组经办", "沧州市整改办", "整改督办组经办", Role.SUPERVISION),
    ("xuanchuan", "信息宣传组经办", "沧州市整改办", "信息宣传组经办", Role.PUBLICITY),
    ("xinfang", "信访专员", "沧州市整改办", "信访专员", Role.PETITION_DESK),
    ("shuili", "市水利局审核人", "沧州市水利局", "督察整改审核", Role.UNIT_APPROVER),
    ("shuili-bao", "市水利局填报员", "沧州市水利局", "督察整改填报", Role.REPORTER),
    ("shuili-ju", "市水利局局长", "沧州市水利局", "局长", Role.UNIT_HEAD),
    ("cangxian", "沧县整改办审核人", "沧县党委和政府", "县整改办审核", Role.COUNTY_APPROVER),
    ("cangxian-dw", "沧县审核人", "沧县党委和政府", "督察整改审核", Role.UNIT_APPROVER),
    ("cangxian-bao", "沧县填报员", "沧县党委和政府", "督察整改填报", Role.REPORTER),
    ("cangxian-zz", "沧县县长", "沧县党委和政府", "县长", Role.UNIT_HEAD),
    ("qingxian", "青县审核人", "青县党委和政府", "督察整改审核", Role.UNIT_APPROVER),
    ("xianxian", "献县整改办审核人", "献县党委和政府", "县整改办审核", Role.COUNTY_APPROVER),
    ("yanshou", "市自然资源和规划局验收经办", "沧州市自然资源和规划局", "验收经办", Role.ACCEPTANCE_CLERK),
    ("zhuanjia", "验收专家", "沧州市整改办", "湿地生态专家", Role.ACCEPTANCE_EXPERT),
    ("xitong", "系统管理员", "沧州市整改办", "系统管理员", Role.SYSTEM_ADMIN),
    ("anquan", "安全管理员", "沧州市整改办", "安全管理员", Role.SECURITY_ADMIN),
    ("shenji", "审计管理员", "沧州市整改办", "审计管理员", Role.AUDIT_ADMIN),
)
MORE = (  # whoever else the closings need, without an account
    ("渤海新区党工委和管委会", "督察整改填报", Role.REPORTER),
    ("献县党委和政府", "督察整改填报", Role.REPORTER),
    ("海兴县党委和政府", "督察整改填报", Role.REPORTER),
    ("沧州市海洋和港航管理局", "局长", Role.UNIT_HEAD),
    ("沧州市农业农村局", "局长", Role.UNIT_HEAD),
    ("沧州市自然资源和规划局", "局长", Role.UNIT_HEAD),
    ("沧州市生态环境局", "验收经办", Role.ACCEPTANCE_CLERK),
    ("沧州市整改办", "水利工程专家", Role.ACCEPTANCE_EXPERT),
)

COUNTY_SEATS = (("督察整改填报", Role.REPORTER), ("县整改办审核", Role.COUNTY_APPROVER))


@dataclass(frozen=True, slots=True)
class Office:
    """What the papers and the steps of the sample need to name."""

    by: Actor
    inspections: dict[str, Inspection]
    units: dict[str, Unit]


def furnish(at: datetime) -> Office:
    """Set the office up: the city's places, its units, who holds which post, two inspections."""
    return _furnish(by=Actor.system("样例城市", CITY), at=at)


def actor_of(login: str) -> Actor:
    """The demonstration account's person, with the posts of that time."""
    return scope.actor_for(staff.accounts().get(username=login), SEATED_ON)


@action
def _furnish(*, by: Actor, at: datetime) -> Office:
    units = organising.open_office(CITY, by=by, at=at)
    _people(units, by, at)
    rules = matters.add_rule_set("中央督察缺省规则", by=by, at=at)
    provincial = matters.add_rule_set("省级督察规则", by=by, at=at, reply_days=7)
    city = units[OFFICE].region
    inspections = {
        "HE2": matters.add_inspection(
            "HE2",
            "第二轮中央生态环境保护督察",
            by=by,
            at=at,
            level="中央",
            kind="例行",
            round_number=2,
            region=city,
            rule_set=rules,
            on_site_from=date(2022, 3, 23),
            on_site_until=date(2022, 4, 23),
            feedback_on=date(2022, 6, 1),
        ),
        "HES3": matters.add_inspection(
            "HES3",
            "第三轮河北省生态环境保护督察",
            by=by,
            at=at,
            level="省级",
            kind="例行",
            round_number=3,
            region=city,
            rule_set=provincial,
            on_site_from=date(2022, 11, 16),
            on_site_until=date(2022, 12, 16),
        ),
    }
    return Office(by, inspections, units)


def _people(units: dict[str, Unit], by: Actor, at: datetime) -> None:
    surnames = iter(SURNAMES * 4)
    seats = [
        (unit, "党政主要负责同志", Role.FIRST_RESPONSIBLE, "") for unit in units.values() if unit.kind == "党委政府"
    ]
    logins = {(unit, title) for _, _, unit, title, _ in LOGINS}
    seats += [
        (unit, "督察整改审核", Role.UNIT_APPROVER, "")
        for unit in units.values()
        if unit.name != OFFICE and (unit.name, "督察整改审核") not in logins
    ]
    seats += [(units[unit], title, role, login) for login, _, unit, title, role in LOGINS]
    seats += [(units[unit], title, role, "") for unit, title, role in MORE]
    taken = {(unit.name, role) for unit, _, role, _ in seats}
    seats += [
        (unit, title, role, "")
        for unit in units.values()
        for title, role in COUNTY_SEATS
        if unit.kind == "党委政府" and unit.region.level != "city" and (unit.name, role) not in taken
    ]
    for unit, title, role, login in seats:
        person = appointing.add_person(f"{next(surnames)}某", by=by, at=at)
        post = appointing.add_post(unit, title, by=by, at=at)
        appointing.appoint(person, post, role, starts_on=SINCE, by=by, at=at)
        if login:
            appointing.open_account(person, login, PASSWORD, by=by, at=at)
    group = organising.add_group("沧州市环保督察整改工作领导小组", by=by, at=at)
    office = organising.add_group("领导小组办公室(市整改办)", by=by, at=at, parent=group)
    for name in ("综合协调组", "整改督办组", "责任追究组", "信息宣传组"):
        organising.add_group(name, by=by, at=at, parent=office)
