"""What an office's program reads and does beside ledgers and matters: the check-up, workbooks out and back, what is
owed, the tray, own deeds; each as its page has it, for the same person.
"""

import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.api.documentation import document
from bihuan.gate import tokens
from bihuan.intake.models import Intake
from bihuan.matters.models import Inspection, Matter
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition, move_undertaking
from bihuan.petitions.models import Undertaking
from bihuan.rectification.models import Problem
from tests.cast import NOON, Cast, account_of, seat_as
from tests.kept import leads_up
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem
from tests.returned import XLSX, cell_of, packed

OURS = (
    "api_checkup",
    "api_check",
    "api_completeness",
    "api_home",
    "api_overview",
    "api_tray",
    "api_deeds",
    "api_returned",
)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
@leads_up
def inspection(cast: Cast) -> Inspection:
    plan = make_plan(make_inspection(cast), cast.party)
    make_measure(make_problem(cast, plan=plan))
    make_petition(cast, make_batch(plan.inspection))
    return plan.inspection


def signed_in(by: Any) -> Client:
    client = Client()
    client.force_login(account_of(by))
    return client


def read(client: Client, path: str) -> Any:
    return client.get(f"/api/v1/{path}").json()


def send(client: Client, path: str, told: dict[str, Any], key: str = "key-00001") -> Any:
    heads = {"Idempotency-Key": key}
    return client.post(f"/api/v1/{path}", told, content_type="application/json", headers=heads)


def hand_back(client: Client, inspection: Inspection, data: bytes, key: str = "key-back1") -> Any:
    form = {"inspection": inspection.code, "file": SimpleUploadedFile("台账.xlsx", data, XLSX)}
    return client.post("/api/v1/returned", form, headers={"Idempotency-Key": key})


def taken_out(client: Client, name: str = "problems") -> Any:
    answer = client.get(f"/api/v1/ledgers/{name}/form")
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_a_workbook_goes_out_and_comes_back_cell_by_cell(cast: Cast, inspection: Inspection) -> None:
    client = signed_in(cast.chen)
    book = taken_out(client)
    cell_of(book, "HE2-P001", "整改目标").value = "全部封填。"

    back = hand_back(client, inspection, packed(book)).json()
    [cell] = back["cells"]
    assert (cell["code"], cell["status"]["label"], cell["mine"], cell["is_takeable"]) == (
        "HE2-P001",
        "改动",
        "全部封填。",
        True,
    )
    asked = {"step": "commit", "take": [cell["key"]], "looked": back["looked"], "version": back["version"]}
    done = send(client, f"returned/{back['id']}/steps", asked)
    again = send(client, f"returned/{back['id']}/steps", asked)

    assert (done.json()["done"], done.json()["paper"]["cells"][0]["is_taken"]) == ("已写入1处。", True)
    assert (again.status_code, again.json()["is_repeated"]) == (200, True)
    assert Problem.objects.get().target == "全部封填。"
    version = read(client, f"returned/{back['id']}")["version"]
    undone = send(
        client, f"returned/{back['id']}/steps", {"step": "withdraw", "note": "填错了", "version": version}, "key-undo1"
    )
    assert undone.status_code == 200
    assert Problem.objects.get().target != "全部封填。"


def test_nothing_is_written_unseen_unchosen_or_that_cannot_be_taken(cast: Cast, inspection: Inspection) -> None:
    client = signed_in(cast.chen)
    book = taken_out(client)
    cell_of(book, "HE2-P001", "整改目标").value = "全部封填。"
    back = hand_back(client, inspection, packed(book)).json()
    path, key = f"returned/{back['id']}/steps", back["cells"][0]["key"]

    def refused(told: dict[str, Any], of: str) -> tuple[int, str]:
        answer = send(client, path, {"step": "commit", "version": back["version"], **told}, of)
        return answer.status_code, answer.json()["error"]

    assert refused({"take": [], "looked": back["looked"]}, "key-none1") == (422, "还没有勾选要写入的格子。")
    assert refused({"take": [key], "looked": "别的"}, "key-look1")[0] == 409
    assert refused({"take": ["HE2-P001/number"], "looked": back["looked"]}, "key-lock1")[0] == 422
    assert send(client, path, {"step": "commit", "take": [key]}, "key-vers1").status_code == 428
    assert Problem.objects.get().target != "全部封填。"


def test_another_file_is_no_ledger_that_came_back(cast: Cast, inspection: Inspection) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["值班安排", "电话"])
    book.worksheets[0].append(["周一", "张三"])

    answer = hand_back(signed_in(cast.chen), inspection, packed(book))

    assert (answer.status_code, "不是从闭环取出填报的台账" in answer.json()["error"]) == (422, True)
    assert not Intake.objects.exists()


def test_a_workbook_to_print_asks_as_the_ledger_does(cast: Cast, inspection: Inspection) -> None:
    client = signed_in(cast.chen)

    answer = client.get("/api/v1/ledgers/problems/workbook?column=number&column=title")
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    assert client.get("/api/v1/ledgers/problems/workbook?size=5").status_code == 422
    assert client.get("/api/v1/ledgers/problems/workbook?titel=x").status_code == 422
    assert signed_in(cast.zhang).get("/api/v1/ledgers/problems/form").status_code == 404
    desk = seat_as(Role.PETITION_DESK, cast.office)
    assert signed_in(desk).get("/api/v1/ledgers/problems/form").status_code == 404
    assert signed_in(desk).get("/api/v1/ledgers/petitions/form").status_code == 200


def test_the_check_up_is_read_and_a_finding_explained_once(cast: Cast, inspection: Inspection) -> None:
    make_problem(cast, 2, plan=Problem.objects.get().plan)
    Matter.objects.filter(kind="problem").update(state="issued")
    client = signed_in(cast.chen)

    found = read(client, "checkup")
    assert found["can_explain"] is True
    whole = read(client, "checkup/no_measure")
    assert [one["code"] for one in whole["findings"]] == ["HE2-P002"]
    told = {name: whole["findings"][0][name] for name in ("subject", "digest")} | {"reason": "措施随后印发。"}
    first, again = (send(client, "checkup/no_measure/explanations", told) for _ in range(2))
    assert (first.json()["is_repeated"], again.json()["is_repeated"]) == (False, True)
    whole = read(client, "checkup/no_measure")
    assert (whole["count"], whole["explained"][0]["reason"]) == (0, "措施随后印发。")
    assert client.get("/api/v1/checkup/nothing").status_code == 404
    answer = send(signed_in(cast.zhang), "checkup/no_measure/explanations", told, "key-zhang1")
    assert (answer.status_code, answer.json()) == (422, {"error": "体检说明由整改办填写。"})
    Matter.objects.filter(kind="problem").update(state="draft")


def test_a_unit_is_told_nothing_of_what_it_does_not_see(cast: Cast, inspection: Inspection) -> None:
    make_petition(cast, make_batch(inspection, number=21), "D2HE202204120099")

    assert read(signed_in(cast.qian), "checkup") == {"count": 0, "can_explain": False, "checks": []}
    assert read(signed_in(cast.qian), "overview")["problems"] == 0
    assert signed_in(cast.zhang).get("/api/v1/completeness").status_code == 404


def test_the_completeness_statement_is_read_and_taken_as_a_paper(cast: Cast, inspection: Inspection) -> None:
    client = signed_in(cast.chen)

    [stated] = read(client, "completeness")["inspections"]
    kinds = {kind["label"]: (kind["count"], kind["is_whole"]) for kind in stated["kinds"]}
    assert kinds == {"整改问题": (1, True), "整改措施": (1, True), "信访举报件": (1, True)}
    assert client.get("/api/v1/completeness/paper").content[:2] == b"PK"


def test_what_is_owed_the_tray_and_the_overview_are_as_at_home(cast: Cast, inspection: Inspection) -> None:
    client = signed_in(cast.chen)

    home = read(client, "home")
    acts = [(one["act"], one["kind"], one["code"], one["batch"]) for one in home["rows"]]
    assert ("交办", "batch", "", "第1批") in acts
    assert ("下达", "problem", "HE2-P001", "") in acts
    assert home["is_exact"] is True
    assert [(one["batch"], one["count"]) for one in read(client, "tray")] == [("第1批", 1)]
    overview = read(client, "overview")
    assert (overview["problems"], overview["measures"]) == (1, 1)
    assert sum(one["count"] for one in overview["lights"]) == 1
    assert read(signed_in(cast.zhang), "home")["count"] == 0
    assert signed_in(cast.zhang).get("/api/v1/tray").status_code == 404


def test_a_step_that_left_ones_sight_is_corrected_among_ones_own_deeds(cast: Cast, inspection: Inspection) -> None:
    petition = make_petition(cast, make_batch(inspection, number=21), "D2HE202204120099")
    assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    move_undertaking(Undertaking.objects.get(), "return", by=cast.zhang, at=NOON, note="不归我们管")
    client, code = signed_in(cast.zhang), petition.matter.code

    [own] = read(client, "deeds")
    assert (own["code"], own["step"]["label"], own["is_last"]) == (code, "退办", True)
    assert send(client, "deeds", {"code": code, "note": ""}).status_code == 422
    done = send(client, "deeds", {"code": code, "note": "看错了"}, "key-right1")

    assert (done.status_code, done.json()["code"]) == (200, code)
    assert Undertaking.objects.get().state == "waiting"
    assert send(client, "deeds", {"code": "HE2-X0001", "note": "不是我办的"}, "key-wrong1").status_code == 404


RUNNING = """第30批 2022年4月14日
受理编号,行政区域,污染类型,交办问题基本情况,承办单位,办理状态
D2HE202204120077,沧县,大气,某厂粉尘大。,沧县水务局,办理中
"""


def test_a_running_ledger_is_taken_over_by_a_program_and_says_so(cast: Cast, inspection: Inspection) -> None:
    client, other = signed_in(cast.chen), make_inspection(cast, "HE3")
    form = {"inspection": other.code, "takes_over": "true", "file": SimpleUploadedFile("台账.csv", RUNNING.encode())}
    paper = client.post("/api/v1/imports", form, headers={"Idempotency-Key": "key-over1"}).json()
    send(client, f"imports/{paper['id']}/steps", {"step": "commit", "version": paper["version"]}, "key-over2")

    told = read(client, "petitions/HE3-X0001")

    taken = told["taken_over"]
    assert (told["state"]["label"], taken["word"], taken["handed_over_on"]) == ("办理中", "办理中", "2022-04-14")
    assert read(client, "petitions/HE2-X0001")["taken_over"] is None


def test_the_documentation_is_in_chinese_and_says_what_is_a_file(cast: Cast) -> None:
    page = signed_in(cast.zhang).get("/api/v1/docs").content.decode()

    operations = document()["paths"].values()
    said = [told["description"] for methods in operations for told in methods.values() if "description" in told]
    assert [words for words in said if words.isascii()] == []
    assert page.count("<p>答：一份文件</p>") == 17  # seven workbooks, six to be filled in, one paper, the month


def test_no_contract_can_list_any_of_these() -> None:
    """An interface reads what its unit answers for: neither the city's check-up nor anybody's desk is for it."""
    listed = {name for name in tokens.OPERATIONS if name.startswith((*OURS, "api_workbook", "api_form"))}

    assert listed == set()
    assert "api_ledger_problems_get" in tokens.OPERATIONS  # which a contract does list
