"""The page of the evidence on a petition: as on problems, for whoever sees the petition, by whoever holds a part."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.matters.actions import evidence
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Evidence
from bihuan.matters.queries import evidence as queries
from bihuan.organisation.rules.duties import Role
from tests.answering import Answering, being_answered
from tests.cast import NOON, ROBOT, Cast, account_of, seat_as
from tests.desk import NAME, PHONE
from tests.makers import make_plan, make_problem
from tests.rules.lib.shots import shot

PAGE = "/evidence/HE2-X0001/"


@pytest.fixture
def way(cast: Cast) -> Answering:
    return being_answered(cast, cast.farm)


def signed_in(by: Any) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def bring(client: Client, *files: tuple[str, bytes], **more: str) -> Any:
    brought = [SimpleUploadedFile(name, data) for name, data in files]
    told = {"act": "add", "kind": "整改前照片", "caption": "", "place": "××村", **more}
    return client.post(PAGE, {**told, "file": brought})


def test_a_reporter_puts_pictures_and_papers_on_his_petition(way: Answering) -> None:
    client = signed_in(way.filler)

    answer = bring(client, ("前.jpg", shot(DateTimeOriginal="2022:06:14 09:30:00")))
    bring(client, ("监测.txt", b"COD 32 mg/L"), kind="监测报告")
    bring(client, ("后.jpg", shot(DateTimeOriginal="2022:07:01 10:00:00")), kind="整改后照片")
    first, _, last = Evidence.objects.order_by("pk")
    client.post(PAGE, {"act": "pair", "before": first.pk, "after": last.pk})

    assert (answer.status_code, first.matter.code) == (302, "HE2-X0001")
    page, petition = client.get(PAGE).content.decode(), client.get("/petitions/HE2-X0001/").content.decode()
    assert "拍摄 2022-06-14 09:30" in page
    assert "前后对比 1 组" in page
    assert "3 份" in petition
    assert f"{PAGE}{last.pk}/preview/" in petition
    assert "材料清单" not in page


def test_who_sees_the_petition_sees_its_files_and_puts_none_there(way: Answering) -> None:
    bring(signed_in(way.filler), ("前.jpg", shot()))
    row = Evidence.objects.get()
    county = signed_in(way.county)

    assert county.get(f"{PAGE}{row.pk}/file/").status_code == 200
    assert county.get("/api/v1/evidence/HE2-X0001").json()["files"][0]["kind"] == "整改前照片"
    assert 'name="file"' not in county.get(PAGE).content.decode()
    bring(county, ("另.jpg", shot(DateTimeOriginal="2022:07:01 10:00:00")))
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("what", ["", "file/", "preview/"])
def test_another_countys_people_find_nothing(way: Answering, cast: Cast, what: str) -> None:
    bring(signed_in(way.filler), ("前.jpg", shot()))
    row = Evidence.objects.get()
    path = f"{PAGE}{row.pk}/{what}" if what else PAGE

    away = seat_as(Role.COUNTY_APPROVER, cast.neighbour, "邻审")
    assert signed_in(away).get(path).status_code == 404
    assert signed_in(away).get("/api/v1/evidence/HE2-X0001").status_code == 404
    assert signed_in(cast.chen).get(path).status_code == 200
    if what:
        assert signed_in(cast.chen).get(f"/evidence/HE2-P001/{row.pk}/{what}").status_code == 404


def test_a_unit_is_offered_to_end_its_own_files_alone(way: Answering, cast: Cast) -> None:
    bring(signed_in(way.filler), ("前.jpg", shot()))
    farmer = signed_in(seat_as(Role.REPORTER, cast.farm, "农填"))

    assert "作废这一份" in signed_in(way.filler).get(PAGE).content.decode()
    assert "作废这一份" not in farmer.get(PAGE).content.decode()
    farmer.post(PAGE, {"act": "end", "row": Evidence.objects.get().pk, "note": "不好看"})
    assert not Evidence.objects.get().is_ended


def test_a_check_list_is_no_matter_of_petitions(way: Answering) -> None:
    client = signed_in(way.filler)

    client.post(PAGE, {"act": "waive", "item": "payment", "note": "没有罚款"})

    assert "没有这一步" in client.get(PAGE).content.decode()


def test_whoever_brings_a_file_that_names_people_is_told(way: Answering) -> None:
    client = signed_in(way.filler)

    bring(client, ("回访.txt", f"举报人{NAME}，电话{PHONE}，表示满意。".encode()), kind="其他")

    page = client.get(PAGE).content.decode()
    assert "像有姓名、电话一类个人信息2处" in page
    assert NAME not in page


def elsewhere(way: Answering, cast: Cast, region: Any) -> None:
    """A problem of that region, on which the same picture came first, by a name that tells who took it."""
    problem = make_problem(cast, plan=make_plan(way.petition.matter.inspection, cast.party))
    file = Brought(TELLING, shot(), "整改前照片")

    @action
    def keep(*, by: Any, at: Any) -> None:
        if region != problem.matter.region:
            audit.change(problem.matter, region=region)
        evidence.add(problem.matter, file)

    keep(by=ROBOT, at=NOON)


TELLING = f"举报人{NAME} 邻县渗坑.jpg"


def names_told(client: Client) -> str:
    """All that is said of the files of the petition: the page, the API, what a downloaded file is called."""
    row = Evidence.objects.latest("pk")
    told = client.get("/api/v1/evidence/HE2-X0001").json()["files"]
    kept = unquote(client.get(f"{PAGE}{row.pk}/file/")["Content-Disposition"])
    return client.get(PAGE).content.decode() + str(told) + kept


@pytest.mark.promise("P5")
def test_a_file_that_was_there_before_does_not_bring_its_name(way: Answering, cast: Cast) -> None:
    elsewhere(way, cast, cast.region)
    client = signed_in(way.filler)

    bring(client, ("前.jpg", shot()))

    told = names_told(client)
    assert Evidence.objects.count() == 2
    assert NAME not in told
    assert "邻县渗坑.jpg" in told


def test_another_countys_name_of_the_same_bytes_is_not_told(way: Answering, cast: Cast) -> None:
    elsewhere(way, cast, cast.neighbour.region)
    client = signed_in(way.filler)

    bring(client, ("前.jpg", shot()))

    told = names_told(client)
    assert "邻县" not in told
    assert f"整改前照片{Evidence.objects.latest('pk').pk}.jpg" in told


@pytest.mark.broken
@pytest.mark.teeth("P5")
def test_a_name_that_is_shown_as_it_is_stored_is_found(
    way: Answering, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "name_of", lambda row: row.file.name)
    elsewhere(way, cast, cast.region)
    client = signed_in(way.filler)

    bring(client, ("前.jpg", shot()))

    assert NAME in names_told(client)
