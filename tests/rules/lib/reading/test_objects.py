"""Names of enterprises: what tells them from others, and in what two of them are one."""

import pytest

from bihuan.lib.reading.objects import Sameness, objects_in, read_object, sameness

CANG = ("130900", "130921")


@pytest.mark.parametrize(
    ("said", "stems"),
    [
        ("沧县华兴纸业有限公司", ["华兴纸业"]),
        ("沧州市沧县华兴纸业集团有限责任公司二分厂", ["华兴纸业"]),
        ("滄縣華興紙業有限公司", ["华兴纸业"]),
        ("华兴(huá xīng)纸业厂(chǎng)", ["华兴纸业"]),
        ("华 兴 纸业", ["华兴纸业"]),
        ("华某纸业加工厂", ["华*纸业"]),
        ("××公司", ["*"]),
        ("ＸＸ公司", ["*"]),
        ("沧县润泽纸业有限公司（原沧县华兴造纸厂）", ["润泽纸业", "华兴造纸"]),
        ("厂", ["厂"]),
        ("", []),
    ],
)
def test_a_name_is_read_down_to_what_tells_it(said: str, stems: list[str]) -> None:
    assert [name.stem for name in read_object(said, CANG)] == stems


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("沧县华兴纸业有限公司", "华兴纸业厂", Sameness.SAME),
        ("华兴纸业", "华兴纸业销售处", Sameness.SHORT),
        ("华兴公司", "华兴纸业有限公司", Sameness.SHORT),
        ("华兴造纸厂", "华兴纸制品有限公司", Sameness.TRADE),
        ("天艺采暖设备厂", "天艺环保科技有限公司", Sameness.CORE),
        ("华兴养殖场", "华兴水泥厂", Sameness.OTHER_TRADE),
        ("天艺采暖设备厂", "天艺采设备厂", Sameness.LOST),
        ("天艺采暖设备厂", "艺采暖设备厂", Sameness.LOST),
        ("天艺采暖设备厂", "天意采暖设备厂", Sameness.SOUND),
        ("天某采暖设备厂", "天艺采暖设备厂", Sameness.MASKED),
        ("史某某喷涂厂", "史二喷涂厂", Sameness.MASKED),
        ("天某采暖设备厂", "金某采暖设备厂", None),
        ("史某某喷涂厂", "张二喷涂厂", None),
        ("××公司", "华兴纸业", None),
        ("华兴纸业", "华达纸业", None),
        ("鑫达丝网厂", "鑫源丝网厂", None),
        ("厂", "华兴纸业", None),
    ],
)
def test_two_names_are_one_in_what_they_share(one: str, other: str, how: Sameness | None) -> None:
    (first,), (second,) = read_object(one, CANG), read_object(other, CANG)

    assert (sameness(first, second), sameness(second, first)) == (how, how)


@pytest.mark.parametrize(
    ("one", "other"),
    [("天艺采暖", "天意采暖"), ("天艺采暖", "艺采暖设备"), ("天艺采暖", "天采暖"), ("博凯机械", "博凯")],
)
def test_names_that_may_be_one_sound_alike_somewhere(one: str, other: str) -> None:
    (first,), (second,) = read_object(one, CANG), read_object(other, CANG)

    assert {*first.sounds} & {*second.sounds}


def test_what_is_masked_or_tells_nothing_has_no_sound() -> None:
    assert [read_object(said, CANG)[0].sounds for said in ("天某采暖厂", "××公司", "厂")] == [(), (), ()]


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("举报人反映：沧县杜林乡倪桥村华兴纸业有限责任公司，夜间排污。", ["华兴纸业"]),
        ("西行500米路北双赢网业有限公司噪声大", ["双赢网业"]),
        ("该公司、多家工厂、某公司夜间生产，厂房漏雨", []),
        ("村南有润泽源养殖场，村北有博凯化工厂。", ["润泽源养殖场", "博凯化工"]),
        ("坑塘黑臭，无人管理", []),
    ],
)
def test_running_text_names_enterprises(text: str, stems: list[str]) -> None:
    assert [name.stem for name in objects_in(text, CANG)] == stems
