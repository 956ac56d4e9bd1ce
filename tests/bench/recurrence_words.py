"""Words of made recurrences: two pools that share no city, core, village or sentence: one to tune by, one held out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Industry:
    """A trade: how companies write it, the type of its pollution, and what people say of it in several ways."""

    trades: tuple[str, ...]
    type: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything that one made city is written with."""

    city: str
    centre: tuple[float, float]
    cores: tuple[str, ...]
    generic: tuple[str, ...]
    heads: str
    tails: tuple[str, ...]
    industries: tuple[Industry, ...]
    unnamed: tuple[Industry, ...]
    roads: tuple[str, ...]
    parks: tuple[str, ...]
    openings: tuple[str, ...]
    boilerplate: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(text.split())


TUNING = Pool(
    city="130900",
    centre=(38.30, 116.85),
    cores=words("""
        天艺 润泽源 博凯 瑞海 泓森 蓝洋 盛唐 科隆达 鼎峰 奥瑞 恒驰 永业 三友 凯琳
        汇泉 金晟 朗博 贝尔特 中创 旭阳升 远大方 佳丽雅 德润 锦苑 铭扬 裕田 海川通 龙旺
        百川 晨晖 伟拓 兆丰年 亿佳 冠群 睿诚 正泽 嘉禾丰 东润 祥瑞安 普惠源
    """),
    generic=words("华兴 宏达 金鑫 顺达 鑫源 永兴"),
    heads="张王李赵刘陈杨孙马高郭田董于吕崔倪史邢尚齐卢康苗冀姚",
    tails=words("庄村 家庄村 屯村 营村 店村 桥村 家洼村 官屯村 寺村 家坟村 各庄村 楼村"),
    industries=(
        Industry(
            words("纸业 造纸 纸制品"), "水", ("生产废水直排村外沟渠", "污水排到沟里，水发黑发臭", "夜间偷排造纸废水")
        ),
        Industry(
            words("采暖设备 暖气片 散热器"), "大气", ("喷涂工序无环保设施，刺鼻废气无组织排放", "喷漆气味大，不敢开窗")
        ),
        Industry(
            words("化工 精细化工 化学"),
            "大气",
            ("夜间排放刺激性气味", "经常闻到酸臭味，呛得人咳嗽", "废气直排，异味扰民"),
        ),
        Industry(words("建材 水泥制品 管桩"), "大气", ("物料露天堆放，扬尘污染严重", "沙石料没有苫盖，刮风时尘土飞扬")),
        Industry(words("养殖 牧业 畜牧"), "水", ("粪污未经处理排入坑塘", "养猪场的粪水流到村边沟里，臭气熏天")),
        Industry(words("金属制品 机械 铸造"), "噪声", ("昼夜生产，机器轰鸣，噪声扰民", "冲床噪音很大，影响老人休息")),
        Industry(words("塑料 塑业 再生资源"), "固废", ("废塑料随意倾倒在坑里", "院内堆存大量废旧塑料，焚烧下脚料")),
        Industry(words("皮革 裘革 皮毛"), "水", ("鞣制废水渗入地下，井水变色", "硝皮子的污水直排渗坑")),
    ),
    unnamed=(
        Industry(words("垃圾堆"), "固废", ("堆放有大量生活、建筑垃圾，长期无人清理", "垃圾遍地，成了垃圾场，没人管")),
        Industry(words("坑塘"), "水", ("坑塘水体黑臭，蚊蝇滋生", "大坑里的水又黑又臭")),
        Industry(words("道路"), "大气", ("大车经过时扬尘严重，路面无人洒水", "土路过车就起土，灰尘很大")),
        Industry(words("养鸡棚"), "大气", ("鸡粪露天堆放，恶臭扰民", "鸡棚臭味大，夏天苍蝇多")),
    ),
    roads=words("307国道 渤海大道 迎宾路 光明街 104国道 运河西路 石黄辅路 建设北大街 廊泊路 海丰大街"),
    parks=words("临港化工产业园 西环工业园区 管道装备制造园区 皮毛产业园区 新材料产业园 河间北工业园"),
    openings=("群众反映，", "举报人反映：", "来电反映", "群众来信称，", "投诉人反映："),
    boilerplate=(
        "接到交办单后，{county}高度重视，立即组织{town}政府对反映问题进行现场核查。经核查，该举报属实。",
        "经查，群众反映问题部分属实。执法人员现场提出整改要求，责令限期整改，目前已整改完毕。",
        "已责令停产整改，生产设备断水断电，调查情况已在政府网站进行了公示。",
    ),
)

HOLDOUT = Pool(
    city="131100",
    centre=(37.75, 115.70),
    cores=words("""
        德翰 鲲鹏 立新源 美格 昊宇 西岭 兰亭 浩瀚 劲牛 翔云 聚贤 启航 优创 百瑞
        金桥梁 辰光 伯乐 万联 瑞吉祥 飞腾 诺亚 冀衡通 三维 森林狼 元亨 惠康 泰山石 京安源
        博越 益丰园 康博 沃德 星辉 卓越达 双赢 锐驰 利群 圣洁 新纪元 双鸽
    """),
    generic=words("恒盛 宏远 华泰 鑫达 兴旺 鸿运"),
    heads="韩魏徐宋谢冯邓曹彭曾萧蔡潘袁许丁沈任卞钟谭邹熊孟秦江",
    tails=words("村 家村 家寨村 辛庄村 口村 家铺村 林村 家堤村 町村 里村 王村 家角村"),
    industries=(
        Industry(
            words("橡胶制品 橡塑 胶管"),
            "大气",
            ("硫化车间气味难闻，没有收集", "烧胶皮的味道整夜不散", "炼胶废气未经处理外排"),
        ),
        Industry(
            words("电镀 表面处理 金属表面"), "水", ("酸洗废水排进渗坑", "倾倒电镀废液，地下水发黄", "污水私接暗管外排")
        ),
        Industry(words("玻璃钢 复合材料 玻纤"), "大气", ("树脂味刺鼻，打磨粉尘到处飘", "糊制玻璃钢时气味呛人")),
        Industry(
            words("家具 木业 板材"), "大气", ("喷漆房敞开作业，油漆味浓", "锯末粉尘大，落满窗台", "刨花板车间烟气直排")
        ),
        Industry(words("丝网 金属网 网业"), "噪声", ("织网机日夜不停，吵得睡不着", "机器声音大，夜里也开工")),
        Industry(words("酒业 酿造 食品"), "水", ("酒糟水外流，河沟发酸发臭", "清洗废水没有处理就排到河里")),
        Industry(words("商砼 混凝土 搅拌站"), "大气", ("罐车进出带泥，粉尘污染", "料仓没有封闭，白灰漫天")),
        Industry(words("再生资源 废旧金属 回收"), "固废", ("拆解废旧电瓶，废酸倒在地上", "废渣随便堆在院外空地")),
    ),
    unnamed=(
        Industry(words("河渠"), "水", ("河渠里污水横流，颜色发黑", "渠水发黑，一到夏天臭得很")),
        Industry(words("沙坑"), "固废", ("有人往沙坑里倒渣土和工业固体废物", "渣土车夜里往大沙坑卸土卸废料")),
        Industry(words("秸秆堆"), "大气", ("有人焚烧秸秆和垃圾，黑烟滚滚", "烧麦茬，烟大得睁不开眼")),
        Industry(words("养羊圈"), "大气", ("羊粪味道大，紧挨住户", "羊圈挨着民房，骚臭味难忍")),
    ),
    roads=words("人民路 106国道 榕花大街 京衡大道 282省道 胜利西路 中湖大道 前进街 滏阳路 和平东路"),
    parks=words("循环经济园区 武邑东工业区 丝网产业园 橡胶产业园 北方建材产业园 滨湖产业园"),
    openings=("信访人反映，", "市民反映：", "举报件称", "有村民来访反映，", "电话举报："),
    boilerplate=(
        "收到转办件后，{county}主要领导作出批示，{town}会同有关部门赴现场调查。反映情况基本属实。",
        "经现场勘察，该处确有污染问题，当场下达责令改正通知书，现已按要求完成整改。",
        "按照“两断三清”标准予以取缔，已恢复原貌，并建立长效机制，防止反弹。",
    ),
)
