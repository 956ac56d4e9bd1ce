"""The check-up's pages: findings by group, an explanation, and the statement as page and paper."""

import html
import io
import re

import pytest
from django.test import Client
from docx import Document

from bihuan.checkup.models import Explanation
from bihuan.checkup.queries import statement
from bihuan.intake.models import Intake
from bihuan.organisation.rules.duties import Role
from tests.actions.intake.test_intake import commit
from tests.cast import NOON, ROBOT, Cast, account_of, seat_as
from tests.makers import make_batch, make_inspection, make_other, make_petition, write

NO_NEED = "属实却写无需整改"


@pytest.fixture
def doubtful(cast: Cast) -> Cast:
    """A petition that was founded, and needs no rectification."""
    batch = make_batch(make_inspection(cast))
    make_petition(cast, batch, truth="属实", handling="无需整改。")
    return cast


def test_a_finding_stands_in_its_group_and_opens_its_matter(client: Client, doubtful: Cast) -> None:
    client.force_login(account_of(doubtful.chen))
    page = client.get("/checkup/").content.decode()

    assert NO_NEED in page
    assert 'href="/petitions/HE2-X0001/"' in page
    assert "1处自相矛盾或没有着落" in page
    assert "时限与节点" not in page


def test_an_explanation_is_sent_and_listed(client: Client, doubtful: Cast) -> None:
    client.force_login(account_of(doubtful.chen))
    page = client.get("/checkup/?check=no_need").content.decode()
    sent = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("check", "subject", "digest")}
    answer = client.post("/checkup/?check=no_need", {**sent, "note": "当场改完"}, follow=True).content.decode()

    assert "已记下说明" in answer
    assert "当场改完" in answer
    assert Explanation.objects.get().person.name == "陈科"


def test_what_is_sent_wrong_is_a_sentence(client: Client, doubtful: Cast) -> None:
    client.force_login(account_of(doubtful.chen))

    for form in (
        {},
        {"check": "\u202e", "note": "y"},
    ):
        assert "已经不在了" in client.post("/checkup/", form | {"note": "y"}, follow=True).content.decode()
    assert client.post("/checkup/", {"check": "no_need", "subject": "\x00", "note": "y"}).status_code == 400
    assert client.get("/checkup/?check=nothing").status_code == 404
    assert client.get("/checkup/?check=no_need&page=99999999999999999999").status_code == 200


def test_a_unit_sees_its_own_and_explains_nothing(client: Client, doubtful: Cast) -> None:
    client.force_login(account_of(seat_as(Role.COUNTY_CLERK, doubtful.county)))
    page = client.get("/checkup/").content.decode()

    assert NO_NEED not in page  # it lies in the tray, which a county does not see
    assert "没有查出问题" in page
    assert "完备性说明" not in page


def test_the_statement_adds_up_on_the_page_and_in_the_paper(client: Client, cast: Cast) -> None:
    intake = commit(cast)
    client.force_login(account_of(cast.chen))
    page = client.get("/checkup/statement/").content.decode()
    paper = client.get("/checkup/statement/paper/")
    words = "\n".join(one.text for one in Document(io.BytesIO(paper.content)).paragraphs)

    assert "来件全部在账" in page
    equation = f"读到{intake.rows_read}条 = 新增{intake.rows_created} + 更改0 + 相同0 + 未收{intake.rows_refused}"
    assert equation in page
    assert equation.replace(" = ", "＝").replace(" + ", "＋") in words
    assert "在账" in page
    assert "在账" in words
    assert "签发人" in words
    assert "attachment" in paper.headers["Content-Disposition"]


@pytest.mark.broken
def test_a_row_that_got_lost_is_named_in_the_statement(client: Client, cast: Cast) -> None:
    intake = commit(cast)
    make_other(intake, rows_created=intake.rows_created - 1)
    client.force_login(account_of(cast.chen))

    assert "有对不上的地方" in client.get("/checkup/statement/").content.decode()
    paper = Document(io.BytesIO(client.get("/checkup/statement/paper/").content))
    assert any("对不上" in one.text for one in paper.paragraphs)


def test_a_figure_opens_its_rows_whatever_inspection_is_chosen_above(client: Client, cast: Cast) -> None:
    intake = commit(cast)
    other = make_inspection(cast, code="HE3", name=f"{intake.inspection.name}回头看")
    client.force_login(account_of(cast.chen))
    page = client.get("/checkup/statement/").content.decode()
    [url, count] = re.findall(r'<a href="(/ledgers/problems/[^"]+)">在账(\d+)个</a>', page)[0]
    client.post("/inspection/", {"inspection": other.code, "once": "k"})

    opened = client.get(html.unescape(url)).content.decode()

    assert len({*re.findall(r"/problems/(HE\d-P\d{3})/", opened)}) == int(count) > 0


def returned_to(intake: Intake) -> Intake:
    return Intake(
        inspection=intake.inspection,
        file=intake.file,
        understood=intake.understood,
        kind="returned",
        title="整改问题台账（取出）",
        state=intake.state,
        rows_read=9,
        rows_changed=2,
        rows_same=7,
    )


def test_a_ledger_that_came_back_is_no_paper_that_came_in(client: Client, cast: Cast) -> None:
    intake = commit(cast)
    [back] = write([returned_to(intake)], by=ROBOT, at=NOON)
    client.force_login(account_of(cast.chen))

    [stated] = [one for one in statement.statements(cast.chen) if one.papers]
    page = client.get("/checkup/statement/").content.decode()
    paper = Document(io.BytesIO(client.get("/checkup/statement/paper/").content))
    words = "\n".join(one.text for one in paper.paragraphs)

    assert ([one.pk for one in stated.papers], [one.pk for one in stated.returned]) == ([intake.pk], [back.pk])
    assert "来件1份" in words and "另有交回的台账1本，不是来件：读到在账的9行，更改2行。" in words
    assert "整改问题台账（取出）" in page
    rail = re.sub("<.*?>", "", page[page.index('class="proof"') :])
    assert f"来件{intake.rows_read}条，全部在账" in rail
