"""Field checks (现场核查): their kinds, what they may find, and who may hand one in."""

from bihuan.organisation.rules.duties import Capacity

ACCEPTANCE = "验收核查"
RECHECK = "复查"
PROOF = "年度核验"
KINDS = ("现场督导", ACCEPTANCE, RECHECK, "回头看", "抽查", "暗访", PROOF, "拒绝检查")
REACHED, NEARLY, NOT_REACHED = "达到", "基本达到", "未达到"
VERDICTS = (REACHED, NEARLY, NOT_REACHED)
LEAST_TEAM = 2  # persons
REFUSED = KINDS[-1]  # a check that was refused found nothing
COUNTY, CITY = "county", "city"
C = Capacity
BY_COUNTY = frozenset({C.COUNTY_CLERK, C.COUNTY})
BY_CITY = frozenset({C.FIELD, C.ACCEPTING, C.SUPERVISION, C.OFFICE_HEAD, C.OFFICE})
CHECKERS = BY_COUNTY | BY_CITY
NOT_YOURS = "您在这件事上没有现场核查的职责。"
