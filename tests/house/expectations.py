"""Who opens what, written by hand from the duties of each principal, and from nothing in the code.

A row is one address with something behind it. The walk holds every principal × address × method × relation against it;
an address without a row here fails, and so does a row without its address.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tests.house.bodies import WRITTEN_OF_PLANS
from tests.house.rows import (
    BUSINESS,
    CITY,
    COUNTY,
    DISCLOSERS,
    EVERYBODY,
    FILED,
    FILES,
    FORMS,
    IMPORTERS,
    KEEPERS,
    LEDGERS,
    NOBODY,
    OFFICE,
    PEOPLE,
    PETITION,
    SEEN_PLAN,
    SETTLERS,
    TELLERS,
    TOKEN,
    UNIT,
    Row,
)


def _settings(name: str, keepers: str, adders: str, deed: str) -> tuple[Row, ...]:
    """The list, the workbook and a row of one kind of setting; `adders` add to it, "" where no workbook fills it."""
    own = adders or NOBODY
    return (
        Row("settings_list", keepers, name, posts=adders or keepers, door=SETTLERS),
        Row("settings_workbook", own, name, door=SETTLERS),
        Row("settings_row", keepers, name, door=SETTLERS, body={"deed": deed}),
    )


def _settings_told(name: str, keepers: str) -> tuple[Row, ...]:
    """The same list and row as programs read them."""
    return (
        Row("api_settings_list", keepers, name, door=SETTLERS, is_only_read=True),
        Row("api_settings_row", keepers, name, door=SETTLERS, is_only_read=True),
    )


def _api(name: str, reads: str, given: str = "", *, door: str | None = None) -> Row:
    """What programs read as people read its page, and send nothing to."""
    machine = f" {TOKEN}" if not given or UNIT in reads else ""  # it reads of matters what its unit does
    return Row(f"api_{name}", f"{reads}{machine}", given, door=f"{door or reads} {TOKEN}", is_only_read=True)


def _matter(kind: str, whole: Callable[..., Row]) -> Iterator[Row]:
    """A problem or a measure, by what it is to whoever asks."""
    # One's own matter is led by the unit in which U1, U2 and U3 sit, in the county of C1, C2 and L1; it names L2 as the
    # leader of the case, and V1's bureau supervises it. X1 reads what was submitted to his inspection.
    for relation, reads in (
        ("own", f"{CITY} {COUNTY} {UNIT} L2 V1"),
        ("own draft", OFFICE),
        ("own, submitted", f"{CITY} {COUNTY} {UNIT} V1 X1"),
        ("another unit's", f"{CITY} {COUNTY}"),
        ("another county's", CITY),
    ):
        yield whole(kind, reads, relation, door=BUSINESS)


def _petition(whole: Callable[..., Row]) -> Iterator[Row]:
    for relation, reads in (
        ("own", f"{CITY} {COUNTY} L2"),
        ("own draft", OFFICE),
        ("own, submitted", f"{CITY} {COUNTY} X1"),
        ("another county's", CITY),
    ):
        yield whole("petition", reads, relation, door=BUSINESS)


def _as_petition(whole: Callable[..., Row]) -> Iterator[Row]:
    """An address of matters of any kind, at petitions."""
    return (replace(row, given=f"{PETITION}{row.given}") for row in _petition(whole))


KINDS: tuple[Callable[[Callable[..., Row]], Iterator[Row]], ...] = (partial(_matter, "problem"), _as_petition)


def _step(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """Whoever reads a matter may send a step to it, and hears why not; an interface takes none."""
    return Row(f"api_{kind}_step", None, relation, posts=reads, door=door, body={"step": "none"})


def _work(name: str, **body: str) -> Callable[..., Row]:
    """A page of the work on a problem: for whoever reads the problem; what he may do there he hears there."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, reads, relation, door=door, body=body)

    return whole


def _entries(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """A measure's progress entries as programs of people read them; whoever sends one hears whether he may."""
    return Row("api_measure_reports", reads, relation, door=door, body={"on": "2022-07-04"})


def _entry_step(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """A step of an approved entry, which is one that whoever reads the measure reads."""
    return Row("api_report_step", None, relation, posts=reads, door=door, body={"step": "none", "version": "1"})


def _told(name: str) -> Callable[..., Row]:
    """The same as programs of people read it."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, reads, relation, door=door, is_only_read=True)

    return whole


def _lit(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """A problem's light as programs of people read it; whoever sets one hears whether he may."""
    return Row("api_lights", reads, relation, door=door, body={"light": "over"})


def _found(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """Where a unit fills in what it found: none of these is handed to one of theirs."""
    return Row("petition_findings", NOBODY, relation, door=UNIT, body={"move": "none"})


def _kept(name: str) -> Callable[..., Row]:
    """What programs of people read of a matter and send to it; what is wrong with one sent is said to everybody."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, reads, relation, posts=door, door=door, body={"none": "1"})

    return whole


def _split(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """Where the office splits a petition, a draft as well."""
    return Row("petition_items", IMPORTERS, relation, body={"act": "none"})


def _split_told(kind: str, reads: str, relation: str, *, door: str) -> Row:
    """The same as programs read it; what is wrong with what is sent is said before whether it is there."""
    return Row("api_items", IMPORTERS, relation, body={"none": "1"})


def _sent(name: str, body: dict[str, str]) -> Callable[..., Row]:
    """What is sent about a problem by whoever reads it."""

    def whole(kind: str, reads: str, relation: str, *, door: str) -> Row:
        return Row(name, None, relation, posts=door, door=door, body=body)  # what is wrong is said before who may

    return whole


SWEPT = (("own", f"{CITY} {UNIT} {COUNTY}"), ("another county's", CITY))  # whose unit looks, who sees the sweep


def _sweep(relation: str, reads: str) -> Iterator[Row]:
    """One sweep, its place's answer, and the same for programs."""
    yield from (Row(one, reads, relation, door=BUSINESS) for one in ("sweep_detail", "sweep_answer"))
    yield Row("api_sweep", reads, relation, door=BUSINESS, is_only_read=True)
    for one in ("api_sweep_step", "api_sweep_answer"):
        yield Row(one, None, relation, posts=BUSINESS, door=BUSINESS, body={"none": "1"})  # said before who may


def _page(kind: str, reads: str, relation: str, *, door: str) -> Row:
    return Row(f"{kind}_detail", reads, relation, door=door)


ITEM_DEEDS = ("api_item", "api_item_end")
PETITIONS = ("own", "own draft", "own, submitted", "another county's")
ROWS: tuple[Row, ...] = (
    Row("home", PEOPLE),
    Row("account_login", EVERYBODY),
    Row("healthz", EVERYBODY),
    Row("readyz", EVERYBODY),
    Row("account_second", EVERYBODY),  # which leads back to the first step whoever did not take it
    Row("account_slip", EVERYBODY),
    Row("provider_go", EVERYBODY),  # where a provider is named, as in the walk; else none of the four is there
    Row("provider_return", EVERYBODY),
    Row("provider_link", BUSINESS),
    Row("provider_unlink", BUSINESS),
    Row("account_logout", None, posts=EVERYBODY),
    Row("account_prove", PEOPLE),
    Row("account_detail", PEOPLE),
    Row("stand_in_list", "U3 C2"),
    Row("account_password", PEOPLE),
    Row("sign_in_end", None, posts=NOBODY, door=PEOPLE),  # it is nobody's of these
    Row("factor_list", PEOPLE),
    Row("factor_phone", PEOPLE),
    Row("factor_passkey", PEOPLE),
    Row("factor_codes", PEOPLE),
    Row("factor_remove", None, posts=PEOPLE),  # each of whom is asked first who he is
    Row("draft_list", PEOPLE),
    Row("own_deeds", PEOPLE, posts=NOBODY),  # nobody here took a step that he could correct
    Row("inspection_choose", None, posts=PEOPLE),
    Row("message_list", PEOPLE),
    Row("help_home", PEOPLE),
    Row("help_page", PEOPLE, "clerk"),
    Row("help_picture", PEOPLE, "problem.png"),
    Row("ledger_list", BUSINESS),
    *(Row("ledger_detail", BUSINESS, one) for one in LEDGERS),
    *(Row("ledger_workbook", BUSINESS, one) for one in LEDGERS),
    *(Row("ledger_form", FORMS.get(one, NOBODY), one, door=IMPORTERS) for one in LEDGERS),
    *(Row("ledger_views", None, one, posts=BUSINESS) for one in LEDGERS),
    *(Row("ledger_rows", None, one, posts=BUSINESS, body={"act": "none"}) for one in LEDGERS),
    Row("plan_list", BUSINESS),
    *(Row(one, SEEN_PLAN, door=BUSINESS) for one in ("plan_detail", "plan_editions")),
    *(Row(one, SEEN_PLAN, door=BUSINESS, is_only_read=True) for one in ("api_plan", "api_plan_shifts")),
    Row("api_plan_step", None, posts=SEEN_PLAN, door=BUSINESS, body={"step": "none"}),
    *(Row(one, f"{OFFICE} {COUNTY}", door=BUSINESS) for one in ("plan_check", "plan_opinions")),
    *(Row(one, "C1 C2", door=BUSINESS) for one in ("plan_measure", "plan_problem")),
    Row("api_plan_opinions", f"{OFFICE} {COUNTY}", door=BUSINESS, is_only_read=True),
    *(
        Row(f"api_plan_{one}", None, posts=f"{OFFICE} {COUNTY}", door=BUSINESS, body=body)
        for one, body in WRITTEN_OF_PLANS.items()
    ),
    Row("api_plan_check", f"{OFFICE} {COUNTY}", door=BUSINESS, is_only_read=True),
    Row("petition_board", BUSINESS),
    Row("api_board", BUSINESS, is_only_read=True),
    Row("petition_statistics", BUSINESS),
    Row("petition_crossing", BUSINESS),
    Row("api_crossing", BUSINESS, is_only_read=True),
    Row("bulletin_wording", "O1 O2"),
    Row("api_wordings", "O1 O2", is_only_read=True),
    Row("api_statistics", BUSINESS, is_only_read=True),
    Row("search", BUSINESS),
    Row("unit_detail", BUSINESS),
    Row("person_detail", BUSINESS),
    Row("checkup", BUSINESS, body={"check": "none"}),
    Row("completeness", IMPORTERS),
    Row("completeness_paper", IMPORTERS),
    Row("import_list", IMPORTERS),
    Row("import_new", IMPORTERS),
    Row("import_detail", IMPORTERS),
    *(Row(one, TELLERS) for one in ("batch_list", "batch_detail", "batch_bulletin", "batch_table")),
    *(Row(f"api_{one}", TELLERS, is_only_read=True) for one in ("batches", "batch", "batch_bulletin", "batch_table")),
    Row("settings_home", SETTLERS),
    *_settings("inspections", IMPORTERS, "", "edit"),
    *_settings("rules", KEEPERS, "", "edit"),
    *_settings("units", KEEPERS, KEEPERS, "edit"),
    *_settings("people", KEEPERS, KEEPERS, "edit"),
    *_settings("posts", KEEPERS, KEEPERS, "edit"),
    *_settings("appointments", f"{IMPORTERS} A2", "A2", "delegate"),
    *_settings("groups", KEEPERS, KEEPERS, "edit"),
    *_settings("calendar", KEEPERS, KEEPERS, "edit"),
    Row("petitioner_lookup", "O6"),
    Row("petitioner_export_list", "O1 O6"),
    Row("petitioner_export_new", "O6"),
    Row("redaction", "O5 O6"),
    *(Row(f"notice_{one}", EVERYBODY) for one in ("list", "feed", "detail")),
    *(Row(f"public_{one}", EVERYBODY) for one in ("petitions", "petitions_csv", "petitions_json", "petition")),
    *(Row(f"public_{one}", EVERYBODY) for one in ("figures_csv", "figures_json")),
    *(Row(f"public_{one}", EVERYBODY) for one in ("figures", "feed")),
    Row("release_list", DISCLOSERS),
    Row("public_batch", DISCLOSERS),
    Row("release_detail", DISCLOSERS),
    Row("objection_list", DISCLOSERS),
    Row("objection_detail", DISCLOSERS),
    Row("objection_contact", "O6"),
    *(Row(f"api_{one}", DISCLOSERS, is_only_read=True) for one in ("releases", "release", "objections", "objection")),
    Row("api_public_batch", DISCLOSERS, is_only_read=True),
    Row("grant_list", "O1 L1 L1-city A1", body={"act": "confirm"}),
    Row("console_system", "A1"),
    Row("account_list", "A1", body={"account": "1"}),
    Row("job_list", "A1", body={"act": "examine"}),
    Row("receiver_list", "A1 A2"),
    Row("retention", "A1 A2 A3"),
    Row("console_security", "A2"),
    Row("office_rules", "A2"),
    Row("sign_in_list", "A2"),
    Row("token_list", "A2"),
    Row("unsealing_list", "A1 A2 A3 O1"),  # what is sent asks first who it is
    Row("unsealing_open", "O2 O3 O4 O5 O6"),
    Row("slip_list", "A1 A2"),
    Row("slip_detail", "A1 A2"),
    Row("console_audit", "A3"),
    Row("audit_report", "A3"),
    Row("audit_workbook", "A3"),
    *_matter("problem", _page),
    *_matter("measure", _page),
    *_petition(_page),
    *_petition(_found),
    *(row for one in ("findings", "call_backs", "petition_checks") for row in _petition(_kept(f"api_{one}"))),
    *_petition(_work("petition_check_new")),
    *_petition(_sent("api_findings_return", {"none": "1"})),
    *_petition(_split),
    *_petition(_split_told),
    *(Row(one, None, relation, posts=IMPORTERS, body={"none": "1"}) for one in ITEM_DEEDS for relation in PETITIONS),
    *_matter("problem", _work("evidence_list")),
    *(row for one in ("evidence_list", "link_list") for row in _as_petition(_work(one))),
    *_matter("problem", _work("link_list")),
    *(row for kind in KINDS for row in kind(_kept("api_links"))),
    *(row for kind in KINDS for row in kind(_sent("api_link_end", {"none": "1"}))),
    *_matter("problem", _work("acceptance_detail")),
    *_matter("problem", _work("dossier_detail")),
    *(row for one in ("dossier_book", "dossier_whole") for row in _matter("problem", _work(one))),
    *_matter("problem", _work("check_new")),
    *_matter("problem", _work("extension_list", act="apply")),
    *_matter("problem", _work("light_list", act="set")),
    Row("report_list", UNIT, body={"act": "none"}),
    Row("report_workbook", UNIT, body={"act": "none"}),
    Row("api_reports_workbook", UNIT, body={"act": "none"}),
    *_matter("measure", _work("measure_progress")),
    *_matter("measure", _work("assignment_list", act="assign")),
    *_matter("measure", _told("api_assignments")),
    Row("api_reports", UNIT, is_only_read=True),
    *_matter("measure", _entries),
    *(row for row in _matter("measure", _entry_step) if row.given in FILED),
    *(row for name in FILES for row in _matter("problem", _work(name)) if row.given in FILED),
    *(row for name in FILES for row in _as_petition(_work(name)) if row.given.removeprefix(PETITION) in FILED),
    *(Row(one, BUSINESS) for one in ("acceptance_list", "rebound_list", "exemption_list")),
    *(
        Row(one, BUSINESS, posts=NOBODY) for one in ("recheck_list", "watch_list", "repeat_list")
    ),  # none of them is there
    *_matter("problem", _api),
    *_matter("measure", _api),
    *_petition(_api),
    *_matter("problem", _step),
    *_matter("measure", _step),
    *_petition(_step),
    *_matter("problem", _told("api_evidence")),
    *_as_petition(_told("api_evidence")),
    *_matter("problem", _told("api_acceptance")),
    *_matter("problem", _told("api_extensions")),
    *_matter("problem", _lit),
    *_matter("problem", _told("api_dossier")),
    *_matter("problem", _sent("api_dossier_new", {"none": "1"})),
    *_matter("problem", _sent("api_check_new", {"client_id": "1"})),
    *_matter("problem", _sent("api_condition", {"condition": "none"})),
    *_matter("problem", _sent("api_exempt", {"none": "1"})),
    *_matter("problem", _work("api_experts", person="1", until="2022-07-04")),
    Row("api_expert_without", None, posts=NOBODY, door=BUSINESS, body={"note": "x"}),  # nobody was asked there
    *(Row(one, "V2") for one in ("package_detail", "package_picture")),
    *(Row(one, "V2", is_only_read=True) for one in ("api_packages", "api_package")),
    Row("api_package_opinion", None, posts="V2", body={"verdict": "同意", "words": "", "digest": ""}),
    Row("api_acceptance_queue", BUSINESS, is_only_read=True),
    Row("api_rechecks", BUSINESS, is_only_read=True),
    *(Row(one, BUSINESS, is_only_read=one.startswith("api_")) for one in ("sweep_list", "api_sweeps")),
    Row("sweep_new", "O1 O2 O3"),
    *(row for relation, reads in SWEPT for row in _sweep(relation, reads)),
    *(Row(one, BUSINESS, is_only_read=True) for one in ("api_rebounds", "api_exemptions")),
    Row("api_watch_hits", BUSINESS, is_only_read=True),
    Row("api_watch_hit_step", None, posts=NOBODY, door=BUSINESS, body={"step": "confirm"}),  # none of them is there
    Row("api_petition_pairs", BUSINESS, is_only_read=True),
    Row("api_petition_pair_step", None, posts=NOBODY, door=BUSINESS, body={"step": "confirm"}),  # as there
    Row("api_home", PEOPLE, is_only_read=True),
    Row("api_overview", BUSINESS, is_only_read=True),
    Row("api_tray", "O2 O6", is_only_read=True),
    Row("api_deeds", PEOPLE, posts=NOBODY, body={"code": "HE2-P001", "note": "x"}),  # as own_deeds
    Row("api_checkup", BUSINESS, is_only_read=True),
    Row("api_check", BUSINESS, "no_measure", is_only_read=True),
    Row("api_check_explained", None, "no_measure", posts=BUSINESS, body={"subject": "", "digest": "", "reason": "x"}),
    Row("api_completeness", IMPORTERS, is_only_read=True),
    Row("api_completeness_paper", IMPORTERS, is_only_read=True),
    *(Row(f"api_workbook_{one.replace('-', '_')}", BUSINESS, is_only_read=True) for one in LEDGERS),
    *(
        Row(f"api_form_{one.replace('-', '_')}", FORMS[one], door=IMPORTERS, is_only_read=True)
        for one in LEDGERS
        if one in FORMS
    ),
    Row("api_returned_new", None, posts=IMPORTERS),
    Row("api_returned", IMPORTERS, is_only_read=True),
    Row("api_returned_step", None, posts=IMPORTERS, body={"step": "discard"}),
    Row("api_messages", PEOPLE, is_only_read=True),
    Row("api_messages_read", None, posts=PEOPLE),
    _api("search", BUSINESS),
    Row("api_imports", IMPORTERS),
    Row("api_import", IMPORTERS, is_only_read=True),
    Row("api_import_doubt", None, posts=IMPORTERS, body={"other": ""}),
    Row("api_import_step", None, posts=IMPORTERS, body={"step": "commit"}),
    *(_api(f"ledger_{one.replace('-', '_')}", BUSINESS) for one in LEDGERS),
    Row("api_account", PEOPLE, is_only_read=True),
    Row("api_drafts", PEOPLE, is_only_read=True),
    Row("api_views", BUSINESS, is_only_read=True),
    Row("api_stand_ins", "U3 C2", is_only_read=True),
    Row("api_grants", "O1 L1 L1-city A1", is_only_read=True),
    Row("api_settings", SETTLERS, is_only_read=True),
    *_settings_told("inspections", IMPORTERS),
    *_settings_told("rules", KEEPERS),
    *_settings_told("units", KEEPERS),
    *_settings_told("people", KEEPERS),
    *_settings_told("posts", KEEPERS),
    *_settings_told("appointments", f"{IMPORTERS} A2"),
    *_settings_told("groups", KEEPERS),
    *_settings_told("calendar", KEEPERS),
    Row("api_system", "A1", is_only_read=True),
    Row("api_accounts", "A1", is_only_read=True),
    Row("api_jobs", "A1", is_only_read=True),
    Row("api_security", "A2", is_only_read=True),
    Row("api_sign_ins", "A2", is_only_read=True),
    Row("api_tokens", "A2", is_only_read=True),
    Row("api_slips", "A1 A2", is_only_read=True),
    Row("api_receivers", "A1 A2", is_only_read=True),
    Row("api_emergencies", "A1 A2 A3 O1", is_only_read=True),
    Row("api_retention", "A1 A2 A3", is_only_read=True),
    Row("api_audit", "A3", is_only_read=True),
    Row("api_audit_trail", "A3", is_only_read=True),  # which, asked nothing, says that
    Row("api_audit_report", "A3", is_only_read=True),
    Row("api_audit_workbook", "A3", is_only_read=True),
    Row("api_readings", "O1 O6", is_only_read=True),
    Row("api_petitioner_exports", "O1 O6", is_only_read=True),
    Row("api_petitioner_export", "O1 O6", is_only_read=True),
    _api("me", PEOPLE),
    _api("openapi", PEOPLE),
    Row("api_documentation", PEOPLE),
    *(_api(one, BUSINESS) for one in ("inspections", "plans", "units", "unit", "person")),
    Row("petitioner_detail", "O1 O6"),
    Row("petitioner_letter", "O1 O6"),
    Row("petitioner_export_detail", "O1 O6"),
)
