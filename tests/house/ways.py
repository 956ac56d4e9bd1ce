"""The fourteen ways to another's row, by hand: each try made twice, by the owner and by a stranger.

Which model is reached by which, and why not by the others, stands in `no_ways.py`. Source: 9-reliability §2.2.
"""

from collections.abc import Iterator

from bihuan.gate.deed_names import deed_name
from tests.house.other_rows import COLLEAGUE, Try
from tests.house.rows import LEDGERS

WAYS = {
    1: "a guessed id in the path",
    2: "the id of a child under a parent one may see",
    3: "a foreign key in the body of what is made",
    4: "a change that moves a row to or from another's",
    5: "a foreign id in a list of many",
    6: "what is said or done beside an owner one may not see",
    7: "another address of the same view",
    8: "export, report, paper to print",
    9: "filter, sort, search on what is masked",
    10: "counts, totals, what comes next",
    11: "a file, a preview, an old version",
    12: "a template picked from another's list",
    13: "a cached page, another's ETag",
    14: "work done with the rights of the system",
}
DAY, LATER = "2026-01-05", "{later}"
KIND_OF = {"problems": "problem", "measures": "measure", "petitions": "petition"}
SHEETS = {"rectification-list": "measure", "petitions": "petition", "measures": "measure"}
SETTINGS = {  # kind: (model, key, principal)
    "units": ("unit", "unit", "A1"),
    "people": ("person", "person", "A1"),
    "posts": ("post", "post", "A1"),
    "groups": ("group", "group", "O2"),
    "calendar": ("calendarday", "day", "O2"),
    "inspections": ("inspection", "inspection", "O2"),
    "rules": ("ruleset", "rules", "O2"),
    "appointments": ("appointment", "appointment", "A2"),
}
ASKED = {"title": "席", "role": "U1", "starts_on": DAY}
UNIT = {"name": "新单位", "kind": "部门"}
INSPECTED = {"name": "又一次", "level": "中央", "kind": "例行"}
TOKEN = {"label": "取数", "operations": "api_me_get", "networks": "10.0.0.0/8", "rate": "60"}
TOKEN_DAYS = {"starts_on": "{today}", "ends_on": LATER}
LETTER = {"text": "序号,受理编号\n1,D2HE202204120055"}
STEP = {"step": "receive", "note": ""}


SWEPT = (
    (1, "/sweeps/HE2-S002/"),
    (7, "/api/v1/sweeps/HE2-S002"),
    (7, "/sweeps/"),
    (7, "/api/v1/sweeps"),
)


def _paths() -> Iterator[Try]:
    """1, and 7 where a program asks the same."""
    for model, who in (("problem", "U2"), ("measure", "C1"), ("petition", "C1")):
        yield Try(1, model, "O2", who, f"/{model}s/{{{model}.code}}/")
        yield Try(7, model, "O2", who, f"/api/v1/{model}s/{{{model}.code}}")
        step = {**STEP, "step": "start" if model == "measure" else "receive", "version": f"{{{model}_version}}"}
        body = {**step, "part": "{part}", "version": "{part_version}"} if model == "petition" else step
        yield Try(6, model, "qian", "U2", f"/api/v1/{model}s/{{{model}.code}}/steps", body)
    yield Try(1, "problem", "qian", "U2", "/problems/{problem.code}/", {"move": "receive"})
    yield Try(7, "problem", "O2", "U2", "/problems/{problem.code}/", head={"HX-Target": "peek"})
    for name, (model, key, who) in SETTINGS.items():
        yield Try(1, model, who, f"{who}@B", f"/settings/{name}/{{{key}}}/")
        yield Try(1, model, who, f"{who}@B", f"/api/v1/settings/{name}/{{{key}}}")
    for way, url in SWEPT:
        yield Try(way, "sweep", "O2", "U2", url)
    for model in ("unit", "person"):
        yield Try(7, model, "O2", "O2@B", f"/{'units' if model == 'unit' else 'people'}/{{{model}}}/")
        yield Try(7, model, "O2", "O2@B", f"/api/v1/{'units' if model == 'unit' else 'people'}/{{{model}}}")
    yield Try(7, "inspection", "O2", "O2@B", "/api/v1/inspections")
    yield Try(1, "petitioner", "O6", "O6@B", "/petitions/{petitioner.code}/petitioner/", shows="{petitioner.code}")
    yield Try(1, "petitioner", "O6", "C1", "/petitions/{petitioner.code}/petitioner/", shows="{petitioner.code}")
    readings = "/api/v1/petitions/{petitioner.code}/readings"
    yield Try(1, "petitioner", "O6", "O6@B", readings, shows="{petitioner.code}")
    yield Try(1, "petitioner", "O6", "C1", readings, shows="{petitioner.code}")
    yield Try(1, "export", "O6", "O6@B", "/petitioners/exports/{export}/")
    yield Try(1, "export", "O6", "O6@B", "/api/v1/petitioner-exports/{export}")
    yield Try(1, "export", "O6", "O6@B", "/petitioners/exports/{export}/", {"move": "withdraw", "note": ""})
    yield Try(8, "export", "O6", "O6@B", "/petitioners/exports/{export}/", {"move": "make", "note": ""})
    for part in ("releases/HE2-G001", "objections/HE2-Y001"):
        yield Try(1, "release", "O2", "O2@B", f"/{part}/")
        yield Try(7, "release", "O2", "O2@B", f"/api/v1/{part}")
    yield Try(1, "release", "O2", "O2@B", "/releases/batches/{petition_batch}/")
    yield Try(7, "release", "O2", "O2@B", "/api/v1/releases/batches/{petition_batch}")
    taken = {"move": "withdraw", "note": "错了", "seen": "{release_version}"}
    yield Try(1, "release", "O1", "O1@B", "/releases/HE2-G001/", taken)
    yield Try(1, "release", "O2", "O2@B", "/objections/HE2-Y001/", {"move": "check", "note": ""})
    yield from _plans()
    yield Try(1, "intake", "O2", "O2@B", "/imports/{paper}/")
    yield Try(7, "intake", "O2", "O2@B", "/api/v1/imports/{paper}")
    yield Try(7, "intake", "O2", "O2@B", "/api/v1/imports")
    discard = {"step": "discard", "note": "错了", "version": "{paper_version}"}
    yield Try(7, "intake", "O2", "O2@B", "/api/v1/imports/{paper}/steps", discard)
    yield Try(1, "intake", "O2", "O2@B", "/imports/{paper}/", {"act": "discard", "note": "错了"})
    yield Try(1, "slip", "A1", "A1@B", "{slip}", {"void": "1"})
    yield Try(1, "signin", "O2", "O3", "/me/sign-ins/{sign_in}/end/", {})
    yield Try(1, "factor", "O2", "O3", "/me/factors/{factor}/remove/", {})


def _plans() -> Iterator[Try]:
    yield Try(7, "plan", "O2", "O2@B", "/api/v1/plans")
    for part in ("plans/{plan_code}/", "api/v1/plans/{plan_code}"):
        yield Try(1, "plan", "O2", "O2@B", f"/{part}")
    revised = {"move": "revise", "note": "冻土期"}
    yield Try(1, "plan", "O2", "O2@B", "/plans/{plan_code}/", revised)


def _keys() -> Iterator[Try]:
    """1 as well: the id stands in the body of a form that decides about one row of a list."""
    yield Try(1, "signin", "A2", "A2@B", "/console/security/sign-ins/", {"sign_in": "{sign_in}", "note": "离开"})
    yield Try(1, "interfacetoken", "A2", "A2@B", "/console/security/interfaces/", {"token": "{token}", "note": "到期"})
    yield Try(1, "receiver", "A1", "A1@B", "/console/receivers/", {"receiver": "{receiver}", "act": "confirm"})
    yield Try(
        1, "receiver", "A2", "A2@B", "/console/receivers/", {"receiver": "{receiver}", "act": "stop", "note": "停"}
    )
    yield Try(1, "errand", "A1", "A1@B", "/console/system/jobs/", {"errand": "{errand}", "act": "again"})
    yield Try(1, "errand", "A1", "A1@B", "/console/system/jobs/", {"errand": "{errand}", "act": "drop", "note": "不办"})
    yield Try(1, "unsealing", "O1", "O1@B", "/emergency/", {"row": "{unsealing}", "note": "主任回来了"})
    switched = {"account": "{account}", "act": "off", "note": "离职"}
    yield Try(1, "account", "A1", "A1@B", "/console/system/accounts/", switched)
    yield Try(1, "draft", "O2", "O3", "/drafts/", {"drop": "{draft}"})
    yield Try(1, "savedview", "O2", "O3", "/ledgers/problems/views/?drop={view}", {})


def _children() -> Iterator[Try]:
    """2: the parent is one's own."""
    part = {"move": "receive", "undertaking": "{part}"}
    yield Try(2, "petition", "qian", "C1", "/petitions/{petition.code}/", part, "/petitions/HE2-X0001/")
    asked = {"step": "receive", "part": "{part}", "version": "{part_version}"}
    beside = "/api/v1/petitions/HE2-X0001/steps"
    yield Try(2, "petition", "qian", "C1", "/api/v1/petitions/{petition.code}/steps", asked, beside)
    answer = {"answer": "无同类问题", "checked_by": "某", "checked_on": "2022-07-04"}
    there = "/sweeps/HE2-S001/places/{foreign_place}/"
    yield Try(2, "sweep", "qian", "U2", "/sweeps/HE2-S002/places/{foreign_place}/", answer, there)
    entry, beside = {"entry": "{entry}", "move": "return", "note": "看过"}, "HE2-M001-01"
    yield Try(2, "measure", "qian", "U2", "/measures/{measure.code}/progress/", entry, f"/measures/{beside}/progress/")
    entry = {"step": "return", "note": "看过", "version": "{entry_version}"}
    steps = "/api/v1/measures/{}/reports/{{entry}}/steps"
    yield Try(2, "measure", "qian", "U2", steps.format("{measure.code}"), entry, steps.format(beside))
    answer = {"act": "answer", "doubt": "{doubt.pk}", "other": "本级"}
    yield Try(2, "intake", "O2", "O2@B", "/imports/{paper}/", answer, "/imports/{b_paper}/")
    leave = {"deed": "leave", "membership": "{membership}", "on": LATER, "note": "调离"}
    yield Try(2, "group", "O2", "O2@B", "/settings/groups/{group}/", leave, "/settings/groups/{b_group}/")
    whole = "/petitions/{petitioner.code}/petitioner/"
    for kind, move in (("opening", "agree"), ("destruction", "refuse")):
        body = {"act": kind, "row": f"{{{kind}}}", "move": move, "note": "看过"}
        yield Try(2, "petitioner", "O1", "O1@B", whole, body, "/petitions/{b_petition}/petitioner/")


def _made() -> Iterator[Try]:
    """3: what is made hangs on another's row."""

    def made(model: str, who: str, url: str, body: dict[str, str], own: dict[str, str], **foreign: str) -> Try:
        return Try(3, model, who, f"{who}@B", url, {**body, **own, **foreign}, "", {**body, **_there(own), **foreign})

    units, grants = "/settings/units/", "/settings/appointments/"
    yield made("unit", "A1", units, UNIT, {"region": "{region}"}, parent="{unit}")
    yield made("region", "A1", units, UNIT, {}, region="{region}")
    yield made("unit", "A1", "/settings/posts/", {"title": "席"}, {}, unit="{unit}")
    yield made("person", "A2", grants, ASKED, {"unit": "{unit}"}, person="{person}")
    yield made("unit", "A2", grants, ASKED, {"person": "{person}"}, unit="{unit}")
    own = {"unit": "{unit}", "person": "{person}"}
    yield made("inspection", "A2", grants, {**ASKED, "role": "X1"}, own, inspection="{inspection}")
    yield made("group", "O2", "/settings/groups/", {"name": "新组"}, {}, parent="{group}")
    yield made(
        "region",
        "O2",
        "/settings/inspections/",
        {**INSPECTED, "code": "N1"},
        {"rule_set": "{rules}"},
        region="{region}",
    )
    yield made(
        "ruleset",
        "O2",
        "/settings/inspections/",
        {**INSPECTED, "code": "N1"},
        {"region": "{region}"},
        rule_set="{rules}",
    )
    yield made("inspection", "O2", "/imports/new/", LETTER, {}, inspection="{inspection}")
    yield made("unit", "O2", "/imports/new/", LETTER, {"inspection": "{inspection}"}, unit="{unit}")
    coded, paper = {"inspection": "{inspection_code}"}, {"file": "1"}
    yield made("inspection", "O2", "/api/v1/imports", paper, {}, **coded)
    there = {**paper, "inspection": "CD2", "unit": "{unit}"}
    yield Try(3, "unit", "O2", "O2@B", "/api/v1/imports", {**paper, **coded, "unit": "{unit}"}, "", there)
    yield made("account", "A2", "/console/security/interfaces/", {**TOKEN, **TOKEN_DAYS}, {}, account="{machine}")
    yield made("person", "A1", "/console/system/accounts/", {"username": "another"}, {}, person="{free}")
    asked = {"reason": "忘了密码", "asked_by": "本人"}
    yield made("account", "A1", "/slips/", asked, {}, account="{account}")
    units = {"move": "assign", "units": "{unit}"}
    yield Try(3, "unit", "O2", "O2@B", "/petitions/HE2-X0002/", units, "/petitions/{b_petition}/")
    step = {"step": "assign", "units": ["{unit}"], "version": "{tray.version}"}
    there = {**step, "version": "{b_version}"}
    yield Try(
        3,
        "unit",
        "O2",
        "O2@B",
        "/api/v1/petitions/HE2-X0002/steps",
        step,
        "/api/v1/petitions/{b_petition}/steps",
        there,
    )


def _there(own: dict[str, str]) -> dict[str, str]:
    """The same of one's own city."""
    named = {
        "region": "b_region",
        "unit": "b_unit",
        "person": "b_person",
        "rule_set": "b_rules",
        "inspection": "b_inspection",
    }
    return {name: f"{{{named[name]}}}" for name in own}


def _moved() -> Iterator[Try]:
    """4: an edit of one's own row hangs it on another's."""

    def edit(
        model: str, who: str, where: str, there: str, body: dict[str, str], own: dict[str, str], **foreign: str
    ) -> Try:
        sends = {**body, **_there(own), **foreign}
        return Try(
            4, model, who, f"{who}@B", f"/settings/{where}/", {**body, **own, **foreign}, f"/settings/{there}/", sends
        )

    at, seen = ("units/{other_unit}", "units/{b_unit}"), {"deed": "edit", "seen": "1"}
    yield edit("unit", "A1", *at, {**seen, "name": "改名单位", "kind": "部门"}, {"region": "{region}"}, parent="{unit}")
    yield edit("region", "A1", *at, {**seen, "name": "改名单位", "kind": "部门"}, {}, region="{region}")
    yield edit("unit", "A1", *at, {"deed": "merge", "on": LATER, "note": "机构改革"}, {}, into="{unit}")
    groups = ("groups/{other_group}", "groups/{b_group}")
    yield edit("group", "O2", *groups, {**seen, "name": "改名组"}, {}, parent="{group}")
    yield edit("person", "O2", *groups, {"deed": "join", "starts_on": DAY}, {}, person="{free}")
    rounds = ("inspections/{inspection}", "inspections/{b_inspection}")
    fresh = {**INSPECTED, "deed": "edit"}
    seen_both = {**fresh, "seen": "{inspection_version}"}
    yield edit("region", "O2", *rounds, seen_both, {"rule_set": "{rules}"}, region="{region}")
    yield edit("ruleset", "O2", *rounds, seen_both, {"region": "{region}"}, rule_set="{rules}")
    stand_in = {"deed": "delegate", "starts_on": "{today}", "ends_on": LATER}
    yield edit(
        "person", "O2", "appointments/{appointment}", "appointments/{b_appointment}", stand_in, {}, person="{free}"
    )


def _many() -> Iterator[Try]:
    """5: one foreign id among those that are chosen."""
    for name, act, model in (
        ("problems", "receive", "problem"),
        ("measures", "start", "measure"),
        ("petitions", "receive", "petition"),
    ):
        yield Try(
            5, model, "qian", "U2", f"/ledgers/{name}/rows/", {"act": act, "row": [f"{{{model}.code}}", "HE2-P999"]}
        )
    yield Try(5, "measure", "qian", "U2", "/reports/", {"act": "return", "row": ["{entry}"], "note": "看过"})
    yield Try(5, "appointment", "O1", "O1@B", "/grants/", {"act": "confirm", "row": ["{grant}"]})
    units = {"move": "assign", "units": ["{unit}", "{other_unit}"]}
    there = {"move": "assign", "units": ["{unit}", "{b_unit}"]}
    yield Try(5, "unit", "O2", "O2@B", "/petitions/HE2-X0002/", units, "/petitions/{b_petition}/", there)


def _beside() -> Iterator[Try]:
    """6: a word, a mark, a correction on what one may not see."""
    said = {"check": "{check}", "subject": "{found.subject}", "digest": "{found.digest}", "note": "方案如此"}
    yield Try(6, "explanation", "O2", "O2@B", "/checkup/", said)
    yield Try(6, "problem", "chen", "U2", "/me/deeds/", {"code": "HE2-P004", "note": "点错了"})
    yield Try(6, "message", "O2", "O3", "/messages/", {})
    yield Try(6, "message", "O2", "O3", "/api/v1/messages/read", {})
    named = {"deed": "name", "name": "别名"}
    yield Try(6, "unit", "A1", "A1@B", "/settings/units/{unit}/", named)


def _sheets() -> Iterator[Try]:
    """8, and 7 for the lists that show the same rows."""
    for name in LEDGERS:
        model = SHEETS.get(name, "problem")
        yield Try(8, model, "O2", "U2", f"/ledgers/{name}/workbook/?column=title&column=text&column=content")
        yield Try(7, model, "O2", "U2", f"/ledgers/{name}/")
        yield Try(7, model, "O2", "U2", f"/api/v1/ledgers/{name}")
        if name != "effect-list":
            yield Try(8, model, "O2", "O2@B", f"/ledgers/{name}/form/", shows=CODES[model])
    for name in ("units", "posts", "groups", "appointments"):
        who = "A2" if name == "appointments" else "O2"
        yield Try(8, SETTINGS[name][0], who, f"{who}@B", f"/settings/{name}/workbook/")
    yield Try(
        8, "petitioner", "O6", "O6@B", "/petitions/{petitioner.code}/petitioner/letter/", shows="{petitioner.code}"
    )
    yield Try(8, "inspection", "O2", "O2@B", "/checkup/statement/paper/")
    yield Try(8, "intake", "O2", "O2@B", "/checkup/statement/")


CODES = {"problem": "HE2-P001", "measure": "HE2-M001-01", "petition": "HE2-X0001"}


def _old() -> Iterator[Try]:
    """11 and 12: what stood there before, and what somebody keeps for himself."""
    yield Try(11, "intake", "O2", "O2@B", "/imports/{paper}/?window=1&at=", shows="面粉厂粉尘")
    yield Try(11, "intake", "O2", "O2@B", "/api/v1/imports/{paper}", shows="面粉厂粉尘")
    yield Try(11, "entry", "A3", "A3@B", "/console/audit/?about=HE2-P005", shows="陈科")
    yield Try(7, "entry", "A3", "A3@B", "/console/audit/")
    yield Try(11, "entry", "A3", "A3@B", "/api/v1/audit/trail?about=HE2-P005", shows="陈科")
    yield Try(7, "unsealing", "A3", "A3@B", "/api/v1/emergencies")
    told = ("/console/audit/report/", "/console/audit/report/workbook/")
    for page in (*told, "/api/v1/audit/report", "/api/v1/audit/report/workbook"):
        yield Try(8, "entry", "A3", "A3@B", f"{page}?month={{month}}", shows=deed_name("organisation.unseal"))
    yield Try(11, "draft", "O2", "O3", "/drafts/?path=/problems/HE2-P001/")
    yield Try(7, "draft", "O2", "O3", "/drafts/", shows="HE2-P001")
    yield Try(7, "draft", "O2", "O3", "/api/v1/drafts", shows="HE2-P001")
    yield Try(12, "savedview", "O2", "O3", "/ledgers/problems/")
    yield Try(12, "savedview", "O2", "O3", "/api/v1/views")
    yield Try(7, "message", "O2", "O3", "/messages/")
    yield Try(7, "message", "O2", "O3", "/api/v1/messages")
    yield Try(7, "signin", "O2", "O3", "/me/")
    yield Try(7, "factor", "O2", "O3", "/me/factors/")
    yield Try(7, "signin", "O2", "O3", "/api/v1/account")
    yield Try(7, "factor", "O2", "O3", "/api/v1/account")
    for model, who, url in (
        ("interfacetoken", "A2", "/console/security/interfaces/"),
        ("receiver", "A1", "/console/receivers/"),
        ("errand", "A1", "/console/system/jobs/"),
        ("unsealing", "O1", "/emergency/"),
        ("export", "O1", "/petitioners/exports/"),
        ("release", "O2", "/releases/"),
        ("plan", "O2", "/plans/"),
        ("release", "O2", "/objections/"),
        ("account", "A1", "/console/system/accounts/"),
        ("appointment", "O1", "/grants/"),
        ("interfacetoken", "A2", "/api/v1/tokens"),
        ("receiver", "A1", "/api/v1/receivers"),
        ("errand", "A1", "/api/v1/jobs"),
        ("unsealing", "O1", "/api/v1/emergencies"),
        ("export", "O1", "/api/v1/petitioner-exports"),
        ("release", "O2", "/api/v1/releases"),
        ("release", "O2", "/api/v1/objections"),
        ("account", "A1", "/api/v1/accounts"),
        ("appointment", "O1", "/api/v1/grants"),
    ):
        yield Try(7, model, who, f"{who}@B", url)
    yield Try(7, "signin", "A2", "A2@B", "/console/security/sign-ins/", shows=COLLEAGUE)
    yield Try(7, "signin", "A2", "A2@B", "/api/v1/sign-ins", shows=COLLEAGUE)
    for name, (model, _, who) in SETTINGS.items():
        yield Try(7, model, who, f"{who}@B", f"/settings/{name}/")
        yield Try(7, model, who, f"{who}@B", f"/api/v1/settings/{name}")


TRIES = (
    *_paths(), *_keys(), *_children(), *_made(), *_moved(), *_many(), *_beside(), *_sheets(), *_old(),
)  # fmt: skip
