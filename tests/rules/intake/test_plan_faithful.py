"""Plans held to their words: the sample city's and its counties', and plans whose text was damaged on the way."""

import random

import pytest

from bihuan.intake.formats.kinds import understand
from bihuan.intake.formats.plan import understand_plan
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.reading.directory import default_directory
from bihuan.sample import papers
from bihuan.sample.counties import COUNTY_PLANS
from tests.rules.intake.faithful import faults
from tests.rules.intake.plan_papers import PROBLEMS, numbered, paragraphs, pasted
from tests.rules.intake.test_kinds import mutated

CITY = default_directory("130900")
PAPERS = {"narrative": papers.narrative_docx, "table": papers.table_docx} | {
    county.short: (lambda county=county: papers.county_docx(county)) for county in COUNTY_PLANS
}
TEXT = "沧州市整改方案\n一、水生态环境方面\n" + "\n".join(
    f"{one['number']}.{one['text']}\n整改目标：{one['target']}\n整改措施：{numbered(one['measures'])}\n"
    f"整改时限：{one['deadline']}\n牵头单位：{one['lead']}\n责任单位：{one['responsible']}"
    for one in PROBLEMS
)


@pytest.mark.parametrize("name", PAPERS)
def test_the_samples_plans_hold_nothing_but_their_words(name: str) -> None:
    document = read_paper(f"{name}.docx", PAPERS[name]())

    understood = understand(document)

    assert understood.kind == "plan"
    assert faults(document, understood) == []


@pytest.mark.parametrize("seed", range(24))
def test_however_a_plan_is_damaged_its_reader_stays_faithful(seed: int) -> None:
    text = mutated(TEXT, random.Random(seed))  # noqa: S311 -- a seeded test, no secret

    for document in (paragraphs(text), pasted(text)):
        assert faults(document, understand_plan(document, on=None, directory=CITY)) == []
