"""Fifty petitioners whose every datum is a marker that stands nowhere else, and a crawler that reads a site."""

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import parse_qsl

from django.test import Client
from django.urls import resolve, reverse

from bihuan.core.actor import Actor
from bihuan.disclosure.actions import publicising
from bihuan.disclosure.queries import petition_texts
from bihuan.intake.actions import papers as intake
from bihuan.intake.understanding import understand_file
from bihuan.management.documents import addresses
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Inspection
from bihuan.organisation.models import Person
from bihuan.organisation.queries import structure
from bihuan.organisation.rules.duties import Role
from bihuan.petitioners.actions import exporting
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitioners.actions.reading import ask_opening, look_up
from bihuan.petitioners.rules.export import Purpose
from bihuan.petitioners.rules.fields import FIELDS, WRITTEN
from bihuan.petitions.actions import assign_petition, evidence
from bihuan.petitions.models import Petition
from tests.cast import CITY, NOON, ROBOT, Cast, seat_as
from tests.desk import desk, secrets
from tests.makers import (
    make_inspection,
    make_measure,
    make_objection,
    make_other,
    make_plan,
    make_problem,
    make_release,
)
from tests.publicising import Publicising, stand_answered

COUNT = 50
MARKER = re.compile(r"[\u9f20-\u9f7f]{2}|kanari|1391357|13092119770101")
API = "/api/v1/ledgers/petitions"
HREF = re.compile(r'href="(/[^"#]*)')
AWAY = ("/logout/", "/static/")
NAMES = {"ledger": "petitions", "help": "clerk", "settings": "people", "api": "people"}


def given_name(place: int) -> str:
    """Two characters that no other text of the system has side by side."""
    return chr(0x9F20 + place) + chr(0x9F21 + place)


def identity_number(place: int) -> str:
    """An invented number with its check digit."""
    stem = f"13092119770101{place:03}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11]


def identity(place: int) -> dict[str, str]:
    """One petitioner: every field holds a marker."""
    mark = given_name(place)
    return {
        "name": f"赵{mark}",
        "phone": f"1391357{place:04}",
        "id_number": identity_number(place),
        "address": f"沧县杜林镇{mark}村{place}号",
        "email": f"a-kanari{place}@qq.com",
        "wechat": f"a_kanari_{place}",
        "note": f"{mark}晚上方便",
    }


def letter(place: int) -> str:
    """What one wrote, as a petition table has it."""
    one = identity(place)
    return (
        f"我叫{one['name']}，联系电话{one['phone']}，身份证号{one['id_number']}，微信号：{one['wechat']}，"
        f"邮箱{one['email']}，家住{one['address']}，反映村东坑塘堆放垃圾{place}车。"
    )


def fill(cast: Cast, desk: Actor, inspection: Inspection) -> list[Petition]:
    """Fifty petitions of fifty petitioners: come in by a table, written down by the desk."""
    heads = "序号,受理编号,交办问题基本情况,行政区域,污染类型,调查核实情况,处理和整改情况"
    rows = [
        f"{place},D2HE20220412{place:04},{letter(place)},沧县,水,举报人：{identity(place)['name']}，已回访,"
        f"已清理，回访手机{identity(place)['phone']}"
        for place in range(COUNT)
    ]
    data = "\n".join([heads, *rows]).encode()
    understood = understand_file("第20批.csv", data, structure.directory(CITY), None)
    paper = intake.take_in("第20批.csv", data, understood, inspection, by=cast.chen, at=NOON)
    _answer_every_third(paper, cast)
    intake.commit_intake(paper, by=cast.chen, at=NOON)
    petitions = [*Petition.objects.order_by("number_key").select_related("matter")]
    for place, petition in enumerate(petitions):
        values = {name: identity(place)[name] for name in WRITTEN}
        record_identity(petition, secrets(**values), by=desk, at=NOON)
    return petitions


def written_down(cast: Cast) -> Actor:
    """The desk, after it wrote fifty petitioners down, opened the first and exported two; units hold every third."""
    by = desk(cast)
    inspection = make_inspection(cast)
    make_measure(make_problem(cast, plan=make_plan(inspection, cast.party)))
    petitions = fill(cast, by, inspection)
    for petition in petitions[::3]:
        assign_petition(petition, [cast.water], by=cast.chen, at=NOON)
    ask_opening(petitions[0], [*FIELDS], "call_back", f"请回电{identity(0)['phone']}", by=by, at=NOON)
    look_up("phone", secrets(it=identity(1)["phone"])["it"], by=by, at=NOON)
    export_two(petitions, by, cast.wang)
    filed(cast, petitions[0])
    objected(cast)
    published(cast, petitions[3])
    return by


def export_two(petitions: list[Petition], desk: Actor, head: Actor) -> bytes:
    """The file of two petitioners, whose password nobody has come for; what was typed beside it named one."""
    why = Purpose("police", f"请回电{identity(1)['phone']}", f"公安局，联系人电话{identity(2)['phone']}", "12号")
    export = exporting.ask_export(petitions[1:3], [*WRITTEN], why, by=desk, at=NOON)
    exporting.decide_export(export, "agree", by=head, at=NOON, note=f"同意，{identity(1)['phone']}")
    return exporting.make_export(export, by=desk, at=NOON).file


def objected(cast: Cast) -> None:
    """A notice that runs, and an objection whose writer told who he is, in the field for it and among his words."""
    release = make_release(Person.objects.get(pk=cast.chen.person))
    told = "，".join(identity(3)[name] for name in ("name", "phone", "id_number"))
    make_objection(release, f"我叫{told}，井口没有封死，夜里还在抽水。", told)


def filed(cast: Cast, petition: Petition) -> None:
    """What a unit put on one of them: the name of the file, what is said of it and what is read in it name him."""
    one = identity(0)
    said = f"举报人{one['name']}，电话{one['phone']}"
    brought = Brought(
        f"举报人{one['name']}，{one['phone']}.jpg",
        b"\xff\xd8\xff pond",
        "整改前照片",
        said,
        words=letter(0),
        facts={"place": f"举报人{one['name']}，家住{one['address']}"},
    )
    [kept] = evidence.add_evidence(petition, [brought], by=cast.zhang, at=NOON)
    evidence.end_evidence(petition, kept, by=cast.zhang, at=NOON, note=f"拍到了{said}")
    again = replace(brought, data=b"\xff\xd8\xff pond again")
    evidence.add_evidence(petition, [again], by=cast.zhang, at=NOON)


def published(cast: Cast, petition: Petition) -> None:
    """What came of one of them, read by everybody, with nothing blacked out that was not masked when it came in."""
    make_other(petition, truth="属实", closing="已办结")
    stand_answered([petition], by=ROBOT, at=NOON)
    way = Publicising(petition.batch, seat_as(Role.PUBLICITY, cast.party, "宣传员"))
    [drafted] = publicising.draft_petitions(
        [*petition_texts.petitions_called([petition.matter.code], CITY)], by=way.writer, at=NOON
    )
    digest = petition_texts.digest_of([drafted])
    publicising.redact_petitions([drafted], [], [], digest, by=way.writer, at=NOON)
    way.decide("approve", cast.wang)
    publicising.publish_petitions(
        [*petition_texts.petitions_called([petition.matter.code], CITY)], by=way.writer, at=NOON
    )


def _answer_every_third(paper: Any, cast: Cast) -> None:
    """Say of every third petition that its petitioner is masked, so that it can be handed over."""
    doubts = [*paper.doubts.exclude(record_key="").order_by("number")]
    keys = [*dict.fromkeys(doubt.record_key for doubt in doubts)][::3]
    for doubt in (one for one in doubts if one.record_key in keys):
        intake.answer_doubt(doubt, doubt.choices[0]["value"], label="遮盖", by=cast.chen, at=NOON)


def starts(codes: Collection[str], keys: Collection[int]) -> list[str]:
    """Every address of the site, with each code, key and name that there is; those that search, sort and export too."""
    found = []
    for one in addresses():
        name = str(one.name)
        given: dict[str, Collection[Any]] = {
            "code": (*codes, "HE2-G001", "HE2-Q0001", "HE2-Y001"),
            "pk": keys,
            "number": (1,),
            "check": ("no_region", "no_undertaking"),
            "name": ("problem.png",) if name == "help_picture" else (NAMES.get(name.split("_", maxsplit=1)[0], ""),),
        }
        words = [*one.pattern.converters]
        every = product(*(given[word] for word in words))
        found += [reverse(name, kwargs=dict(zip(words, values, strict=True))) for values in every]
    ledger = reverse("ledger_detail", args=["petitions"])
    asked = (
        "?sort=content",
        "?sort=-number&group=state",
        f"?content={given_name(0)}",
        "?column=content&column=findings",
    )
    every = "&".join(f"column={one}" for one in ("content", "findings", "handling", "goal", "accountability"))
    api = (f"{API}?{every}&size=200", f"{API}?content={given_name(0)}", "/api/v1/search?q=赵", "/api/v1/search?q=垃圾")
    api += tuple(
        f"/api/v1/audit/trail?{one}&size=200" for one in ("table=petitioner", "about=HE2-X0001", "person=desk")
    )
    return [*found, *(ledger + one for one in asked), "/search/?q=垃圾", "/search/?q=赵", *api, "/nowhere/"]


ALIKE = 12  # addresses of one path that ask for the same things with other words


def crawl(client: Client, begin: Collection[str], each: int) -> Iterator[tuple[str, str]]:
    """(address, all that it answers) of these addresses and of those that they lead to, `each` of every kind.

    Of one path a dozen with questions of one kind: a thirteenth order of a ledger's columns tells nothing new.
    """
    queue, seen, kinds, questions = [*begin], {*begin}, Counter[str](), Counter[tuple[str, ...]]()
    while queue:
        url = queue.pop(0)
        answer = client.get(url)
        assert answer.status_code < 500, url
        text = told(answer)
        answer.close()
        yield url, text
        for found in map(html.unescape, HREF.findall(text)):
            if found not in seen and not found.startswith(AWAY):
                seen.add(found)
                path, _, question = found.partition("?")
                kind, names = str(resolve(path).url_name), sorted(dict(parse_qsl(question, keep_blank_values=True)))
                questions[path, *names] += 1
                if questions[path, *names] <= ALIKE and kinds[kind] < each:
                    kinds[kind] += 1
                    queue.append(found)


def told(answer: Any) -> str:
    """Whatever an answer says: its headers, its body, the parts of a workbook."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = "\n".join(f"{name}: {value}" for name, value in answer.items())
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    return f"{heads}\n{body.decode('utf-8', 'replace')}"
