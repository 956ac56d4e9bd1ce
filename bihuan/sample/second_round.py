"""Tables of a second, provincial inspection in the form of the third round: with goal, closing and accountability."""

import io
from collections.abc import Callable

from docx import Document

HEADS = (
    "序号",
    "受理编号",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "调查核实情况",
    "是否属实",
    "办结目标",
    "处理和整改情况",
    "是否办结",
    "责任人被处理情况",
)
CALLER = {  # invented, as everybody here; what the petition desk has written down of him beside his words
    "name": "赵小禾",
    "phone": "13900000001",
    "address": "东光县南霞口镇某某村12号",
    "note": "晚上八点以后方便接电话",
}
CALLERS_ROW = 4
SAME_AGAIN, OF_ANOTHER_KIND = "X3HE202211230012", "D3HE202211230027"  # near the firm whose problem was signed off
ROWS = (
    (
        "1",
        "X3HE202211180007",
        "任丘市××镇××村南有人露天焚烧电缆，黑烟刺鼻；村内道路常年不清扫，扬尘大。",
        "任丘市",
        "大气",
        "经查，村南空地有焚烧痕迹，现场遗留电缆外皮约30公斤；村内道路有保洁人员，但清扫频次不足。",
        "部分属实",
        "查处焚烧行为，落实保洁制度。",
        "属地派出所对当事人予以行政处罚；镇政府增加保洁人员4名，每日清扫2次。",
        "已办结",
        "约谈村干部1人",
    ),
    (
        "2",
        "D3HE202211190021*",
        "河间市××街道某某小区地下车库积存污水，气味难闻，物业不作为。",
        "河间市",
        "水",
        "经查，车库集水井水泵损坏，积水约40立方米。",
        "属实",
        "排除积水，修复设施。",
        "已更换水泵2台，积水全部抽排，物业建立巡查制度。",
        "已办结",
        "无",
    ),
    (
        "3",
        "D3HE202211210033",
        "黄骅市××镇某某冷库夜间噪声大，影响休息。",
        "黄骅市",
        "噪声",
        "经监测，冷库西侧厂界夜间噪声超标3分贝。",
        "属实",
        "完成隔声改造，厂界噪声达标。",
        "企业已签订隔声改造合同，计划2023年1月底前完成。",
        "阶段性办结",
        "无",
    ),
    (
        "4",
        "X3HE202211220010",
        "我叫赵小禾，电话13900000001。东光县××乡××村北取土坑倾倒建筑垃圾，要求清理。",
        "东光县",
        "固废",
        "经查，坑内有建筑垃圾约260立方米，为附近拆迁遗留。",
        "属实",
        "清理建筑垃圾，完成生态修复。",
        "已清理180立方米，其余计划2022年12月25日前清理完毕。",
        "正在办理",
        "无",
    ),
    (
        "5",
        SAME_AGAIN,
        "南排河镇沧州澜丰水产有限公司又在岸边堆放废旧渔网和建筑垃圾，涨潮时冲进海里。",
        "渤海新区",
        "固废",
        "经查，岸边堆放废旧渔网约6吨、建筑垃圾约20立方米，为该公司清库时临时堆放。",
        "属实",
        "清理堆放物，恢复岸线。",
        "已责令立即清理，计划2022年12月31日前清理完毕。",
        "正在办理",
        "无",
    ),
    (
        "6",
        OF_ANOTHER_KIND,
        "南排河镇澜丰水产公司门前道路运输车辆带泥上路，扬尘大。",
        "渤海新区",
        "扬尘",
        "经查，公司门前道路未硬化，运输车辆出入未冲洗。",
        "属实",
        "硬化道路，冲洗车辆。",
        "已铺设碎石300平方米，设置冲洗点1处。",
        "已办结",
        "无",
    ),
)


def table() -> bytes:
    """One batch of the provincial inspection."""
    paper = Document()
    paper.add_paragraph("沧州市群众信访举报转办和边督边改公开情况一览表")
    paper.add_paragraph("（第8批 2022年11月24日）")
    sheet = paper.add_table(rows=1, cols=len(HEADS))
    for row in (HEADS, *ROWS):
        cells = sheet.rows[0].cells if row is HEADS else sheet.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


SECOND_ROUND: tuple[tuple[str, Callable[[], bytes]], ...] = (("省级督察第8批信访举报件.docx", table),)
