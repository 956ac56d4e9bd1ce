"""The page on which the office words its bulletins: tried on a batch, saved, told so from then on, put back."""

import re

import pytest
from django.test import Client

from bihuan.core.audit import Entry
from bihuan.lib.flow import Refused
from bihuan.petitions.actions import wordings as actions
from bihuan.petitions.models import Batch, BulletinWording
from bihuan.petitions.rules.bulletin import KINDS
from bihuan.petitions.rules.bulletin.kinds import edited, typed_of
from tests.cast import NOON, Cast, account_of
from tests.makers import make_batch, make_inspection, make_petition

PAGE = "/petitions/wordings/?kind=handed_over"
OWN = "{日期}，{督察组}交我市{件数}件，请各县抓紧办理。"


@pytest.fixture
def batch(cast: Cast, client: Client) -> Batch:
    """One batch of one petition, read by the office."""
    batch = make_batch(make_inspection(cast))
    make_petition(cast, batch)
    client.force_login(account_of(cast.chen))
    return batch


def sent(client: Client, act: str, **typed: str) -> str:
    """What the page answers to its form as it stands, but for what was typed."""
    page = client.get(PAGE).content.decode()
    found = {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("once", "seen")}
    told = typed_of(KINDS["handed_over"][1]) | found | {"act": act} | typed
    return client.post(PAGE, told, follow=True).content.decode()


def bulletin(client: Client, batch: Batch) -> str:
    return client.get(f"/petitions/batches/{batch.pk}/").content.decode()


def test_it_is_tried_on_a_real_batch_and_nothing_is_kept(client: Client, batch: Batch) -> None:
    page = sent(client, "try", paragraphs=OWN)

    assert "交我市1件，请各县抓紧办理。" in page and OWN in page
    assert not BulletinWording.objects.exists()
    assert "请各县抓紧办理" not in bulletin(client, batch)


def test_what_is_saved_words_every_bulletin_until_the_default_is_put_back(client: Client, batch: Batch) -> None:
    assert "请各县抓紧办理。" not in bulletin(client, batch)

    page = sent(client, "save", paragraphs=OWN, note="照市报写法")
    assert "已存下" in page and "照市报写法" in page
    assert "请各县抓紧办理。" in bulletin(client, batch)
    (own,) = [one for one in client.get("/api/v1/wordings").json() if one["is_own"]]
    assert (own["kind"], own["paragraphs"]) == ("handed_over", [OWN])

    assert "已恢复默认" in sent(client, "restore")
    assert "请各县抓紧办理。" not in bulletin(client, batch)
    assert "现在用的是默认用语" in client.get(PAGE).content.decode()
    assert Entry.objects.filter(table="bulletinwording").count() == 2


def test_a_wrong_tag_is_named_and_nothing_typed_is_lost(client: Client, batch: Batch) -> None:
    for act in ("try", "save"):
        page = sent(client, act, paragraphs="本批{没有的}件", short="简称一个")

        assert "没有“没有的”这个标签。" in page
        assert "本批{没有的}件" in page and "简称一个" in page
    assert not BulletinWording.objects.exists()


def test_whoever_was_slower_overwrites_nothing(cast: Cast, client: Client, batch: Batch) -> None:
    wording = edited(KINDS["handed_over"][1], {"paragraphs": OWN})
    row = actions.set_wording("handed_over", wording, by=cast.chen, at=NOON)
    actions.set_wording("handed_over", wording.but(short="件"), by=cast.chen, at=NOON, seen=row.version)

    page = sent(client, "save", paragraphs="{件数}件。", seen="1")

    assert "{件数}件。" in page and BulletinWording.objects.get().wording["short"] == "件"


def test_who_may_and_what_changes_nothing(cast: Cast, client: Client, batch: Batch) -> None:
    _, wording = KINDS["reply"]
    with pytest.raises(Refused, match="您不能改"):
        actions.set_wording("reply", wording.but(short="件"), by=cast.zhang, at=NOON)
    with pytest.raises(Refused, match="没有改动"):
        actions.set_wording("reply", wording, by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="没有这种通报"):
        actions.set_wording("none", wording, by=cast.chen, at=NOON)
    with pytest.raises(Refused, match="就是默认用语"):
        actions.restore_wording("reply", by=cast.chen, at=NOON)
    client.force_login(account_of(cast.zhang))
    assert client.get(PAGE).status_code == 404


@pytest.mark.broken
def test_a_wording_that_cannot_be_read_any_more_says_so(cast: Cast, client: Client, batch: Batch) -> None:
    wording = edited(KINDS["handed_over"][1], {"paragraphs": OWN})
    actions.set_wording("handed_over", wording, by=cast.chen, at=NOON)
    BulletinWording.objects.update(wording={"gone": 1})

    assert "通报用语里没有“gone”这一项。" in bulletin(client, batch)
    assert client.get(PAGE).status_code == 200
