"""What a text says pollutes: other words for one cause (养猪场, 粪污, 猪粪) are one.

Hides the words. A cause that it does not know is no cause, so two texts without a cause in common may still be of one.
"""

import re

_WORDS = {
    "养殖": "养殖|猪场|养猪|养鸡|养牛|养羊|养鸭|鸡棚|鸡舍|猪舍|羊圈|牛棚|粪污|粪便|粪水|[猪鸡牛羊]粪|畜牧|畜禽|牧业",
    "垃圾": "垃圾|渣土|建筑废料",
    "焚烧": "焚烧|秸秆|烧荒|烧麦",
    "餐饮": "油烟|饭店|烧烤|餐饮|餐馆|酒楼|食堂",
    "喷涂": "喷涂|喷漆|涂装|油漆|烤漆|漆味",
    "造纸": "造纸|纸业|纸厂|纸制品|纸浆",
    "化工": "化工|化学|制药|农药|染料|树脂",
    "砂石建材": "砂石|石料|采石|水泥|混凝土|搅拌|商砼|石灰|砖厂|物料露天",
    "道路扬尘": "(?<!大)道路(?![东西南北])|路面|土路|大车经过",
    "木材": "木业|家具|板材|锯末|刨花",
    "金属加工": "铸造|机械加工|冲床|金属制品|五金|轧钢",
    "电镀酸洗": "电镀|酸洗|镀锌|表面处理",
    "塑料橡胶": "塑料|塑业|橡胶|橡塑|胶皮|硫化|炼胶",
    "废旧拆解": "拆解|废旧|再生资源|电瓶",
    "皮革": "皮革|皮毛|鞣制|硝皮|裘革",
    "采矿": "采矿|矿山|矿石|尾矿|选矿",
    "黑臭水体": "黑臭|坑塘|水坑|大坑里的水|河渠",
    "施工": "工地|施工|拆迁",
}
_CAUSES = {cause: re.compile(words) for cause, words in _WORDS.items()}


def causes_in(text: str) -> frozenset[str]:
    """The causes that a text (in Simplified characters) names."""
    return frozenset(cause for cause, words in _CAUSES.items() if words.search(text))
