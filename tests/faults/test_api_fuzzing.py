"""B3: whatever the OpenAPI document allows, and whatever it forbids, is sent to every operation: never a 5xx, always a
documented status, every refusal in the one shape. A little in every run, a hundred an operation with `make soak`.
"""

import json
import os
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from bihuan.api import urls as api_urls
from bihuan.api import writing
from bihuan.api.documentation import document
from bihuan.api.door import declared
from bihuan.organisation.rules.duties import Role
from tests.cast import NOON, Cast, account_of, seat_as
from tests.makers import make_batch, make_inspection, make_measure, make_petition, make_plan, make_problem

EXAMPLES = 100 if os.environ.get("BIHUAN_FAULTS") == "floor" else 3
KNOWN = {"problems": "HE2-P001", "measures": "HE2-M001-01", "petitions": "HE2-X0001", "units": 1, "people": 1}
UNSAID = {400}  # a body that is no JSON at all: any operation with a body may answer so
assert api_urls.ROOMS  # which declare the operations
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
OPERATIONS = {one.label: one for one in (found.ok() for found in SCHEMA.get_all_operations())}


@pytest.fixture
def city(cast: Cast) -> Any:
    with time_machine.travel(NOON, tick=False):
        plan = make_plan(make_inspection(cast), cast.party)
        make_measure(make_problem(cast, plan=plan))
        make_petition(cast, make_batch(plan.inspection))
        yield cast


def asking(cast: Cast, label: str) -> Client:
    """Somebody for whom the operation opens: the office's clerk wherever it does for him."""
    name = OPERATIONS[label].definition.raw["operationId"].rpartition("_")[0]
    roles = declared()[name].roles
    by = cast.chen if Role.COORDINATION in roles else seat_as(min(roles), cast.office)
    client = Client(raise_request_exception=False)
    client.force_login(account_of(by))
    return client


def cases(operation: Any) -> Any:
    """Good and bad questions, to rows that are there and to others."""
    place = operation.path.removeprefix("/api/v1/").split("/")[0]
    there = {name: KNOWN.get(place, 1) if name in ("code", "pk") else 1 for name in ("code", "pk", "number")}
    there["name"] = "units"
    there = {name: value for name, value in there.items() if f"{{{name}}}" in operation.path}
    ways = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    if there:
        ways += [operation.as_strategy(generation_mode=mode, path_parameters=there) for mode in GenerationMode]
    return st.one_of(ways)


def faults(client: Client, label: str, examples: int) -> list[str]:
    """What was answered otherwise than the document says, to so many examples."""
    operation, found = OPERATIONS[label], list[str]()
    documented = {int(status) for status in operation.definition.raw["responses"]}

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(case=cases(operation))
    def tried(case: Any) -> None:
        answer = sent(client, case)
        told = answer.json() if answer.headers["Content-Type"].startswith("application/json") else None
        is_known = answer.status_code in documented | UNSAID | ({405} if told and "方法" in str(told) else set())
        is_shaped = answer.status_code == 200 or (told is not None and [*told] == ["error"] and bool(told["error"]))
        if answer.status_code >= 500 or not is_known or not is_shaped:
            found.append(f"{answer.status_code} {case.as_curl_command()}")

    tried()
    return found


def sent(client: Client, case: Any) -> Any:
    """Send one case as it would come over the wire, and take back whatever it did."""
    asked = requests.Request(**{**case.as_transport_kwargs(base_url="http://testserver"), "cookies": {}}).prepare()
    url = urlsplit(str(asked.url))
    path = url.path if url.path.startswith("/api/") else "/api/v1/nowhere"
    heads = {
        name: value if isinstance(value, str) else value.decode("latin-1") for name, value in asked.headers.items()
    }
    for name in (
        "Accept-Encoding",
        "Authorization",
    ):  # the session asks: a token that is none would be turned away first
        heads.pop(name, None)
    kind = heads.pop("Content-Type", "application/json")
    body = asked.body if isinstance(asked.body, bytes) else (asked.body or "").encode()
    with transaction.atomic():
        answer = client.generic(str(asked.method), f"{path}?{url.query}", body, kind, headers=heads)
        transaction.set_rollback(True)
    return answer


@pytest.mark.promise("B3")
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_operation_answers_as_documented(city: Cast, label: str) -> None:
    assert faults(asking(city, label), label, EXAMPLES) == []


def test_every_operation_is_tried() -> None:
    assert len(OPERATIONS) == sum(len(one) for one in document()["paths"].values()) == 148


@pytest.mark.teeth("B3")
def test_an_operation_that_breaks_is_found(city: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Teeth: a version that is taken for a number without a look breaks the operation."""
    monkeypatch.setattr(writing, "_version", int)

    label = "POST /api/v1/problems/{code}/steps"

    found = faults(asking(city, label), label, 30)

    assert any(one.startswith("500 ") for one in found)
