"""The usual departments of a city or county, with the spellings, short forms and former names papers use for them.

Hides nothing but the table: a directory hangs these names onto a place.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """One department without its place. `spellings` are equally official; `aliases` are short; `former` is history."""

    name: str
    spellings: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    kind: str = "部门"


def _row(line: str, kind: str = "部门") -> Department:
    parts = [tuple(name for name in part.split() if name) for part in (line + "|||").split("|")[:4]]
    return Department(parts[0][0], parts[1], parts[2], parts[3], kind)


# name | other official spellings | short forms | former names
_ROWS = """
生态环境局|||环境保护局 环保局
水利局|||水务局 水利水务局
住房城乡建设局|住房和城乡建设局|住建局|建设局 城乡建设局 城乡规划建设局 住房和城乡规划建设局
自然资源和规划局|自然资源规划局 自然资源局|资规局 自规局|国土资源局 国土局 规划局 城乡规划局 国土资源和规划局
城市管理综合行政执法局|城市管理局 综合行政执法局 城管执法局 城市管理和综合执法局|城管局|城市管理行政执法局
农业农村局|||农业局 农牧局 畜牧水产局 畜牧局 农林局
发展和改革委员会|发展改革委 发展和改革局 发展改革局|发改委 发改局|发展计划委员会
工业和信息化局|工业和信息化委员会|工信局 工信委|经济和信息化委员会 经信委
交通运输局||交通局|交通运输委员会
海洋和港航管理局|||港航管理局 海洋局
公安局
财政局
应急管理局||应急局|安全生产监督管理局 安监局
市场监督管理局|市场监管局||工商行政管理局 工商局 质量技术监督局 质监局 食品药品监督管理局
行政审批局|政务服务管理局 数据和政务服务局
科学技术局|科技局||
教育局|||教育体育局
民政局
司法局|||法制办
人力资源和社会保障局|人力资源社会保障局|人社局|
审计局
统计局
商务局||||
文化广电和旅游局|文化广电旅游局 文化和旅游局|文旅局 文广旅局|文化广电新闻出版局 旅游局
卫生健康委员会|卫生健康委 卫生健康局|卫健委 卫健局|卫生和计划生育委员会 卫生局 卫计委
退役军人事务局
国有资产监督管理委员会|国资委||
林业局|林业和草原局||
气象局
乡村振兴局|||扶贫办 扶贫开发办公室
医疗保障局|医保局||
信访局
机关事务管理局
供销合作社|供销社||
税务局
园林绿化局|园林局||
公用事业管理局|||公用事业局
数据局
邮政管理局
消防救援支队|消防救援大队||
交通警察支队|交警支队 交通警察大队 交警大队 公安局交通警察支队 公安局交警支队 公安局交通警察大队 公安局交警大队||
粮食和物资储备局|||粮食局
能源局
人民法院|法院||
人民检察院|检察院||
人大常委会办公室|人大常委会||
政协办公室|政协||
总工会
""".strip().splitlines()

_PARTY = """
委办公室||委办|
委组织部
委宣传部
委统战部
委政法委|委政法委员会||
委网信办|委网络安全和信息化委员会办公室||
委编办|委机构编制委员会办公室||
委督查室|委督查考评办||
委党校
政府办公室|人民政府办公室|政府办|
政府督查室|督查考评办||
""".strip().splitlines()

_RECTIFICATION = """
整改办|环保督察整改工作领导小组办公室 生态环境保护督察整改工作领导小组办公室 环境保护督察整改工作领导小组办公室||
生态环境保护委员会办公室|生态环境保护委员会 生态环境委员会办公室 生态环境委员会||环境保护委员会办公室
大气污染防治工作领导小组办公室|大气办||
""".strip().splitlines()

DEPARTMENTS: tuple[Department, ...] = (
    *(_row(line) for line in _ROWS),
    *(_row(line) for line in _PARTY),
    *(_row(line, "整改办") for line in _RECTIFICATION),
    _row("纪委监委|纪委 监委 纪律检查委员会 监察委员会||监察局", "纪委监委"),
)
