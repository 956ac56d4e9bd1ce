"""What is found in a petition before it leaves, what is not, and how it is masked. People are invented."""

import pytest

from bihuan.lib.redact import mask, masked, scan


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.text) for hit in scan(text)]


def identity(stem: str) -> str:
    """Seventeen invented digits with the check digit that belongs to them."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11]


VALID = identity("13092119800101999")
WRONG = VALID[:-1] + ("0" if VALID[-1] != "0" else "1")


TELLING = (
    ("我叫张小凡,住在附近", "name", "张小凡"),
    ("我是李四,反映噪声", "name", "李四"),
    ("举报人:王大明 反映", "name", "王大明"),
    ("投诉人赵六反映某厂排污", "name", "赵六"),
    ("联系人:欧阳小芳", "name", "欧阳小芳"),
    ("姓名：古丽·买买提，女", "name", "古丽·买买提"),
    ("信访人曾大勇,电话不便透露", "name", "曾大勇"),
    ("回电13900000000即可", "phone", "13900000000"),
    ("手机:139 0000 0000", "phone", "139 0000 0000"),
    ("全角１３９００００００００", "phone", "１３９００００００００"),
    ("家里电话0317-2000000", "phone", "0317-2000000"),
    ("联系电话:2000000", "phone", "2000000"),
    (f"身份证{VALID}", "id", VALID),
    (f"证件{VALID}", "id", VALID),
    (f"身份证号:{WRONG}", "id", WRONG),
    ("旧证130921800101999", "id", "130921800101999"),
    ("卡号6222020000000000000", "card", "6222020000000000000"),
    ("卡号4000 0000 0000 0002", "card", "4000 0000 0000 0002"),
    ("车牌冀J·A1234的货车", "plate", "冀J·A1234"),
    ("新能源车冀JD12345", "plate", "冀JD12345"),
    ("微信号:zhang_xiaofan88", "wechat", "zhang_xiaofan88"),
    ("QQ:100001234", "qq", "100001234"),
    ("邮箱fan@example.com", "email", "fan@example.com"),
    ("家住沧县杜林镇某某村12号", "address", "沧县杜林镇某某村12号"),
    ("住址:运河区水月寺街道3号楼2单元501室,夜间", "address", "运河区水月寺街道3号楼2单元501室"),
    ("我住在幸福小区5栋,", "address", "幸福小区5栋"),
    ("本人姓陈，住沧县杜林乡某某村", "name", "陈"),
    ("本人姓陈，住沧县杜林乡某某村", "address", "沧县杜林乡某某村"),
    ("我是南皮县某镇东庄村的李大壮，反映养猪场", "name", "李大壮"),
    ("我是XX村的田小野，手机", "name", "田小野"),
    ("本人系东光县某镇的退休教师杨志,", "name", "杨志"),
    ("反映人是肃宁县的许明明,男", "name", "许明明"),
    ("我是第二中学的学生家长冯小娟,学校", "name", "冯小娟"),
    ("村民吴小兰反映:村东", "name", "吴小兰"),
    ("老住户魏国庆多次反映", "name", "魏国庆"),
    ("沧县杜林镇某村王建国（电话13931712345）反映村东冒黑烟", "name", "王建国"),
    ("青县流河镇××村张秀英来信反映粪污直排", "name", "张秀英"),
    ("落款：沧县某乡村民 吕德胜 2022年4月10日", "name", "吕德胜"),
    ("匿名信，落款“知情人 周小树”", "name", "周小树"),
    ("我爱人叫钱小英，在该厂上班", "name", "钱小英"),
    ("投诉者：贾小玉 下午来电", "name", "贾小玉"),
    ("张小丰，男，45岁，反映", "name", "张小丰"),
    ("小区业主，房号3-1-502，", "address", "3-1-502"),
    ("群众郑强来电反映工地", "name", "郑强"),
    ("业主谢小芳（住3-2-1101）投诉", "name", "谢小芳"),
    ("业主谢小芳（住3-2-1101）投诉", "address", "3-2-1101"),
    ("本人名叫何小伟,现住", "name", "何小伟"),
    ("村民代表:曹国、邓小红、彭玉联名举报", "name", "邓小红"),
    ("村民代表:曹国、邓小红、彭玉联名举报", "name", "彭玉"),
    ("电话1 3 9 0 0 0 0 0 0 0 0。", "phone", "1 3 9 0 0 0 0 0 0 0 0"),
    ("电话是:139.0000.0000", "phone", "139.0000.0000"),
    ("手机一三九零零零零零零零零,", "phone", "一三九零零零零零零零零"),
    ("电话幺三九，零零零零，零零零零", "phone", "幺三九，零零零零，零零零零"),
    ("电话为 壹叁玖零零零零零零零零", "phone", "壹叁玖零零零零零零零零"),
    ("座机0317－2000000转801", "phone", "0317－2000000"),
    ("抖音号:fan_xiao2020,", "account", "fan_xiao2020"),
    ("李小燕反映:楼下烧烤", "name", "李小燕"),
    ("我，贾小林，实名举报", "name", "贾小林"),
    ("张女士（1 3 9 0 0 0 0 0 0 0 0）", "phone", "1 3 9 0 0 0 0 0 0 0 0"),
    ("本人居住于河间市某某小区6-1-502", "address", "河间市某某小区6-1-502"),
)


@pytest.mark.parametrize(("text", "kind", "words"), TELLING)
def test_a_petitioners_data_is_found(text: str, kind: str, words: str) -> None:
    assert (kind, words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "史某某喷涂厂、张某某喷涂厂,无环评手续",
        "举报人张某某反映",
        "联系人:张**",
        "联系人:联系人",
        "投诉人要求立即停止非法采石",
        "投诉人反映的村南侧100米处道路",
        "举报人曾多次反映未果",
        "举报人常年反映异味",
        "投诉人向有关部门反映",
        "我是沧县的村民",
        "我是张家口市民",
        "我是王家村村民",
        "任丘市天艺采暖设备厂、任丘市史二采暖设备厂",
        "监督电话:0317-2000000,邮箱:office@example.org",
        "值班电话：（0311）20000000",
        "受理电话:13900000000",
        "环保热线12369、12345",
        "手机号码:138****0000",
        "D2HE202204120031",
        "D410000201806210057",
        "X3600220200711005",
        "黑环督呈[2018]53号",
        "2022年4月12日至2022年10月10日",
        "20220412",
        "罚款251542.71元",
        f"编号{WRONG}",
        "编号6222020000000000001",
        "居民住在楼上",
        "冀中南地区",
        "130921199",
        "我是一名普通居民,反映油烟扰民",
        "我是红旗小区居民",
        "张家庄反映:村西有料场",
        "我姓甚名谁不便透露",
        "群众陆续反映,居民严重投诉,村民常年举报",
        "村民代表反映强烈",
        "某村农户来信反映,李庄党员来电举报,王村居民（电话已登记）",
        "村民马路边倒垃圾,业主谢绝采访",
        "经区住建局和镇政府核查,住户家中有油烟",
        "群众一三五月份举报,第一二三四五六七八九十批",
        "面积1.3 4.5 6.7 8.9 1.0 2.3公顷",
        "罚款13800000000元",
        "该厂负责人高某，男，45岁",
        "群众 满意，",
        "业主 代表大会",
        "儿子叫他回家",
        "门牌号不详",
        "村民 安全饮水",
        "商户 金属加工",
        "举报人：沧州市某某化工有限公司",
    ],
)
def test_what_is_nobodys_data_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_an_identity_number_is_not_a_telephone_too() -> None:
    assert found(f"身份证{VALID},电话13900000000") == [("id", VALID), ("phone", "13900000000")]


def test_a_hit_knows_its_place() -> None:
    (hit,) = scan("来电13900000000。")

    assert (hit.start, hit.end) == (2, 13)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫张小凡。", "我叫张某某。"),
        ("我叫李四。", "我叫某某。"),
        ("我叫欧阳小芳。", "我叫某某。"),
        ("姓名:古丽·买买提。", "姓名:某某。"),
        ("电话13900005678。", "电话139****5678。"),
        ("电话+86 139 0000 5678。", "电话139****5678。"),
        ("家里0317-2000012。", "家里****12。"),
        (f"证件{VALID}。", f"证件13**************{VALID[-2:]}。"),
        ("卡号4000 0000 0000 0002。", "卡号****0002。"),
        ("车牌冀J·A1234。", "车牌冀J*****。"),
        ("微信:fan_12345。", "微信:f***。"),
        ("QQ100001234。", "QQ1***。"),
        ("邮箱anna@qq.com。", "邮箱a***@qq.com。"),
        ("家住沧县杜林镇某某村12号。", "家住沧县杜林镇××。"),
        ("家住运河区幸福小区5栋。", "家住运河区××。"),
        ("我住在幸福小区5栋。", "我住在××。"),
        ("本人姓陈,反映", "本人姓某某,反映"),
        ("手机一三九零零零零零零零零。", "手机****。"),
        ("抖音号:fan_2020。", "抖音号:f***。"),
        ("没有什么。", "没有什么。"),
    ],
)
def test_each_kind_has_its_mask(text: str, masked: str) -> None:
    assert mask(text, scan(text)) == masked


@pytest.mark.parametrize("first", sorted({text for text, _, _ in TELLING}))
def test_what_is_masked_once_is_masked_for_good(first: str) -> None:
    for second in {text for text, _, _ in TELLING}:
        once = masked(first + second)

        assert masked(once) == once


def test_masks_leave_nothing_to_find() -> None:
    text = f"我叫张小凡,家住沧县杜林镇一村3号,电话13900005678,身份证{VALID},微信:fan_12345,车牌冀JA1234。"

    assert scan(mask(text, scan(text))) == ()


@pytest.mark.parametrize("head", ["姓名", "举报人", "投诉人姓名", "姓 名", "联系人"])
def test_a_table_that_lists_people_names_none(head: str) -> None:
    text = f"序号\t{head}\t内容\n1\t王小芳\t厂区扬尘\r\n2\t李建\t夜间噪声\n合计两件，由王小芳汇总"

    assert found(text) == [("name", "王小芳"), ("name", "李建")]


def test_another_table_is_left_as_it_is() -> None:
    assert not found("单位\t事项\n水务局\t黄河\n1\t王小芳")
    assert not found("单位\t负责人\n水务局\t王小芳")
    assert not found("事由\t姓名\n扬尘\t严重") and not found("姓名 王某某\n内容\t王小芳")
