"""In which region a petition lies, given and put right on its own page by the office until it is handed over."""

from typing import Any

import pytest
from django.test import Client

from bihuan.core import audit
from bihuan.petitions.actions import assign_petition, change_petition
from bihuan.petitions.models import Petition
from tests.cast import NOON, Cast, account_of
from tests.makers import make_batch, make_inspection, make_petition

PAGE = "/petitions/HE2-X0001/"
REASON = "来件写的是沧县××村"


@pytest.fixture
def petition(cast: Cast) -> Petition:
    row = make_petition(cast, make_batch(make_inspection(cast)))
    change_petition(row, {"region": None}, by=cast.chen, at=NOON)
    return row


def opened(by: Any) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def test_a_clerk_gives_a_petition_its_region_with_a_reason_and_hands_it_over(cast: Cast, petition: Petition) -> None:
    client = opened(cast.chen)
    assert "定行政区域" in client.get(PAGE).content.decode()

    told = client.post(PAGE, {"move": "place", "region": cast.region.pk, "note": REASON}, follow=True).content.decode()

    assert "行政区域已定。" in told
    assert "改行政区域" in told
    assert REASON in {one.note for one in audit.entries_about("HE2-X0001", petition.city)}
    assert Petition.objects.get().matter.region == cast.region
    assign_petition(Petition.objects.get(), [cast.water], by=cast.chen, at=NOON)
    assert "改行政区域" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(("typed", "sentence"), [({"note": ""}, "还没有改"), ({"region": ""}, "还没有改")])
def test_what_is_missing_is_said_at_the_form_and_what_was_typed_stays(
    cast: Cast, petition: Petition, typed: dict[str, str], sentence: str
) -> None:
    sent = {"move": "place", "region": str(cast.region.pk), "note": REASON} | typed

    answer = opened(cast.chen).post(PAGE, sent)

    told = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in told
    assert (REASON in told) == bool(sent["note"])
    assert Petition.objects.get(pk=petition.pk).matter.region is None


def test_nobody_but_the_office_gives_a_region(cast: Cast, petition: Petition) -> None:
    assign = {"move": "place", "region": cast.region.pk, "note": REASON}
    change_petition(petition, {"region": cast.region.pk}, by=cast.chen, at=NOON)
    assign_petition(Petition.objects.get(), [cast.water], by=cast.chen, at=NOON)

    told = opened(cast.zhang).post(PAGE, assign | {"region": cast.neighbour.region_id}, follow=True).content.decode()

    assert "已交办，行政区域不能直接改。" in told
    assert Petition.objects.get().matter.region == cast.region
