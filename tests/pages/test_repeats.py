"""The preview of a paper in which a number stands twice: what is asked, and where every row goes by the answer."""

import io
from typing import Any

import pytest
from django.test import Client
from docx import Document

from bihuan.intake.actions import papers as actions
from bihuan.intake.models import Intake, IntakeDoubt
from bihuan.intake.understanding import understand_file
from bihuan.organisation.queries import structure
from tests.cast import NOON, Cast, account_of
from tests.makers import make_inspection

NUMBER = "D2HE202204120031"
DATA = (
    "序号,受理编号,交办问题基本情况,行政区域,污染类型\n"
    f"1,{NUMBER},村东坑塘堆放垃圾。,沧县,水\n2,{NUMBER},夜间焚烧垃圾。,沧县,水\n3,D2HE202204120032,有异味。,沧县,水\n"
)


@pytest.fixture
def intake(cast: Cast, client: Client, settings: Any, tmp_path: Any) -> Intake:
    settings.FILES = str(tmp_path / "files")
    understood = understand_file("第20批.csv", DATA.encode(), structure.directory(cast.chen.city), None)
    client.force_login(account_of(cast.chen))
    return actions.take_in("第20批.csv", DATA.encode(), understood, make_inspection(cast), by=cast.chen, at=NOON)


def shown(client: Client, intake: Intake) -> str:
    return client.get(f"/imports/{intake.pk}/").content.decode()


def answer(client: Client, intake: Intake, **said: Any) -> Any:
    doubt = IntakeDoubt.objects.get(intake=intake, kind="number_twice")
    form = {"act": "answer", "doubt": doubt.pk, "once": "a", **said}
    return client.post(f"/imports/{intake.pk}/", form)


def test_the_choices_stand_beside_the_question_and_nothing_is_written_before(client: Client, intake: Intake) -> None:
    page = shown(client, intake)

    for words in (
        "都收，两件分别入台账",
        "只收第1件，这一件不收",
        "只收这一件，第1件不收",
        "同一信访，并入第1件作一件",
    ):
        assert words in page
    assert "只记下，不改台账" not in page
    assert "有1处编号重复还没有选定收哪一件，请先答复。" in page


def test_a_refused_row_says_so_before_and_after_it_is_written(client: Client, intake: Intake) -> None:
    answer(client, intake, choice="1")
    before = shown(client, intake)
    client.post(f"/imports/{intake.pk}/", {"act": "commit", "once": "b"})
    after = shown(client, intake)

    for page in (before, after):
        assert "不收：编号重复，收第1件" in page
        assert "读到3件 = 入台账2 + 未收1 + 并入0。" in page
        assert "夜间焚烧垃圾" in page
    assert "新增2，未收1" in after


def test_joined_rows_are_counted_in_the_statement_and_its_paper(client: Client, intake: Intake) -> None:
    answer(client, intake, choice="3")
    assert "并入第1件" in shown(client, intake)
    client.post(f"/imports/{intake.pk}/", {"act": "commit", "once": "b"})
    page = client.get("/checkup/statement/").content.decode()
    paper = Document(io.BytesIO(client.get("/checkup/statement/paper/").content))

    assert "读到3条 = 新增2 + 更改0 + 相同0 + 未收0 + 并入1" in page
    assert "来件全部在账" in page
    assert any("读到3条＝新增2＋更改0＋相同0＋未收0＋并入1" in one.text for one in paper.paragraphs)


def test_words_that_are_no_number_are_refused_beside_the_field(client: Client, intake: Intake) -> None:
    response = answer(client, intake, choice="", other="重复，不收")

    assert response.status_code == 422
    assert "“重复，不收”不像受理编号。" in response.content.decode()


def test_what_the_import_still_asks_is_the_next_step_and_leads_there(
    cast: Cast, client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.FILES = str(tmp_path / "files")
    text = f"序号,受理编号,交办问题基本情况,行政区域,污染类型\n1,{NUMBER},村东坑塘堆放垃圾。,高新区,水\n".encode()
    understood = understand_file("第20批.csv", text, structure.directory(cast.chen.city), None)
    client.force_login(account_of(cast.chen))
    intake = actions.take_in("第20批.csv", text, understood, make_inspection(cast), by=cast.chen, at=NOON)
    client.post(f"/imports/{intake.pk}/", {"act": "commit", "once": "b"})

    told = client.get("/petitions/HE2-X0001/").content.decode()

    assert "下一步：先答复存疑，再交办。" in told
    assert f'href="/imports/{intake.pk}/?at=' in told
