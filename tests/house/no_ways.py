"""The models that have an owner, and of each way that leads to none of their rows why it does not.

A row that is shown and changed only inside another one (`PART_OF`) is reached in that one's ways. A model without a
place here fails the build.
"""

from tests.house.ways import TRIES, WAYS

OWN_TESTS = {  # way: the models of which tests/house/test_other_rows.py asks it in tests of their own
    3: "sealedcode",
    5: "problem measure petition",
    9: "petition petitioner",
    10: "problem measure petition",
    14: "errand job",
}
PART_OF = {  # shown and changed only inside another one
    "problem": (
        "matter round duty aspect takenover checkedmatter citedpaper conditionanswer evidence extension "
        "comparison watchhit watchkey matterlink "
        "matter round duty aspect takenover deliberation checkedmatter citedpaper conditionanswer evidence extension "
        "fieldcheck manifest publicnotice recheck signature waiver lightspan schedulefigure handlight "
        "expertinvitation expertopinion exemption"
    ),
    "measure": "assignment milestone indicator campaign progressreport indicatorreading milestonereached",
    "plan": "deliberation consultation planedition planremark",
    "petition": (
        "undertaking subitem batch findingsreport itemfinding callback petitionpair merger repeatkey countedpetition"
    ),
    "sweep": "sweepplace sweepfinding",
    "petitioner": "opening destruction lookup",
    "intake": "intakedoubt storedfile",
    "unit": "unitname",
    "group": "membership",
    "release": "objection",
    "factor": "recoverycode",
    "signin": "session",
    "unsealing": "sealedcode",
    "errand": "job drill",
}
NOBODYS = {
    "attempt": "counted failures under a keyed digest; no page shows one",
    "keyeddeed": "which key was used by whom; asked by the deed itself with its own actor",
    "trailhead": "the end of one chain for all cities, a number and a hash",
    "numberseries": "the next number of a kind; nothing names one",
    "bulletinwording": "one row a city and kind, found by the actor's city and by nothing that is sent",
    "officerules": "one row a city, found by the actor's city and by nothing that is sent",
    "pulse": "when the background was last seen",
}
ABSENT: dict[int, dict[str, str]] = {  # way: {why it does not exist: of which models}
    1: {
        "no page of one, and no form names one by its id": "entry explanation message region",
    },
    2: {
        "has no part that a form names by an id": (
            "account appointment calendarday draft entry errand explanation export factor inspection interfacetoken "
            "message person plan post problem receiver region release ruleset savedview signin slip unit unsealing"
        ),
    },
    3: {
        "nothing that people make by hand hangs on one": (
            "calendarday draft entry errand explanation export factor intake interfacetoken message petitioner "
            "receiver release savedview signin slip sweep"
        ),
        "made by papers, which name it by its code within their inspection (5, the workbook that comes back)": (
            "measure petition plan problem"
        ),
        "named by its title within a unit": "post",
        "a stand-in hangs on it from its own page (1, 4)": "appointment",
        "opened by codes that are typed, looked for in one's own city": "unsealing",
    },
    4: {
        "stays where it was made: no form moves it or hangs anything on it": (
            "account appointment calendarday draft entry errand explanation export factor intake interfacetoken "
            "message petitioner plan post receiver release savedview signin slip sweep unsealing"
        ),
        "stays in its inspection; its units come by papers, which find them in one's own city": "measure problem",
        "its parts go to units by the form of 3": "petition",
        "hangs on its region and rules; nothing is moved to it": "inspection",
    },
    5: {
        "no form takes a list of them": (
            "account calendarday draft entry errand explanation export factor group inspection intake interfacetoken "
            "message person petitioner plan post receiver region release ruleset savedview signin slip sweep unsealing"
        ),
    },
    6: {
        "what is said of it is said on its own page (1)": (
            "account appointment calendarday errand export factor group inspection intake interfacetoken person "
            "petitioner post receiver release ruleset signin slip sweep unsealing"
        ),
        "nothing is said of it": "draft entry plan region savedview",
    },
    7: {
        "is listed nowhere but on the forms of 3 and 4": "region",
        "is shown with its finding, to whoever is in sight of that (6)": "explanation",
        "one page alone, and the look-up, asked in a test of its own": "petitioner",
        "is shown on its ledger (12)": "savedview",
        "the list beside its page shows what 1 looks for": "slip",
    },
    8: {
        "no sheet, report or paper holds one": (
            "account calendarday draft errand explanation factor interfacetoken message person plan receiver region "
            "release ruleset savedview signin slip sweep unsealing"
        ),
    },
    9: {
        "nothing of it is masked: who may see it reads it whole": (
            "account appointment calendarday draft entry errand explanation export factor group inspection intake "
            "interfacetoken measure message person plan post problem receiver region release ruleset savedview signin "
            "slip sweep unit unsealing"
        ),
    },
    10: {
        "counted only with the list of 7, from the same rows": (
            "account appointment calendarday draft entry errand explanation export factor group inspection intake "
            "interfacetoken message person petitioner plan post receiver region release ruleset savedview signin slip "
            "sweep "
            "unit unsealing"
        ),
    },
    11: {
        "keeps no file, and shows what stood there before on its own page alone (1)": (
            "account appointment calendarday errand explanation export factor group inspection interfacetoken measure "
            "message person petition petitioner plan post problem receiver region release ruleset savedview signin "
            "slip sweep unit unsealing"
        ),
    },
    12: {
        "nobody keeps one to begin from": (
            "account appointment calendarday draft entry errand explanation export factor group inspection intake "
            "interfacetoken measure message person petition petitioner plan post problem receiver region release "
            "ruleset signin slip sweep unit unsealing"
        ),
    },
    13: {
        "no page of its own that could be kept": "explanation region slip",
    },
    14: {
        "no work in the background names one": (
            "account appointment calendarday draft entry export explanation factor group inspection intake "
            "interfacetoken measure message person petition petitioner plan post problem receiver region release "
            "ruleset savedview signin slip sweep unit unsealing"
        ),
    },
}


def tried() -> set[tuple[str, int]]:
    """(model, way) of which some test tries it; 13 is asked of everything that is read."""
    found = {(one.of, one.way) for one in TRIES}
    found |= {(model, way) for way, models in OWN_TESTS.items() for model in models.split()}
    return found | {(one.of, 13) for one in TRIES if one.sent is None}


def unsaid(models: set[str]) -> list[str]:
    """What of these models × ways is neither tried nor explained, and what is both."""
    inside = {part: whole for whole, parts in PART_OF.items() for part in parts.split()}
    absent = {(model, way) for way, told in ABSENT.items() for models_ in told.values() for model in models_.split()}
    roots = models - inside.keys() - NOBODYS.keys()
    known = {one for one, _ in tried() | absent} | inside.keys() | NOBODYS.keys()
    faults = [f"{one}: no such model" for one in sorted(known - models)]
    for model in sorted(roots):
        for way in WAYS:
            told = ((model, way) in tried()) + ((model, way) in absent)
            if told != 1:
                faults.append(f"{model}: way {way} is {'said twice' if told else 'neither tried nor explained'}")
    return faults
