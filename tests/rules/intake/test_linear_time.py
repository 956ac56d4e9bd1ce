"""Understanding a paper takes time in proportion to its length, however a line repeats itself."""

import pytest

from bihuan.intake.formats.kinds import understand
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import default_directory
from tests.rules.growth import growth

CITY = default_directory("130900")
OPENINGS = {
    "plan": "沧州市整改方案\n1.扬尘。\n整改目标:达标。\n整改措施:",
    "petitions": "受理编号:D2HE202206120031\n反映情况:扬尘。\n核查情况:属实。\n整改情况:",
    "notice": "关于整改完成情况的公示\n公示期:2021年1月1日至1月5日\n整改情况:",
    "bulletin": "整改简报\n第3批收到举报件5件，办结3件，涉青县5件。",
    "nothing": "",
}
REPEATED = (
    " ",
    "\t",
    "1",
    "一",
    "（",
    "、",
    "序号",
    "编号:",
    "问题",
    "清理垃圾5处",
    "由100吨/日提升至200吨/日",
    "2021年",
)


@pytest.mark.parametrize("kind", OPENINGS)
@pytest.mark.parametrize("unit", REPEATED)
def test_four_times_the_line_takes_about_four_times_as_long(kind: str, unit: str) -> None:
    def read(text: str) -> object:
        return understand(read_paper("文.txt", text.encode()), directory=CITY)

    assert growth(read, lambda length: f"{OPENINGS[kind]}{unit * (length // len(unit))}x\n", 1500, most=8) <= 8
