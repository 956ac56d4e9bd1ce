"""The page of petitions that may be one: texts with common words marked, a judgement, a merger; the same by API."""

import pytest
from django.test import Client

from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions.repeats import merge_pair
from bihuan.petitions.models import PetitionPair
from bihuan.petitions.queries.repeats import merged_into
from tests.cast import NOON, ROBOT, Cast, account_of, seat_as
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_other, make_petition, write

PAGE = "/petitions/repeats/"


@pytest.fixture
@leads_up
def pair(cast: Cast) -> PetitionPair:
    """Two petitions about one mill, years apart."""
    first = make_petition(cast, make_batch(make_inspection(cast)), content="倪桥村华兴纸业夜间偷排废水。")
    batch = make_batch(make_inspection(cast, "HE3", "第三轮"), 2)
    again = make_petition(cast, batch, "X3HE202504120007", content="夜间又闻到臭味，是华兴纸业。")
    facts = {"kind": "重复举报", "strength": 95, "reasons": ["同一村（倪桥村）。"], "state": "proposed"}
    [made] = write([PetitionPair(earlier=first, later=again, proposed_at=NOON, **facts)], by=ROBOT, at=NOON)
    return made


def test_both_texts_stand_side_by_side_with_what_they_have_in_common(
    client: Client, cast: Cast, pair: PetitionPair
) -> None:
    client.force_login(account_of(cast.chen))

    page = client.get(PAGE).content.decode()

    for words in (
        "可能是同一件事：1 对待研判",
        "信访件 2 件，其中重复和并案 0 件，剔除重复后 <b>2</b> 件",
        "<mark>华兴纸业</mark><mark>夜间</mark>偷排废水。",
        "<mark>夜间</mark>又闻到臭味，是<mark>华兴纸业</mark>。",
        "同一村（倪桥村）。",
        "X3HE202504120007号信访件",
        "第三轮 第2批",
        "认定重复",
        "同一对象，分别办理",
        "不是一件",
        "并案",
    ):
        assert words in page


def test_a_judgement_is_kept_and_moves_the_pair_to_its_list(client: Client, cast: Cast, pair: PetitionPair) -> None:
    client.force_login(account_of(cast.chen))

    answer = client.post(PAGE, {"row": pair.pk, "move": "dismiss", "note": "另一家厂"}, follow=True)

    pair.refresh_from_db()
    assert (pair.state, pair.opinion) == ("unrelated", "另一家厂")
    assert "已研判。" in answer.content.decode()
    assert "没有这样的两件" in client.get(PAGE).content.decode()
    assert "另一家厂" in client.get(PAGE, {"state": "unrelated"}).content.decode()


def test_a_merger_asks_for_a_reason_and_leaves_one_to_be_counted(
    client: Client, cast: Cast, pair: PetitionPair
) -> None:
    client.force_login(account_of(cast.chen))

    asked = client.get(PAGE).content.decode()
    refused = client.post(PAGE, {"row": pair.pk, "move": "merge", "note": ""}, follow=True).content.decode()
    client.post(PAGE, {"row": pair.pk, "move": "merge", "note": "同一件事"})

    assert f"后来的 {pair.later.matter.code} 并入先来的 {pair.earlier.matter.code}。" in asked
    assert "请写明并案的理由。" in refused
    assert merged_into(pair.later) == pair.earlier
    target = pair.earlier.matter.code
    merged = client.get(f"/petitions/{pair.later.matter.code}/").content.decode()
    assert "随另一件办理" in merged
    assert "还没有交办" not in merged.split("</dl>")[0]
    assert merged.count(f'href="/petitions/{target}/">看并入的那一件</a>') == 2  # at the head, and with the steps
    assert "其中重复和并案 1 件，剔除重复后 <b>1</b> 件" in client.get(PAGE).content.decode()
    assert "并案" in client.get(f"/petitions/{pair.later.matter.code}/").content.decode()


def test_who_may_not_read_into_what_it_was_merged_is_not_told_which_one(
    client: Client, cast: Cast, pair: PetitionPair
) -> None:
    make_other(pair.earlier.matter, region=cast.neighbour.region)
    merge_pair(PetitionPair.objects.get(), by=cast.chen, at=NOON, note="厂址在县界上，同一件事")
    client.force_login(account_of(seat_as(Role.COUNTY_APPROVER, cast.county, "吴审")))

    page = client.get(f"/petitions/{pair.later.matter.code}/")

    told = page.content.decode()
    assert (page.status_code, "已并入另一件。" in told) == (200, True)
    assert pair.earlier.number not in told
    assert pair.earlier.matter.code not in told


def test_who_may_not_read_both_finds_nothing_and_judges_nothing(client: Client, cast: Cast, pair: PetitionPair) -> None:
    client.force_login(account_of(cast.zhang))

    assert "华兴纸业" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"row": pair.pk, "move": "confirm"}).status_code == 404
    assert client.get("/api/v1/petition-pairs").json() == []


def test_the_api_judges_with_the_version_that_was_read(client: Client, cast: Cast, pair: PetitionPair) -> None:
    client.force_login(account_of(cast.chen))
    [told] = client.get("/api/v1/petition-pairs").json()
    asked = {"step": "part", "note": "", "version": told["version"]}

    answer = client.post(
        f"/api/v1/petition-pairs/{pair.pk}/steps",
        asked,
        content_type="application/json",
        headers={"Idempotency-Key": "judge-pair-1"},
    )

    assert (told["earlier_text"], told["kind"]) == ("倪桥村华兴纸业夜间偷排废水。", "重复举报")
    assert [one["name"] for one in told["steps"]] == ["confirm", "part", "dismiss", "merge"]
    assert (answer.json()["done"], answer.json()["state"]["name"]) == ("已研判：同一对象。", "same_object")


def test_a_petition_without_a_pair_says_what_a_merger_needs_and_leads_there(client: Client, cast: Cast) -> None:
    make_petition(cast, make_batch(make_inspection(cast)))
    client.force_login(account_of(cast.chen))

    told = client.get("/petitions/HE2-X0001/").content.decode()

    assert "要先有提出可能是同一件事的另一件；" in told
    assert '<a href="/petitions/repeats/">可能是同一件事的</a>' in told
