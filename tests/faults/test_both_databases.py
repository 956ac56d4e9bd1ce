"""L3: both databases answer alike to random questions about the ledgers, each asked by somebody within his scope."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.faults.sizes import CROWD
from tests.faults.test_moving import execute
from tests.served import Site

ASK = """
import json, random
from datetime import date
from urllib.parse import urlencode
from django.http import QueryDict
from bihuan.core import listing, search
from bihuan.gate.shelves import SHELVES, rows_of
from bihuan.lib.ledger import view_of
from bihuan.organisation.models import Account
from bihuan.organisation.queries import scope
from bihuan.petitions.queries import petitions_found
from bihuan.rectification.queries import sight

today, dice = date(2026, 11, 27), random.Random(SEED)
WORDS = ("污水", "d2he", "D2HE2022", "沧县", "台账", "100%", "a_b", "2022年", "某面粉厂", "“", "hE", "不存在的词")
people = {name: scope.actor_for(Account.objects.get(username=name), today) for name in LOGINS}

def filtered(column):
    if column.control == "choice":
        return [(column.name, one) for one in dice.sample([*column.choices], min(2, len(column.choices)))]
    if column.control == "dates":
        first = dice.choice(("2022-01-01", "2022-06-30", "2026-11-27"))
        return [(column.name + dice.choice(("_after", "_before")), first)]
    return [(column.name, dice.choice(WORDS))]

def asked():
    shelf = SHELVES[dice.choice([*SHELVES])]
    columns = [one for one in shelf.ledger.columns if one.control]
    some = dice.sample(columns, min(len(columns), dice.choice((0, 1, 1, 2))))
    pairs = [pair for one in some for pair in filtered(one)]
    sorts = [one.name for one in shelf.ledger.columns if one.sort]
    if dice.random() < 0.6:
        pairs.append(("sort", dice.choice(("", "-")) + dice.choice(sorts)))
    groups = [one.name for one in shelf.ledger.columns if one.group]
    if groups and dice.random() < 0.3:
        pairs.append(("group", dice.choice(groups)))
    return shelf, dice.choice([*people]), dice.choice((3, 7, 50)), [*pairs, ("page", dice.choice((1, 1, 2)))]

def answered(shelf, who, size, pairs):
    view = view_of(shelf.ledger, QueryDict(urlencode(pairs)))
    found = listing.listing(rows_of(shelf, people[who], ""), view, today, size=size, kinds={"dark": shelf.dark})
    codes = [shelf.ledger.key(row) for row in found.rows]
    return [codes, found.count, found.has_more, dict(found.tally)]

PLANT
for number in range(COUNT):
    if number % 10 == 9:
        who, words = dice.choice([*people]), dice.choice(WORDS)
        found = petitions_found(people[who], words).values_list("matter__code", flat=True)
        print(json.dumps([[who, "search", words], [*found[:50]]], ensure_ascii=False))
        continue
    shelf, who, size, pairs = asked()
    question = [who, shelf.ledger.name, size, urlencode(pairs)]
    print(json.dumps([question, answered(shelf, who, size, pairs)], ensure_ascii=False))
"""
LOGINS = ("zonghe", "zhuren", "xinfang", "shuili", "shuili-bao", "cangxian", "cangxian-dw", "qingxian", "fushizhang")
CARELESS = """
from django.db.models import Field
from django.db.models.lookups import Contains
Field.register_lookup(Contains, "icontains")
asked = lambda: (SHELVES["petitions"], "zonghe", 50, [("number", "d2he")])
"""
Answers = list[tuple[Any, Any]]


@pytest.fixture(scope="module")
def both(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site]]:
    """The sample city on the embedded database, and moved to PostgreSQL."""
    site = Site(tmp_path_factory.mktemp("both") / "data")
    shutil.copytree(city, site.data)
    with postgres.served() as address:
        execute(address.replace("/bihuan?", "/postgres?"), "CREATE DATABASE bihuan")
        moved = site.bihuan("move", "--to", address)
        assert moved.returncode == 0, moved.stderr
        yield site, Site(site.data, more={"BIHUAN_DATABASE": address})


def answers(site: Site, count: int, planted: str = "") -> Answers:
    """What a database answers to so many questions, each with its question."""
    values = f"SEED, COUNT, LOGINS = 9, {count}, {LOGINS!r}\n"
    said = site.run(values + ASK.replace("PLANT", planted))
    return [tuple(json.loads(line)) for line in said.splitlines()]


def differing(one: Answers, other: Answers) -> list[Any]:
    """The questions to which both have not the same answer, with both."""
    return [(asked, mine, theirs) for (asked, mine), (_, theirs) in zip(one, other, strict=True) if mine != theirs]


@pytest.mark.promise("L3")
def test_both_databases_answer_alike(both: tuple[Site, Site], figure: Callable[[str], None]) -> None:
    embedded, other = (answers(site, CROWD.questions) for site in both)

    assert differing(embedded, other) == []
    full = sum(1 for _, said in embedded if said and said[0])
    assert full > CROWD.questions // 5, "the questions find too little"
    figure(f"{CROWD.questions} questions, {full} of them with rows: 0 differ")


@pytest.mark.teeth("L3")
def test_what_only_one_database_takes_for_the_same_is_seen(both: tuple[Site, Site]) -> None:
    embedded, other = (answers(site, 5, CARELESS) for site in both)

    assert differing(embedded, other) != []
