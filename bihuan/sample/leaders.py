"""Who answers in person for each problem of the sample city's plan. Everybody here is invented."""

from dataclasses import replace

from bihuan.sample.plan_shapes import AspectText, CampaignText, ProblemText

LEADERS = {
    "government": "许某（常务副市长）",
    "ecology": "宋某（副市长）",
    "farming": "曹某（副市长）",
    "building": "彭某（副市长）",
    "industry": "董某（副市长）",
    "ocean": "袁某（渤海新区党工委副书记）",
    "party": "蒋某（市委副书记）",
}
# The leader who takes each problem in charge, and the responsible person, by its number.
ANSWERING = {
    1: ("party", "邓某"),
    2: ("government", "傅某"),
    3: ("ecology", "沈某"),
    4: ("farming", "曾某"),
    5: ("ecology", "沈某"),
    6: ("ecology", "彭某某"),
    7: ("building", "吕某"),
    8: ("farming", "苏某"),
    9: ("building", "卢某"),
    10: ("ecology", "蔡某"),
    11: ("ecology", "蔡某"),
    12: ("farming", "贾某"),
    13: ("ocean", "丁某"),
    14: ("ocean", "魏某"),
    15: ("government", "薛某"),
    16: ("building", "叶某"),
    17: ("ecology", "阎某"),
    18: ("industry", "余某"),
}


def answered(plan: tuple[AspectText, ...]) -> tuple[AspectText, ...]:
    """The plan with the labelled lines that name persons, at every problem."""
    return tuple(replace(aspect, campaigns=tuple(_campaign(one) for one in aspect.campaigns)) for aspect in plan)


def _campaign(campaign: CampaignText) -> CampaignText:
    return replace(campaign, problems=tuple(_problem(one) for one in campaign.problems))


def _problem(problem: ProblemText) -> ProblemText:
    leader, person = ANSWERING[problem.number]
    return replace(problem, more=problem.more | {"包案领导": LEADERS[leader], "责任人": person})
