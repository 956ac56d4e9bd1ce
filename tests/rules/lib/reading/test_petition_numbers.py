"""The numbers of petitions, in every form that rounds have printed."""

from datetime import date

import pytest

from bihuan.lib.reading.petition_numbers import read_petition_number


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("D3SX202505280018", ("D", 3, "SX", "2025-05-28", 18, "山西省", "central")),
        ("X3HN202406070082", ("X", 3, "HN", "2024-06-07", 82, "湖南省", "central")),
        ("D2HE202204120031", ("D", 2, "HE", "2022-04-12", 31, "河北省", "central")),
        ("D2HH202403250005", ("D", 2, "HH", "2024-03-25", 5, "怀化市", "city")),
        ("D410000201806050043", ("D", None, "410000", "2018-06-05", 43, "河南省", "code")),
        ("X3600220200711005", ("X", None, "36002", "2020-07-11", 5, "江西省", "provincial")),
        ("D13090020210711005", ("D", None, "130900", "2021-07-11", 5, "沧州市", "provincial")),
        ("BCD2022092601", ("D", None, "BC", "2022-09-26", 1, "白城市", "city")),
        ("新乡D20181122488", ("D", None, "新乡", "2018-11-22", 488, "新乡市", "city")),
        ("访受〔2021〕0517031号", (None, None, None, "2021-05-17", 31, None, "document")),
        ("202207110045", (None, None, None, "2022-07-11", 45, None, "dated")),
        ("D2BT202104100001", ("D", 2, "BT", "2021-04-10", 1, "新疆生产建设兵团", "central")),
        ("X3220210512008", ("X", None, "32", "2021-05-12", 8, "江苏省", "provincial")),
        ("DSN20210612003", ("D", None, "SN", "2021-06-12", 3, "陕西省", "city")),
        ("SD20170812-15", (None, None, "SD", "2017-08-12", 15, "山东省", "city")),
        ("D20160717001", ("D", None, None, "2016-07-17", 1, None, "dated")),
        ("20180606-D-012", ("D", None, None, "2018-06-06", 12, None, "dated")),
        ("20170812001", (None, None, None, "2017-08-12", 1, None, "dated")),
        ("甘环督访〔2021〕12号", (None, None, None, None, 12, None, "document")),
        ("1544", (None, None, None, None, 1544, None, "serial")),
        ("30号", (None, None, None, None, 30, None, "serial")),
        ("D008", ("D", None, None, None, 8, None, "serial")),
    ],
)
def test_every_form_is_read(text: str, parts: tuple[object, ...]) -> None:
    intake, round_, code, day, serial, region, form = parts

    read = read_petition_number(text).plain()

    assert read == {
        "intake": intake,
        "round": round_,
        "region": region,
        "region_code": code,
        "date": day,
        "serial": serial,
        "key_case": False,
        "number_key": text.removesuffix("号") if form == "serial" else text,
        "form": form,
        "doubt": None,
    }


@pytest.mark.parametrize(
    "text",
    [
        *("X2HA202104270093*", "X2HA 20210427\n0093 *", "＊Ｘ2ha202104270093", "编号X2HA202104270093★"),
        *("X2HA202104270093﹡", "Ⅹ2HA202104270093（*）", "X2HA202104270093（重点关注件）"),
    ],
)
def test_blanks_line_ends_and_the_mark_of_a_key_case_do_not_change_the_key(text: str) -> None:
    read = read_petition_number(text)

    assert (read.number_key, read.key_case, read.on) == ("X2HA202104270093", True, date(2021, 4, 27))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("D3SX202513280018", "编号“D3SX202513280018”第9、10位的月份13不存在。"),
        ("D3SX202502300018", "编号“D3SX202502300018”第9至12位的日期02月30日不存在。"),
        ("D3SX209905280018", "编号“D3SX209905280018”第7位“9”有误：年份2099不合理。"),
        ("D3ZZ202505280018", "编号“D3ZZ202505280018”第3、4位的字母ZZ不是已知的省份或城市代码。"),
        ("D0SX202505280018", "编号“D0SX202505280018”第2位的轮次不能是0。"),
        ("D3SX20250528001", "编号“D3SX20250528001”应为16位(日期8位、流水号4位)，现为15位。"),
        ("D3SX2O2505280018", "编号“D3SX2O2505280018”第6位应为数字，现为“O”。"),
        ("D999999201806210057", "编号“D999999201806210057”第2至7位的行政区划代码999999不存在。"),
        ("D4100002018062100", "编号“D4100002018062100”应为19位(区划代码6位、日期8位、流水号4位)，现为17位。"),
        ("D410000201806210", "编号“D410000201806210”应为19位(区划代码6位、日期8位、流水号4位)，现为16位。"),
        ("E3SX202505280018", "编号“E3SX202505280018”首位“E”既不是D(来电)，也不是X(来信)。"),
        ("QQD2022092601", "编号“QQD2022092601”第1、2位的字母QQ不是已知的省份或城市代码。"),
        ("虚构D20181122488", "编号“虚构D20181122488”中的地名“虚构”不是已知的行政区划。"),
        ("A-17", "编号“A-17”的写法不认识，请核对原文。"),
        (" ", "没有写编号。"),
    ],
)
def test_the_part_that_cannot_be_right_is_named(text: str, question: str) -> None:
    read = read_petition_number(text).question

    assert read is not None
    assert read.text == question


def test_several_numbers_in_one_cell_are_named_and_asked_about() -> None:
    question = read_petition_number("D2HE202204120031\nX2HE202204120007").question

    assert question
    assert question.choices == ("D2HE202204120031", "X2HE202204120007")
    assert question.text == ("一格里写了2个编号（D2HE202204120031、X2HE202204120007），是并案办理，还是分开登记？")


@pytest.mark.parametrize(
    ("text", "region", "serial"),
    [
        ("西藏0007-01", "西藏自治区", 7),
        ("内蒙古0012-3", "内蒙古自治区", 12),
        ("黑龙江0101-02*", "黑龙江省", 101),
        ("西藏第0007-01号", "西藏自治区", 7),
    ],
)
def test_a_province_with_a_serial_and_its_part_is_a_number(text: str, region: str, serial: int) -> None:
    read = read_petition_number(text)

    assert (read.form, read.region, read.serial, read.question) == ("provincial", region, serial, None)
    assert (read.is_unique, read.key_case) == (False, text.endswith("*"))


@pytest.mark.parametrize("text", ["某地0007-01", "北京2021-12", "西藏0007-01-02"])
def test_other_words_before_figures_are_no_number(text: str) -> None:
    assert read_petition_number(text).form == "unknown"
