"""What a person may read on a page he may read over the API: of each page it is said what tells it, or why nothing."""

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from bihuan.api import urls as api_urls
from bihuan.api.door import declared
from bihuan.gate.policy import policy_of
from tests.house.expectations import ROWS
from tests.house.rows import LEDGERS

assert api_urls.ROOMS  # which declare the operations
NAMES = tuple(one.replace("-", "_") for one in LEDGERS)
TOLD: dict[str, tuple[str, ...]] = {  # page: the operations that tell what it shows
    "home": ("home", "overview", "tray"),
    "account_detail": ("account", "me"),
    "factor_list": ("account",),
    "stand_in_list": ("stand_ins",),
    "draft_list": ("drafts",),
    "own_deeds": ("deeds",),
    "message_list": ("messages",),
    "ledger_detail": (*(f"ledger_{one}" for one in NAMES), "views"),
    "ledger_workbook": tuple(f"workbook_{one}" for one in NAMES),
    "ledger_form": ("form_problems", "form_measures", "form_petitions"),
    "problem_detail": ("problem",),
    "measure_detail": ("measure",),
    "petition_detail": ("petition",),
    "plan_list": ("plans",),
    "plan_detail": ("plan",),
    "plan_editions": ("plan_shifts",),
    "plan_check": ("plan_check",),
    "plan_opinions": ("plan_opinions",),
    "evidence_list": ("evidence",),
    "link_list": ("links",),
    "acceptance_list": ("acceptance_queue", "packages"),
    "acceptance_detail": ("acceptance", "experts"),
    "package_detail": ("package",),
    "recheck_list": ("rechecks",),
    "watch_list": ("watch_hits",),
    "repeat_list": ("petition_pairs",),
    "rebound_list": ("rebounds",),
    "exemption_list": ("exemptions",),
    "sweep_list": ("sweeps",),
    "sweep_detail": ("sweep",),
    "dossier_detail": ("dossier",),
    "extension_list": ("extensions",),
    "light_list": ("lights",),
    "report_list": ("reports",),
    "report_workbook": ("reports_workbook",),
    "assignment_list": ("assignments",),
    "measure_progress": ("measure_reports",),
    "petition_findings": ("findings", "call_backs"),
    "petition_items": ("items",),
    "petition_check_new": ("petition_checks",),
    "search": ("search",),
    "unit_detail": ("unit", "units"),
    "person_detail": ("person",),
    "checkup": ("checkup", "check"),
    "completeness": ("completeness",),
    "completeness_paper": ("completeness_paper",),
    "release_list": ("releases",),
    "public_batch": ("public_batch",),
    "release_detail": ("release",),
    "objection_list": ("objections",),
    "objection_detail": ("objection",),
    "import_list": ("imports",),
    "import_detail": ("import", "returned"),
    "batch_list": ("batches",),
    "petition_board": ("board",),
    "petition_statistics": ("statistics",),
    "petition_crossing": ("crossing",),
    "bulletin_wording": ("wordings",),
    "batch_detail": ("batch",),
    "batch_bulletin": ("batch_bulletin",),
    "batch_table": ("batch_table",),
    "settings_list": ("settings", "settings_list"),
    "settings_row": ("settings_row",),
    "grant_list": ("grants",),
    "console_system": ("system",),
    "account_list": ("accounts",),
    "job_list": ("jobs",),
    "receiver_list": ("receivers",),
    "retention": ("retention",),
    "console_security": ("security",),
    "office_rules": ("security",),
    "sign_in_list": ("sign_ins",),
    "token_list": ("tokens",),
    "unsealing_list": ("emergencies",),
    "slip_list": ("slips",),
    "console_audit": ("audit", "audit_trail"),
    "audit_report": ("audit_report",),
    "audit_workbook": ("audit_workbook",),
    "petitioner_detail": ("readings",),
    "petitioner_letter": ("readings",),
    "petitioner_export_list": ("petitioner_exports",),
    "petitioner_export_detail": ("petitioner_export",),
}
UNTOLD = {
    **dict.fromkeys(("account_login", "account_second", "account_slip", "account_prove"), "a way in"),
    **dict.fromkeys(("provider_go", "provider_return", "provider_link", "provider_unlink"), "a way in"),
    **dict.fromkeys(("account_password", "factor_phone", "factor_passkey", "factor_codes"), "a form of a secret"),
    **dict.fromkeys(("healthz", "readyz"), "two words for a machine as they are"),
    **dict.fromkeys(("help_home", "help_page", "help_picture"), "the manual, the same for everybody"),
    **dict.fromkeys(("ledger_list", "settings_home", "slip_detail"), "leads elsewhere"),
    **dict.fromkeys(("import_new", "redaction", "petitioner_export_new", "unsealing_open"), "a form, empty when read"),
    **dict.fromkeys(("check_new", "sweep_new", "sweep_answer"), "a form, empty when read"),
    **dict.fromkeys(("plan_measure", "plan_problem"), "a form of what `measure` and `plan_check` tell"),
    **dict.fromkeys(("evidence_file", "evidence_preview"), "bytes, whose hash `evidence` tells"),
    **dict.fromkeys(("dossier_book", "dossier_whole"), "bytes, whose hash `dossier` tells"),
    **dict.fromkeys(("notice_list", "notice_detail", "notice_feed"), "for everybody, without a login"),
    **dict.fromkeys(("public_petitions", "public_petition", "public_figures"), "for everybody, without a login"),
    **dict.fromkeys(("public_petitions_csv", "public_petitions_json", "public_feed"), "the same, for programs"),
    **dict.fromkeys(("public_figures_csv", "public_figures_json"), "the same, for programs"),
    "package_picture": "for the eyes of its expert alone, with his name all over it",
    "objection_contact": "how somebody can be reached does not leave over the API",
    "settings_workbook": "an empty form",
    "petitioner_lookup": "finds nothing before a number is sent",
}


def unsaid(pages: set[str]) -> set[str]:
    """Pages of which it is neither said what tells them nor why nothing does."""
    return pages - TOLD.keys() - UNTOLD.keys()


def test_of_every_page_it_is_said_which_operation_tells_it_or_why_none_does() -> None:
    pages = {row.name for row in ROWS if row.reads is not None and not row.is_for_programs}

    assert unsaid(pages) == set()
    assert (TOLD.keys() | UNTOLD.keys()) - pages == set()
    assert TOLD.keys() & UNTOLD.keys() == set()


def test_a_page_of_which_nothing_is_said_is_found() -> None:
    assert unsaid({"home", "order_list"}) == {"order_list"}


@pytest.mark.parametrize("page", TOLD)
def test_whoever_opens_a_page_finds_an_operation_that_tells_it(page: str) -> None:
    operations = declared()
    given = {"ledger": ["problems"], "settings": ["units"]}.get(page.partition("_")[0], [])
    tries = ([], given, ["HE2-P001"], [1], [*given, 1])
    its_page = policy_of(resolve(next(filter(None, (_address(page, one) for one in tries)))).func)
    assert its_page is not None

    told = frozenset[object]().union(*(operations[f"api_{name}"].roles for name in TOLD[page]))

    assert its_page.roles - told == frozenset()


def _address(page: str, given: list[object]) -> str:
    try:
        return reverse(page, args=given)
    except NoReverseMatch:
        return ""
