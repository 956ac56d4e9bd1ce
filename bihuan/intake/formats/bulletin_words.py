"""What the figures of a bulletin are called: what came of petitions, and how far they are."""

COUNTS = {
    "fine_yuan": "罚款(元)",
    "fined_cases": "立案处罚",
    "filed_cases": "立案",
    "criminal_cases": "刑事立案",
    "suspended": "停产",
    "sealed": "查封",
    "closed_down": "关停取缔",
    "ordered_correction": "责令改正",
    "administrative_detention": "行政拘留",
    "criminal_detention": "刑事拘留",
    "detention": "拘留",
    "summoned": "约谈",
    "accountable": "问责",
}
SETTLED = {
    "closed": "已办结",
    "staged": "阶段性办结",
    "open": "未办结",
    "unchecked": "尚未核实",
    "finished": "完成整改",
    "merged": "整合搬迁",
    "upgraded": "整治改造",
}
