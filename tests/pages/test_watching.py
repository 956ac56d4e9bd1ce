"""The page of watch hits: both texts, the reasons, and a judgement; the same over the API."""

import pytest
from django.test import Client

from bihuan.matters.models import WatchHit
from tests.cast import NOON, ROBOT, Cast, account_of
from tests.kept import leads_up
from tests.loop import make_loop
from tests.makers import make_batch, make_petition, write


@pytest.fixture
@leads_up
def hit(cast: Cast) -> WatchHit:
    """A hit between a problem that was signed off and a petition."""
    loop = make_loop(cast)
    loop.to_signed_off()
    petition = make_petition(cast, make_batch(loop.problem.matter.inspection))
    facts = {"newcomer": petition.matter, "strength": 85, "reasons": ["同一村（倪桥村）。"], "state": "raised"}
    [made] = write([WatchHit(matter=loop.problem.matter, raised_at=NOON, **facts)], by=ROBOT, at=NOON)
    return made


def test_a_hit_is_shown_with_both_texts_and_judged(client: Client, cast: Cast, hit: WatchHit) -> None:
    client.force_login(account_of(cast.chen))
    page = client.get("/acceptance/hits/").content.decode()

    client.post("/acceptance/hits/", {"row": hit.pk, "move": "confirm", "note": "同一口井"})

    for words in ("村东坑塘堆放生活垃圾。", "同一村（倪桥村）。", "自备井未封填"):
        assert words in page
    hit.refresh_from_db()
    assert (hit.state, hit.opinion) == ("confirmed", "同一口井")
    assert "研判：" in client.get("/problems/HE2-P001/").content.decode()


def test_the_api_judges_with_the_version_that_was_read(client: Client, cast: Cast, hit: WatchHit) -> None:
    client.force_login(account_of(cast.chen))
    [told] = client.get("/api/v1/watch-hits").json()
    asked = {"step": "dismiss", "note": "另一个村", "version": told["version"]}

    answer = client.post(
        f"/api/v1/watch-hits/{hit.pk}/steps",
        asked,
        content_type="application/json",
        headers={"Idempotency-Key": "judge-hit-1"},
    )

    assert (answer.json()["done"], answer.json()["state"]["label"]) == ("已研判：无关。", "无关")
    client.force_login(account_of(cast.zhang))
    assert client.get("/api/v1/watch-hits").json() == []  # the petition lies in the tray, the office's alone
    assert client.post("/acceptance/hits/", {"row": hit.pk, "move": "confirm"}).status_code == 404
