from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from bihuan.gate import errors
from tests.cast import Cast, account_of


def test_an_unknown_address_says_what_to_do(client: Client, cast: Cast) -> None:
    client.force_login(account_of(cast.chen))

    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "从台账或查找里进去" in answer.content.decode()


def test_a_form_without_its_token_is_explained(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/login/", {"username": "chen", "password": "x"})

    assert answer.status_code == 403
    assert "这张表单已经过期" in answer.content.decode()


def test_a_busy_database_is_503_with_the_time_to_try_again(rf: RequestFactory) -> None:
    answer = errors.busy(rf.get("/"), OperationalError("database is locked"))

    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_another_fault_takes_its_usual_way(rf: RequestFactory) -> None:
    assert errors.busy(rf.get("/"), ValueError()) is None


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/login/"])
@pytest.mark.promise("H1")
def test_every_answer_carries_the_headers(client: Client, cast: Cast, path: str) -> None:
    answer = client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("get", "/ledgers", "testserver", 301),
        ("get", "/", "evil.example", 400),
        ("post", "/login/", "evil.example", 400),
        ("get", "/logout/", "testserver", 405),
        ("get", "/nowhere/", "testserver", 404),
        ("trace", "/", "testserver", 302),
    ],
)
@pytest.mark.promise("H1")
def test_every_status_carries_the_headers(
    client: Client, cast: Cast, method: str, path: str, host: str, status: int
) -> None:
    answer = getattr(client, method)(path, headers={"host": host})

    assert answer.status_code == status
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    wanted = {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert "X-Request-Id" in answer.headers


@pytest.mark.teeth("H1")
@pytest.mark.parametrize(
    ("header", "middleware"),
    [
        ("X-Frame-Options", "django.middleware.clickjacking.XFrameOptionsMiddleware"),
        ("Content-Security-Policy", "bihuan.gate.transport.ContentPolicyMiddleware"),
    ],
)
def test_a_header_that_nobody_sets_is_missed(cast: Cast, settings: Any, header: str, middleware: str) -> None:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != middleware]

    assert header not in Client().get("/nowhere/").headers
