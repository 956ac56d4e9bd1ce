"""B4: every form of every page × every field × nasty values, as several people: no fault of 500, and no script runs."""

import os
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.safestring import mark_safe

from bihuan.api.door import ROOT as API
from bihuan.web import search
from tests.cast import Cast
from tests.house.expectations import ROWS
from tests.house.walk import City, at_rest, built, path_of

FEW = ("9" * 5000, "\0", "<script>alert(1)</script>'\"", "-1", "２０２２年１３月４５日")
MORE = (
    "", " ", "0", "²", "1e309", "NaN", "0x10", "true", "null", "../../etc/passwd", "a\r\nSet-Cookie: b=1", "{{7*7}}",
    "{% debug %}", "' OR 1=1 --", "%00", "%s%n", "\u202e外", "\u200d" * 50, "𠮷" * 300, "\ufeff", "\ud7ff", "=1+1",
    "2022-02-30", "9999-12-31", "长" * 50_000,
)  # fmt: skip
NASTY = (*FEW, *MORE) if os.environ.get("BIHUAN_FAULTS") == "floor" else FEW
WHO = ("O2", "O1", "U2", "C1", "A1", "A2", "A3")
ALWAYS = {"csrfmiddlewaretoken", "once"}
Form = tuple[str, str, dict[str, str]]  # method, address, fields


class Forms(HTMLParser):
    """The forms of a page, each field with what it holds."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found, self.of = path, list[Form](), dict[str, Form]()
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = (told.get("method", "get").lower(), told.get("action") or self.path, {})
            self.found.append(self.open)
            self.of[told.get("id", "")] = self.open
            return
        form = self.of.get(told["form"]) if "form" in told else self.open
        if form is not None and tag in ("input", "textarea", "select", "button") and told.get("name"):
            form[2].setdefault(told["name"], told.get("value", ""))
            self.select = told["name"] if tag == "select" else ""
        if form is not None and tag == "option" and self.select and "selected" in told:
            form[2][self.select] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self.open = None if tag == "form" else self.open


def alike(form: Form) -> tuple[str, ...]:
    """Forms of which this is the same are tried once."""
    method, address, fields = form
    return (method, address.partition("?")[0], *sorted(fields))


def forms_of(client: Client, paths: Iterator[str]) -> list[Form]:
    """The forms that somebody is shown, each once."""
    found: dict[tuple[str, ...], Form] = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            page = Forms(path)
            page.feed(answer.content.decode())
            for form in page.found:
                found.setdefault(alike(form), form)
        answer.close()
    return [*found.values()]


def faults(client: Client, forms: list[Form]) -> tuple[int, set[tuple[str, str, str]]]:
    """How many were sent; (address, field, value) of those that were answered by 500 or that gave a script back."""
    count, found = 0, set()
    for method, address, fields in forms:
        for name in fields.keys() - ALWAYS:
            for value in NASTY:
                kept = client.cookies.copy()
                with transaction.atomic():
                    answer = getattr(client, method)(address, {**fields, name: value})
                    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
                    is_bad = answer.status_code >= 500 or (is_html and b"<script>alert(1)" in answer.content)
                    answer.close()
                    transaction.set_rollback(True)
                client.cookies = kept  # who was signed out by it is signed in again
                count += 1
                if is_bad:
                    found.add((address, name, value[:20]))
    return count, found


@pytest.fixture
def city(cast: Cast) -> Iterator[City]:
    with at_rest():
        yield built(cast)


def signed_in(city: City, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(city.logins[who, "own"])
    return client


def read_rows(city: City) -> Iterator[str]:
    """Where a form may stand: every address that is read, but what answers in JSON."""
    quiet = ("account_logout", "account_second")
    paths = (path_of(city, row) for row in ROWS if row.reads is not None and row.name not in quiet)
    return (path for path in paths if not path.startswith(f"/{API}/") or path == f"/{API}/docs")


@pytest.mark.promise("B4")
def test_no_value_in_any_field_is_a_fault(city: City, figure: Callable[[str], None]) -> None:
    sent, wrong, seen = 0, dict[tuple[str, str, str], str](), dict[tuple[str, ...], str]()
    for who in WHO:
        client = signed_in(city, who)
        forms = forms_of(client, read_rows(city))
        fresh = [form for form in forms if seen.setdefault(alike(form), who) == who]
        count, found = faults(client, fresh)
        sent += count
        wrong |= dict.fromkeys(found, who)
        assert client.get("/me/").status_code == 200, "signed out on the way"

    assert wrong == {}
    assert len(seen) > 50
    figure(f"{len(seen)} forms × {len(NASTY)} values, {sent:,} sent, 0 × 5xx")


@pytest.mark.teeth("B4")
def test_a_page_that_breaks_and_a_script_that_comes_back_are_found(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(city, "O2")
    forms = [form for form in forms_of(client, iter(["/search/"])) if "q" in form[2]]
    whole = search.page

    def breaks(request: HttpRequest, *words: Any, **told: Any) -> HttpResponse:
        if "alert" in request.GET["q"]:
            return HttpResponse(mark_safe(request.GET["q"]))  # noqa: S308 -- what is planted
        if request.GET["q"] == "-1":
            raise KeyError
        return whole(request, *words, **told)

    monkeypatch.setattr(search, "page", breaks)

    assert {value[:8] for _, name, value in faults(client, forms)[1] if name == "q"} == {"-1", "<script>"}
