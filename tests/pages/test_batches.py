"""Pages of batches: who opens them, the bulletin's figures and what stands behind each, the Word papers."""

import io
import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from docx import Document

from bihuan.petitions.actions import move_petition
from bihuan.petitions.models import Batch, Petition
from tests.cast import NOON, Cast, account_of
from tests.makers import make_batch, make_inspection, make_other, make_petition

TEAM = "中央第一生态环境保护督察组"


@pytest.fixture
def batch(cast: Cast) -> Batch:
    inspection = make_inspection(cast, team=TEAM)
    first = make_batch(inspection, 1, handed_over_on=date(2022, 4, 11))
    make_petition(cast, first, "D2HE202204110001", channel="来电", main_type="水", types=["水"], is_key_case=True)
    second = make_batch(inspection, 2, handed_over_on=date(2022, 4, 12), printed_total=2)
    make_petition(cast, second, "X2HE202204120001", channel="来信", main_type="大气", types=["大气"])
    make_petition(
        cast,
        second,
        "D2HE202204120002",
        channel="来电",
        main_type="噪声",
        types=["噪声"],
        truth="属实",
        closing="已办结",
        findings="经查属实。",
        handling="责令整改1家。",
        ordered=1,
    )
    return second


def page(client: Client, batch: Batch, asked: str = "") -> str:
    return client.get(f"/petitions/batches/{batch.pk}/{asked}").content.decode()


def told(client: Client, batch: Batch, asked: str = "") -> str:
    """The bulletin as the Word paper has it."""
    answer = client.get(f"/petitions/batches/{batch.pk}/bulletin/{asked}")
    return "".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs[2:])


def test_the_bulletin_tells_the_batch_and_all_before_it(client: Client, cast: Cast, batch: Batch) -> None:
    client.force_login(account_of(cast.chen))

    words = told(client, batch)

    assert words.startswith(f"4月12日，{TEAM}向我市转办第二批群众信访举报2件。涉及来电举报1件，来信举报1件。")
    assert "涉大气类1件、噪声类1件" in words
    assert "截至4月12日，累计向我市转办信访件3件" in words


def test_its_petitions_are_opened_in_its_inspection_alone(client: Client, cast: Cast, batch: Batch) -> None:
    namesake = make_batch(make_inspection(cast, code="HES3", name="第三轮河北省生态环境保护督察"), 2)
    make_petition(cast, namesake, "D3HE202212110001")
    client.force_login(account_of(cast.chen))

    to = re.search(r'href="(/ledgers/petitions/[^"]+)"[^>]*>2件<', page(client, batch))

    assert to
    ledger = client.get(unescape(to[1])).content.decode()
    assert "X2HE202204120001" in ledger
    assert "D3HE202212110001" not in ledger


def test_a_batch_tells_where_it_stands_and_that_it_waits_to_be_handed_over(
    client: Client, cast: Cast, batch: Batch
) -> None:
    client.force_login(account_of(cast.chen))
    before = page(client, batch)

    for one in batch.petitions.all():
        move_petition(one, "transfer", by=cast.chen, at=NOON, note="不属于受理范围")

    assert [words in before for words in ("<b>2</b>收件", "2件还没有交办。", "去交办")] == [True] * 3
    after = page(client, batch)
    assert "<b>2</b>已移送" in after
    assert "还没有交办" not in after


def test_what_came_of_a_batch_is_told_as_well(client: Client, cast: Cast, batch: Batch) -> None:
    client.force_login(account_of(cast.chen))

    words = told(client, batch, "?kind=handled")

    assert "第二批2件信访举报件进行调查处理，其中，已办结1件、未办结1件，责令整改1家" in words


def test_a_range_that_lacks_a_batch_names_it(client: Client, cast: Cast, batch: Batch) -> None:
    fourth = make_batch(batch.inspection, 4)
    make_petition(cast, fourth, "D2HE202204140001")
    client.force_login(account_of(cast.chen))

    assert "。（1-4批中，台账里没有第3批，共3批。）" in told(client, fourth, "?kind=handled")
    assert "批中，台账里" not in told(client, batch, "?kind=handled")


def test_what_others_handle_is_told_apart_as_the_ledger_does(client: Client, cast: Cast, batch: Batch) -> None:
    away = Petition.objects.get(number_key="X2HE202204120001")
    move_petition(away, "transfer", by=cast.chen, at=NOON, note="不属于受理范围")
    client.force_login(account_of(cast.chen))

    words = page(client, batch, "?kind=handled")

    assert "本批2件里含已移送1件，台账里另列。其中1件没有办结结论，通报里数在未办结里" in words
    assert "累计3件里含已移送1件" in words
    assert "已移送1件" not in page(client, batch)


def test_the_team_is_told_what_came_of_its_batch(client: Client, cast: Cast, batch: Batch) -> None:
    client.force_login(account_of(cast.chen))

    words = told(client, batch, "?kind=reply")

    assert words.startswith(f"{TEAM}：贵组转办我市的第二批信访举报件2件，已按要求调查处理。")
    assert "经查，属实1件，基本属实0件，部分属实0件，不属实0件；已办结1件、未办结1件，责令整改1家。" in words


def test_every_figure_opens_its_records(client: Client, cast: Cast, batch: Batch) -> None:
    client.force_login(account_of(cast.chen))

    opened = page(client, batch, "?figure=2")

    section = opened.partition('id="figure"')[2]
    assert "X2HE202204120001" in section
    assert "D2HE202204120002" not in section
    assert "第二批中来信的件数" in section


def test_the_table_for_the_public_says_what_it_lacks(client: Client, cast: Cast, batch: Batch) -> None:
    client.force_login(account_of(cast.chen))

    assert "X2HE202204120001没有调查核实情况。" in page(client, batch)
    answer = client.get(f"/petitions/batches/{batch.pk}/table/?form=round_2018")
    [table] = Document(io.BytesIO(answer.content)).tables
    assert [cell.text for cell in table.rows[0].cells][-1] == "问责情况"
    assert [row.cells[1].text for row in table.rows[1:]] == ["X2HE202204120001", "D2HE202204120002"]


def test_the_list_names_what_was_printed_otherwise(client: Client, cast: Cast, batch: Batch) -> None:
    make_petition(cast, batch, "X2HE202204120009")
    make_other(batch, total_note="一件重复转来")
    client.force_login(account_of(cast.chen))

    assert "印的是2" in client.get("/petitions/batches/").content.decode()


def test_nobody_outside_the_office_opens_a_batch(client: Client, cast: Cast, batch: Batch) -> None:
    client.force_login(account_of(cast.zhang))

    assert client.get("/petitions/batches/").status_code == 404
    assert client.get(f"/petitions/batches/{batch.pk}/bulletin/").status_code == 404


def test_a_batch_is_asked_for_with_few_queries_however_long_it_is(
    client: Client, cast: Cast, batch: Batch, django_assert_max_num_queries: object
) -> None:
    make_other(batch, total_note="增补")
    for number in range(30):
        make_petition(cast, batch, f"X2HE2022041301{number:02}")
    client.force_login(account_of(cast.chen))
    page(client, batch)

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture is a context manager's maker
        page(client, batch)
