"""What is found in a petition before it leaves, what is not, and how it is masked. People are invented."""

import pytest

from bihuan.lib.redact import mask, scan


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.text) for hit in scan(text)]


def identity(stem: str) -> str:
    """Seventeen invented digits with the check digit that belongs to them."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11]


VALID = identity("13092119800101999")
WRONG = VALID[:-1] + ("0" if VALID[-1] != "0" else "1")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
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
    ],
)
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
        ("没有什么。", "没有什么。"),
    ],
)
def test_each_kind_has_its_mask(text: str, masked: str) -> None:
    assert mask(text, scan(text)) == masked


def test_masks_leave_nothing_to_find() -> None:
    text = f"我叫张小凡,家住沧县杜林镇一村3号,电话13900005678,身份证{VALID},微信:fan_12345,车牌冀JA1234。"

    assert scan(mask(text, scan(text))) == ()
