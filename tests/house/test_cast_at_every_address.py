"""Every address × every member of the cast: what opens is what docs/permissions.md says, and only what is in scope."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.actor import Actor
from bihuan.intake.actions import papers as intake
from bihuan.intake.understanding import understand_file
from bihuan.management.documents import addresses
from bihuan.organisation.models import Person
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.keeping import KEEPERS
from bihuan.petitions.models import Batch
from bihuan.rectification.actions import handing_over
from tests.cast import CITY, NOON, Cast, account_of
from tests.house.put import make_export, put_file, put_sweep
from tests.house.rows import OF_A_BATCH
from tests.house.source import ROOT
from tests.makers import (
    make_batch,
    make_inspection,
    make_measure,
    make_objection,
    make_petition,
    make_plan,
    make_problem,
    make_release,
    make_result,
)
from tests.returned import came_back

CAST = ("zhang", "li", "wang", "chen", "qian", "sun", "zhao")
MATTERS: dict[
    str, tuple[str, set[str]]
] = {  # address: (code, who has it in scope: those who answer for it, and the city's office)
    "problem_detail": ("HE2-P001", {"zhang", "li", "wang", "chen"}),
    "measure_detail": ("HE2-M001-01", {"zhang", "wang", "chen"}),
    "petition_detail": ("HE2-X0001", {"wang", "chen"}),
    "petition_findings": ("HE2-X0001", set()),
    **dict.fromkeys(("petition_items", "api_items", "api_item", "api_item_end"), ("HE2-X0001", {"wang", "chen"})),
    **dict.fromkeys(
        ("api_findings", "api_call_backs", "petition_check_new", "api_petition_checks"), ("HE2-X0001", {"wang", "chen"})
    ),
    **dict.fromkeys(
        (
            *("evidence_list", "evidence_file", "evidence_preview", "acceptance_detail", "check_new"),
            *("link_list", "api_links"),
            *("extension_list", "light_list", "dossier_detail", "dossier_book", "dossier_whole"),
        ),
        ("HE2-P001", {"zhang", "li", "wang", "chen"}),
    ),
    "api_problem": ("HE2-P001", {"zhang", "li", "wang", "chen"}),
    "api_measure": ("HE2-M001-01", {"zhang", "wang", "chen"}),
    "api_petition": ("HE2-X0001", {"wang", "chen"}),
    **dict.fromkeys(
        ("api_evidence", "api_acceptance", "api_experts", "api_extensions", "api_lights", "api_dossier"),
        ("HE2-P001", {"zhang", "li", "wang", "chen"}),
    ),
    **dict.fromkeys(
        ("api_check_new", "api_condition", "api_link_end", "api_dossier_new", "api_expert_without", "api_exempt"),
        ("HE2-P001", {"zhang", "li", "wang", "chen", "qian", "zhao"}),
    ),
    "api_problem_step": ("HE2-P001", {"zhang", "li", "wang", "chen", "qian", "zhao"}),  # 405 for whoever is in business
    **dict.fromkeys(
        ("measure_progress", "api_measure_reports", "assignment_list", "api_assignments"),
        ("HE2-M001-01", {"zhang", "wang", "chen"}),
    ),
    "api_report_step": ("HE2-M001-01", {"zhang", "li", "wang", "chen", "qian", "zhao"}),
    "api_measure_step": ("HE2-M001-01", {"zhang", "li", "wang", "chen", "qian", "zhao"}),
    "api_findings_return": ("HE2-X0001", {"zhang", "li", "wang", "chen", "qian", "zhao"}),
    "api_petition_step": ("HE2-X0001", {"zhang", "li", "wang", "chen", "qian", "zhao"}),
    **dict.fromkeys(
        ("plan_detail", "plan_editions", "api_plan", "api_plan_shifts"), ("PLAN", {"zhang", "li", "wang", "chen"})
    ),
    **dict.fromkeys(
        ("plan_check", "plan_opinions", "api_plan_check", "api_plan_opinions"), ("LOWER", {"wang", "chen"})
    ),
    **dict.fromkeys(("plan_measure", "plan_problem"), ("LOWER", set())),
    **dict.fromkeys(
        ("api_plan_deliberation", "api_plan_explanation", "api_plan_tie"),
        ("LOWER", {"zhang", "li", "wang", "chen", "qian", "zhao"}),
    ),
    "api_plan_step": ("PLAN", {"zhang", "li", "wang", "chen", "qian", "zhao"}),
    **dict.fromkeys(("sweep_detail", "sweep_answer", "api_sweep"), ("HE2-S001", {"zhang", "wang", "chen"})),
    **dict.fromkeys(
        ("api_sweep_step", "api_sweep_answer"), ("HE2-S001", {"zhang", "li", "wang", "chen", "qian", "zhao"})
    ),
    **dict.fromkeys(("package_detail", "package_picture", "api_package", "api_package_opinion"), ("HE2-P001", set())),
    "petitioner_detail": ("HE2-X0001", {"wang"}),
    "petitioner_letter": ("HE2-X0001", {"wang"}),
    "api_readings": ("HE2-X0001", {"wang"}),
    "notice_detail": ("HE2-G001", {*CAST}),
    "public_petition": ("HE2-Q0001", {*CAST}),
    "release_detail": ("HE2-G001", {"wang", "chen"}),
    "api_release": ("HE2-G001", {"wang", "chen"}),
    "objection_detail": ("HE2-Y001", {"wang", "chen"}),
    "api_objection": ("HE2-Y001", {"wang", "chen"}),
    "objection_contact": ("HE2-Y001", set()),
}
NAMES = {"ledger": "problems", "help": "clerk", "settings": "units", "api": "units"}
TABLE = "第20批\n序号,受理编号,交办问题基本情况,行政区域,污染类型\n1,D2HE202204120032,沧县某面粉厂粉尘大。,沧县,大气\n"


def documented() -> dict[str, str]:
    """What docs/permissions.md says: the roles that an address opens for, in its words."""
    rows = re.findall(r"^\| `\S*` (\w+) \| (.+) \|$", (ROOT / "docs/permissions.md").read_text(), re.MULTILINE)
    return dict(rows)


def expected(name: str, words: str, who: str, actor: Actor) -> bool:
    if name in MATTERS:
        return who in MATTERS[name][1]
    named, held = set(re.findall(r"\b[A-Z]\d\b", words)), {post.role.value for post in actor.held}
    if words.startswith("everybody"):
        return not (held & named)
    return bool(held & (named or {one for roles in KEEPERS.values() for one in roles}))


@pytest.fixture
def address(cast: Cast) -> dict[str, str]:
    """Every address of the site, by name, with something behind it."""
    problem = make_problem(cast, plan=make_plan(make_inspection(cast), cast.party))
    make_measure(problem)
    lower = make_plan(problem.plan.inspection, cast.county, parent=problem.plan, state="draft")
    carried = make_measure(make_problem(cast, 9, plan=lower, lead=cast.county))
    handing_over.move_problem(problem, "issue", by=cast.wang, at=NOON)  # until then it is the office's alone
    make_petition(cast, batch := make_batch(problem.plan.inspection))
    understood = understand_file("批次.csv", TABLE.encode(), structure.directory(CITY), None)
    paper = intake.take_in("批次.csv", TABLE.encode(), understood, problem.plan.inspection, by=cast.chen, at=NOON)
    export = make_export(Person.objects.get(pk=cast.zhang.person))
    file = put_file(problem, cast.chen)
    place = put_sweep(cast, problem.plan.inspection, cast.water)
    make_objection(make_release(Person.objects.get(pk=cast.zhang.person)))
    make_result(Person.objects.get(pk=cast.zhang.person))
    numbers = {
        **dict.fromkeys(("public_batch", "api_public_batch"), batch.pk),
        "sweep_answer": place.pk,
        "api_sweep_answer": place.pk,
        "evidence_file": file.pk,
        "evidence_preview": file.pk,
        "plan_measure": carried.pk,
        "plan_problem": carried.problem_id,
        "import_detail": paper.pk,
        **{one: Batch.objects.get().pk for one in OF_A_BATCH},
        "settings_row": cast.water.pk,
        "api_settings_row": cast.water.pk,
        "unit_detail": cast.water.pk,
        "person_detail": cast.zhang.person,
        "petitioner_export_detail": export.pk,
        "api_petitioner_export": export.pk,
        "api_import": paper.pk,
        "api_returned": came_back(cast.chen, problem.plan.inspection).pk,
        "api_unit": cast.water.pk,
        "api_person": cast.zhang.person,
    }
    found = {}
    for one in addresses():
        name = str(one.name)
        code = MATTERS.get(name, ("",))[0]
        given = {
            "code": {"PLAN": problem.plan.code, "LOWER": lower.code}.get(code, code),
            "name": "problem.png" if name == "help_picture" else NAMES.get(name.split("_", maxsplit=1)[0], ""),
            "pk": numbers.get(name, 0),
            "number": 1,
            "check": "no_measure",
        }
        found[name] = reverse(name, kwargs={word: given[word] for word in one.pattern.converters})
    return found


@pytest.mark.parametrize("who", CAST)
def test_an_address_opens_for_whom_the_document_says(
    client: Client, cast: Cast, address: dict[str, str], settings: Any, who: str
) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9/nobody"  # which is named, so that its addresses are there
    actor, says = getattr(cast, who), documented()
    assert says.keys() == address.keys()
    client.force_login(account_of(actor))

    opened = {}
    for name, path in address.items():
        if name not in ("account_logout", "account_second"):  # the second leads back to the first
            answer = client.get(path)
            answer.close()
            opened[name] = answer.status_code != 404 and not answer.headers.get("Location", "").startswith("/login/")

    wanted = {name: expected(name, says[name], who, actor) for name in opened}
    assert {name for name in opened if opened[name] != wanted[name]} == set()
    assert any(opened.values())
