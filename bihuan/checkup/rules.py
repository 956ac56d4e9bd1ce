"""What is checked, how each check is called and grouped, and what settles it. Pure."""

from dataclasses import dataclass
from hashlib import sha256

GROUPS = ("件件有着落", "时限与节点", "信访核查", "重复与照搬", "没有读懂")


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its name, the group it stands in, what it finds, why that cannot be right, and what settles it."""

    name: str
    group: str
    label: str
    why: str
    settle: str


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: what it is about (a matter's code, a batch's or plan's name), in a sentence.

    `import_id` names the import in which it is settled, 0 where it is settled at the matter itself.
    """

    subject: str
    text: str
    import_id: int = 0

    @property
    def digest(self) -> str:
        """What an explanation of it explains: when the sentence changes, the explanation no longer holds."""
        return sha256(self.text.encode()).hexdigest()


RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "no_measure", "件件有着落", "问题没有措施", "已下达的问题至少要有一项措施。", "补充方案再导入，或退回方案。"
        ),
        Rule(
            "no_lead",
            "件件有着落",
            "问题没有牵头单位",
            "没有牵头单位，就没有人接这件事。",
            "在方案里补上牵头单位再导入。",
        ),
        Rule(
            "no_region",
            "件件有着落",
            "信访件没有落到县(市、区)",
            "不知道在哪里，就交不出去。",
            "在导入的存疑里选定，或取出填报改行政区域。",
        ),
        Rule("no_undertaking", "件件有着落", "信访件没有承办单位", "已交办的件必须有单位在办。", "打开该件改交。"),
        Rule(
            "batch_total",
            "件件有着落",
            "批次总数与件数不符",
            "印的总数应等于件数，或写明原因。",
            "打开导入写明差在哪里。",
        ),
        Rule(
            "measure_late",
            "时限与节点",
            "措施时限晚于问题时限",
            "措施都做完，问题才算改完。",
            "草案取出填报改时限；已下达的，导入修订的方案。",
        ),
        Rule(
            "milestone_late", "时限与节点", "节点晚于措施时限", "节点应落在措施时限之内。", "核对方案，导入修订的方案。"
        ),
        Rule(
            "year",
            "时限与节点",
            "时限的年份不可能",
            "时限早于督察进驻，或晚于十五年以后。",
            "草案取出填报改时限；已下达的，导入修订的方案。",
        ),
        Rule(
            "plan_order",
            "时限与节点",
            "下级方案早于上级方案",
            "下级方案依据上级方案制定。",
            "核对两份方案的印发日期，印错的导入修订的方案。",
        ),
        Rule(
            "received_late",
            "信访核查",
            "受理日期晚于交办日期",
            "先受理，后交办。",
            "核对受理编号和批次日期，取出填报改受理日期。",
        ),
        Rule(
            "sub_items",
            "信访核查",
            "分项结论与总的结论不符",
            "分项有属实有不属实，总的应为部分属实。",
            "核对调查结论，取出填报改是否属实。",
        ),
        Rule("no_need", "信访核查", "属实却写无需整改", "属实而不整改，要写明理由。", "取出填报，补写整改情况或理由。"),
        Rule(
            "foreign_place",
            "信访核查",
            "写着别的县(市、区)",
            "地名可能是从别的件照搬来的。",
            "核对原文，照搬错的取出填报改；确在交界处的，写明理由。",
        ),
        Rule(
            "number_twice", "重复与照搬", "同一受理编号出现两次", "一个编号只有一件。", "核对是不是同一件，写明理由。"
        ),
        Rule(
            "same_object",
            "重复与照搬",
            "同一地方同一对象被反映多次",
            "可能是重复件，也可能反弹。",
            "核对是重复还是反弹，写明理由。",
        ),
        Rule("same_text", "重复与照搬", "不同问题的措施一字不差", "措施可能是照搬的。", "核对措施是否对症。"),
        Rule(
            "deadline",
            "没有读懂",
            "时限没有读懂",
            "读不懂的时限不会提醒，也不会超期。",
            "草案取出填报写明哪一天；已下达的，导入修订的方案。",
        ),
        Rule("doubt", "没有读懂", "导入的存疑没有答", "存疑未答的件不能下达、不能交办。", "打开导入，逐条作答。"),
    )
}
