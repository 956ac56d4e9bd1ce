"""The map of the site: what begins with the same word is one map of its own, so that few are tried for an address."""

from django.urls import include, path

from bihuan.web import (
    account,
    audit,
    background,
    batches,
    checkup,
    console,
    consulting,
    crossing,
    delegating,
    directory,
    disclosure,
    dossier,
    drafts,
    emergency,
    entrance,
    exemptions,
    experts,
    extensions,
    factors,
    filling,
    findings,
    grants,
    health,
    home,
    intake,
    interfaces,
    ledgers,
    lights,
    links,
    manual,
    messages,
    own_deeds,
    petition_checks,
    petitioner_exports,
    petitioners,
    petitions,
    plans,
    presence,
    progress,
    proofs,
    provider,
    publicising,
    rebounds,
    receivers,
    rectification,
    redacting,
    repeats,
    retention,
    search,
    settings,
    settings_row,
    settings_workbook,
    sharing,
    slips,
    splitting,
    statistics,
    sweeping,
    verification,
    watching,
    wordings,
)

CONSOLE = [
    path("system/", console.console_system, name="console_system"),
    path("security/", console.console_security, name="console_security"),
    path("security/rules/", console.office_rules, name="office_rules"),
    path("system/accounts/", console.account_list, name="account_list"),
    path("system/jobs/", background.job_list, name="job_list"),
    path("retention/", retention.retention, name="retention"),
    path("receivers/", receivers.receiver_list, name="receiver_list"),
    path("audit/", audit.console_audit, name="console_audit"),
    path("audit/report/", audit.audit_report, name="audit_report"),
    path("audit/report/workbook/", audit.audit_workbook, name="audit_workbook"),
    path("security/sign-ins/", presence.sign_in_list, name="sign_in_list"),
    path("security/interfaces/", interfaces.token_list, name="token_list"),
]

RELEASES = [
    path("", disclosure.release_list, name="release_list"),
    path("batches/<int:pk>/", publicising.public_batch, name="public_batch"),
    path("<slug:code>/", disclosure.release_detail, name="release_detail"),
]

OBJECTIONS = [
    path("", disclosure.objection_list, name="objection_list"),
    path("<slug:code>/", disclosure.objection_detail, name="objection_detail"),
    path("<slug:code>/contact/", disclosure.objection_contact, name="objection_contact"),
]

LOGIN = [
    path("", entrance.account_login, name="account_login"),
    path("second/", entrance.account_second, name="account_second"),
    path("provider/", provider.provider_go, name="provider_go"),
    path("provider/return/", provider.provider_return, name="provider_return"),
]

ME = [
    path("", account.account_detail, name="account_detail"),
    path("stand-ins/", delegating.stand_in_list, name="stand_in_list"),
    path("password/", account.account_password, name="account_password"),
    path("provider/link/", provider.provider_link, name="provider_link"),
    path("provider/unlink/", provider.provider_unlink, name="provider_unlink"),
    path("sign-ins/<int:pk>/end/", account.sign_in_end, name="sign_in_end"),
    path("factors/", factors.factor_list, name="factor_list"),
    path("factors/phone/", factors.factor_phone, name="factor_phone"),
    path("factors/passkey/", factors.factor_passkey, name="factor_passkey"),
    path("factors/codes/", factors.factor_codes, name="factor_codes"),
    path("factors/<int:pk>/remove/", factors.factor_remove, name="factor_remove"),
    path("deeds/", own_deeds.own_deeds, name="own_deeds"),
]

LEDGERS = [
    path("", ledgers.ledger_list, name="ledger_list"),
    path("<slug:name>/", ledgers.ledger_detail, name="ledger_detail"),
    path("<slug:name>/form/", ledgers.ledger_form, name="ledger_form"),
    path("<slug:name>/rows/", ledgers.ledger_rows, name="ledger_rows"),
    path("<slug:name>/views/", ledgers.ledger_views, name="ledger_views"),
    path("<slug:name>/workbook/", ledgers.ledger_workbook, name="ledger_workbook"),
]

PLANS = [
    path("", plans.plan_list, name="plan_list"),
    path("<slug:code>/", plans.plan_detail, name="plan_detail"),
    path("<slug:code>/opinions/", consulting.plan_opinions, name="plan_opinions"),
    path("<slug:code>/check/", plans.plan_check, name="plan_check"),
    path("<slug:code>/measures/<int:pk>/", plans.plan_measure, name="plan_measure"),
    path("<slug:code>/problems/<int:pk>/", plans.plan_problem, name="plan_problem"),
    path("<slug:code>/editions/", plans.plan_editions, name="plan_editions"),
]

PETITIONS = [
    path("", petitions.petition_board, name="petition_board"),
    path("batches/", batches.batch_list, name="batch_list"),
    path("wordings/", wordings.bulletin_wording, name="bulletin_wording"),
    path("batches/<int:pk>/", batches.batch_detail, name="batch_detail"),
    path("batches/<int:pk>/bulletin/", batches.batch_bulletin, name="batch_bulletin"),
    path("batches/<int:pk>/table/", batches.batch_table, name="batch_table"),
    path("statistics/", statistics.petition_statistics, name="petition_statistics"),
    path("statistics/crossing/", crossing.petition_crossing, name="petition_crossing"),
    path("repeats/", repeats.repeat_list, name="repeat_list"),
    path("<slug:code>/", petitions.petition_detail, name="petition_detail"),
    path("<slug:code>/findings/", findings.petition_findings, name="petition_findings"),
    path("<slug:code>/checks/new/", petition_checks.petition_check_new, name="petition_check_new"),
    path("<slug:code>/items/", splitting.petition_items, name="petition_items"),
    path("<slug:code>/petitioner/", petitioners.petitioner_detail, name="petitioner_detail"),
    path("<slug:code>/petitioner/letter/", petitioners.petitioner_letter, name="petitioner_letter"),
]

PETITIONERS = [
    path("", petitioners.petitioner_lookup, name="petitioner_lookup"),
    path("exports/", petitioner_exports.petitioner_export_list, name="petitioner_export_list"),
    path("exports/new/", petitioner_exports.petitioner_export_new, name="petitioner_export_new"),
    path("exports/<int:pk>/", petitioner_exports.petitioner_export_detail, name="petitioner_export_detail"),
]

IMPORTS = [
    path("", intake.import_list, name="import_list"),
    path("new/", intake.import_new, name="import_new"),
    path("<int:pk>/", intake.import_detail, name="import_detail"),
]

CHECKUP = [
    path("", checkup.checkup, name="checkup"),
    path("statement/", checkup.completeness, name="completeness"),
    path("statement/paper/", checkup.completeness_paper, name="completeness_paper"),
]

HELP = [
    path("", manual.help_page, name="help_home"),
    path("<slug:name>/", manual.help_page, name="help_page"),
    path("pictures/<str:name>", manual.help_picture, name="help_picture"),
]

SETTINGS = [
    path("", settings.settings_home, name="settings_home"),
    path("<slug:name>/", settings.settings_list, name="settings_list"),
    path("<slug:name>/workbook/", settings_workbook.settings_workbook, name="settings_workbook"),
    path("<slug:name>/<int:pk>/", settings_row.settings_row, name="settings_row"),
]

PROBLEMS = [
    path("<slug:code>/", rectification.problem_detail, name="problem_detail"),
    path("<slug:code>/acceptance/", verification.acceptance_detail, name="acceptance_detail"),
    path("<slug:code>/dossier/", dossier.dossier_detail, name="dossier_detail"),
    path("<slug:code>/dossier/book.pdf", dossier.dossier_book, name="dossier_book"),
    path("<slug:code>/dossier/whole.zip", dossier.dossier_whole, name="dossier_whole"),
    path("<slug:code>/checks/new/", verification.check_new, name="check_new"),
]

EVIDENCE = [
    path("<slug:code>/", proofs.evidence_list, name="evidence_list"),
    path("<slug:code>/<int:pk>/file/", proofs.evidence_file, name="evidence_file"),
    path("<slug:code>/<int:pk>/preview/", proofs.evidence_preview, name="evidence_preview"),
]

ACCEPTANCE = [
    path("", verification.acceptance_list, name="acceptance_list"),
    path("rechecks/", verification.recheck_list, name="recheck_list"),
    path("rebounds/", rebounds.rebound_list, name="rebound_list"),
    path("exemptions/", exemptions.exemption_list, name="exemption_list"),
    path("hits/", watching.watch_list, name="watch_list"),
]

SWEEPS = [
    path("", sweeping.sweep_list, name="sweep_list"),
    path("new/", sweeping.sweep_new, name="sweep_new"),
    path("<slug:code>/", sweeping.sweep_detail, name="sweep_detail"),
    path("<slug:code>/places/<int:pk>/", sweeping.sweep_answer, name="sweep_answer"),
]

MEASURES = [
    path("<slug:code>/progress/", progress.measure_progress, name="measure_progress"),
    path("<slug:code>/assignments/", sharing.assignment_list, name="assignment_list"),
    path("<slug:code>/", rectification.measure_detail, name="measure_detail"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("console/", include(CONSOLE)),
    path("releases/", include(RELEASES)),
    path("objections/", include(OBJECTIONS)),
    path("login/", include(LOGIN)),
    path("enter/", entrance.account_slip, name="account_slip"),
    path("prove/", entrance.account_prove, name="account_prove"),
    path("logout/", entrance.account_logout, name="account_logout"),
    path("me/", include(ME)),
    path("drafts/", drafts.draft_list, name="draft_list"),
    path("emergency/", emergency.unsealing_list, name="unsealing_list"),
    path("emergency/open/", emergency.unsealing_open, name="unsealing_open"),
    path("slips/", slips.slip_list, name="slip_list"),
    path("slips/<int:pk>/", slips.slip_detail, name="slip_detail"),
    path("inspection/", account.inspection_choose, name="inspection_choose"),
    path("messages/", messages.message_list, name="message_list"),
    path("ledgers/", include(LEDGERS)),
    path("plans/", include(PLANS)),
    path("petitions/", include(PETITIONS)),
    path("petitioners/", include(PETITIONERS)),
    path("imports/", include(IMPORTS)),
    path("checkup/", include(CHECKUP)),
    path("redaction/", redacting.redaction, name="redaction"),
    path("grants/", grants.grant_list, name="grant_list"),
    path("help/", include(HELP)),
    path("settings/", include(SETTINGS)),
    path("units/<int:pk>/", directory.unit_detail, name="unit_detail"),
    path("people/<int:pk>/", directory.person_detail, name="person_detail"),
    path("search/", search.search, name="search"),
    path("problems/", include(PROBLEMS)),
    path("evidence/", include(EVIDENCE)),
    path("extensions/<slug:code>/", extensions.extension_list, name="extension_list"),
    path("lights/<slug:code>/", lights.light_list, name="light_list"),
    path("links/<slug:code>/", links.link_list, name="link_list"),
    path("acceptance/", include(ACCEPTANCE)),
    path("packages/<slug:code>/", experts.package_detail, name="package_detail"),
    path("packages/<slug:code>/<int:pk>/picture/", experts.package_picture, name="package_picture"),
    path("sweeps/", include(SWEEPS)),
    path("measures/", include(MEASURES)),
    path("reports/", progress.report_list, name="report_list"),
    path("reports/workbook/", filling.report_workbook, name="report_workbook"),
]
