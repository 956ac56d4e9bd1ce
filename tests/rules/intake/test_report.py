"""Reports and work information: heading and what they count."""

from bihuan.intake.formats.report import understand_report
from bihuan.lib.paper.reading import read_paper
from tests.rules.intake.faithful import faults

TEXT = """某市有力有序推進(jìn)督察整改工作
來(lái)源:某市生態(tài)環(huán)境局 時(shí)間:2022-12-22
針對(duì)市整改方案明確的5個(gè)方面14項(xiàng)整改舉措、18個(gè)問(wèn)題60項(xiàng)整改措施、205個(gè)群眾信訪問(wèn)題,建立臺(tái)賬。
"""


def test_a_report_through_traditional_characters_and_pinyin() -> None:
    document = read_paper("信息.txt", TEXT.encode())

    understood = understand_report(document, on=None, directory=None)

    (record,) = understood.records
    assert faults(document, understood) == []
    assert record.value("title") == "某市有力有序推进督察整改工作"
    assert (record.value("source"), record.value("date")) == ("某市生态环境局", "2022-12-22")
    totals = ("aspects", "campaigns", "problems", "measures", "petitions")
    assert [record.value(f"{name}_total") for name in totals] == [5, 14, 18, 60, 205]


def test_a_paper_that_is_no_report_says_so() -> None:
    understood = understand_report(read_paper("a.txt", "今天无事".encode()), on=None, directory=None)

    assert [doubt.question for doubt in understood.doubts] == ["没有读出报告标题，请检查是否选对了文件。"]
