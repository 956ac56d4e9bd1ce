"""Two cities and two counties, and the ways by which somebody of one might reach a row of the other.

A try is made twice: by whoever the row belongs to, who must reach it, and by a stranger, who must not. A row was
reached where the answer shows its mark or where anything was written. Everything is taken back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max
from django.test import Client

from bihuan.checkup.queries import findings
from bihuan.core import clock, drafts, outbox, vault
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.core.drafts import Draft
from bihuan.core.errands import FAILED, Errand
from bihuan.disclosure.models import Objection, Release
from bihuan.intake.actions import papers as intake
from bihuan.intake.understanding import understand_file
from bihuan.matters import actions as matters
from bihuan.matters.models import Duty, Matter, SweepPlace
from bihuan.organisation.actions import access, appointing, emergency, organising, own
from bihuan.organisation.models import Account, Appointment, InterfaceToken, Post, Region, SignIn, Unit
from bihuan.organisation.queries import scope, structure
from bihuan.organisation.rules.duties import DutyRole, Role
from bihuan.outgoing import actions as outgoing
from bihuan.petitioners.actions.keeping import record_identity
from bihuan.petitioners.actions.reading import ask_opening
from bihuan.petitioners.models import Destruction, Export
from bihuan.petitioners.rules.opening import REASONS
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.models import Batch, Petition, Undertaking
from bihuan.petitions.rules.petition import PETITION
from bihuan.rectification.actions.plan import index_measures, index_problems
from bihuan.rectification.models import Problem
from tests.canaries import told
from tests.cast import NOON, ROBOT, TODAY, account_of, prove
from tests.desk import secrets
from tests.house.put import put_entry, stand
from tests.house.walk import TABLE, City, given_token
from tests.makers import make_measure, make_other, make_problem, open_record, write

COUNTY, CITY, COLLEAGUE = "靐", "龘", "齉"  # what stands in rows of another county, another city, another person
THERE = Actor.system("布置", "130800")
SEATS = ("O1", "O2", "O6", "A1", "A2", "A3", "U2")


@dataclass(frozen=True, slots=True)
class Try:
    """One way to rows of some models: asked by `owner`, who reaches them, and by `stranger`, who does not.

    `sent` None: it is read. `there` and `sends`: what the stranger asks instead, from beside a row of his own. `shows`:
    what only somebody who reached it is shown, where it is not the mark.
    """

    way: int
    of: str
    owner: str
    stranger: str
    url: str
    sent: Mapping[str, Any] | None = None
    there: str = ""
    sends: Mapping[str, Any] | None = None
    shows: str = ""
    head: Mapping[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        if self.shows:
            return self.shows
        return CITY if self.stranger.endswith("@B") else COLLEAGUE if self.stranger == "O3" else COUNTY

    def __str__(self) -> str:
        return f"{self.way} {self.stranger} {self.there or self.url} {dict(self.sends or self.sent or {})}"


@dataclass
class World:
    """Whoever asks, by the name that a try gives him, and what its addresses and forms are filled in with."""

    logins: dict[str, Account]
    at: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)  # what was read and may be kept on the way
    marks: dict[str, str] = field(default_factory=dict)  # the mark (ETag) that the owner got with a page

    def actor(self, who: str) -> Actor:
        return scope.actor_for(self.logins[who], clock.today())

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.logins[who])
        return prove(client)

    def filled(self, value: Any) -> Any:
        """A text, or texts at any depth, with the names in it filled in; a text that is one name, by its value."""
        if isinstance(value, str):
            bare = value[1:-1]
            return self.at[bare] if value == f"{{{bare}}}" and bare in self.at else value.format_map(self.at)
        if isinstance(value, Mapping):
            return {name: self.filled(one) for name, one in value.items()}
        return [self.filled(one) for one in value] if isinstance(value, list) else value

    def is_reached(self, one: Try, *, by_owner: bool) -> bool:
        """Whether that try reaches what it is after."""
        url = one.url if by_owner else one.there or one.url
        sent = one.sent if by_owner else one.sends or one.sent
        client = self.client(one.owner if by_owner else one.stranger)
        own = None if by_owner else self.logins[one.stranger].person_id
        with transaction.atomic():
            before = self.written(own)
            answer = self._asked(client, self.filled(url), sent, one.head)
            is_told, is_written = self.filled(one.mark) in said(answer), self.written(own) != before
            transaction.set_rollback(True)
        assert answer.status_code < 500, str(one)
        return is_written if by_owner and sent is not None else is_told or is_written

    def _asked(self, client: Client, url: str, sent: Mapping[str, Any] | None, head: Mapping[str, str]) -> Any:
        if sent is None:
            mark = self.marks.get(url, "*")
            answer = client.get(url, headers={"If-None-Match": mark, **head}, follow=True)
            self.marks[url] = answer.headers.get("ETag", "*")
            if "no-store" not in answer.headers.get("Cache-Control", "") or answer.status_code == 304:
                self.kept.append(url)
            return answer
        body = self.filled(sent)
        if not url.startswith("/api/"):
            return client.post(url, body, follow=True)
        headers = {"Idempotency-Key": "key-of-a-try"}
        if "file" in body:
            return client.post(url, {**body, "file": SimpleUploadedFile("批次.csv", TABLE.encode())}, headers=headers)
        return client.post(url, body, content_type="application/json", headers=headers)

    @staticmethod
    def written(own: int | None) -> tuple[Any, ...]:
        """What is otherwise after anything was written: the end of the trail but for looks, and the drafts, except that
        person's own: what a stranger wrote and was refused waits for him alone.
        """
        last = Entry.objects.exclude(kind="look").aggregate(last=Max("number"))["last"]
        others = Draft.objects.exclude(person=own) if own is not None else Draft.objects.all()
        return last, *others.order_by("pk").values_list("pk", "sealed")


def said(answer: Any) -> str:
    """Whatever an answer says; JSON in plain characters."""
    text = told(answer)
    head, _, body = text.partition("\n\n") if "\n\n" in text else ("", "", text)
    if "application/json" in answer.headers.get("Content-Type", ""):
        return json.dumps(answer.json(), ensure_ascii=False)
    return f"{head}{body}"


def built_apart(city: City) -> World:
    """The walk's city with its rows marked, and beside it another one with people in the same seats."""
    logins = {who: account for (who, relation), account in city.logins.items() if relation == "own"}
    logins |= {"qian": account_of(city.cast.qian), "chen": account_of(city.cast.chen)}
    world = World(logins)
    _mark_county(world, city)
    _mark_city(world, city)
    _mark_person(world)
    _petitioner(world, city)
    _administration(world)
    _other_city(world)
    _tell(world.actor("O2").person or 0, f"{COLLEAGUE}消息", by=ROBOT, at=clock.now())
    today = clock.today()
    world.at |= {"today": today, "later": today + timedelta(days=5), "month": f"{today:%Y-%m}"}
    return world


def _mark_county(world: World, city: City) -> None:
    """What stands in another county is called after the mark."""
    problem = Problem.objects.select_related("matter").get(matter__code="HE2-P005")
    make_other(problem, title=f"{COUNTY}问题", text=f"{COUNTY}原文")
    begun = make_problem(city.cast, 6, plan=problem.plan, lead=city.cast.neighbour)
    for duty in Duty.objects.filter(matter=begun.matter).exclude(role=DutyRole.LEAD):
        make_other(duty, unit=city.cast.neighbour)
    make_other(begun.matter, region=problem.matter.region)
    measure = make_measure(begun)
    stand(begun.matter, "rectifying")
    make_other(measure, text=f"{COUNTY}措施")
    entry = put_entry(begun, state="submitted")
    petition = Petition.objects.select_related("matter").get(matter__code="HE2-X0004")
    make_other(petition, content=f"{COUNTY}坑塘")
    index_problems([problem])
    index_measures([measure])
    index_petitions([petition])
    part = Undertaking.objects.get(petition=petition)
    make_other(measure.matter, due_on=date(2023, 6, 30), first_due_on=date(2023, 6, 30))
    found = next(
        each for one in findings.results(world.actor("O2"), 9) for each in one.found if each.subject == "HE2-M006-01"
    )
    world.at |= {
        "problem": problem.matter,
        "problem_version": Matter.objects.get(pk=problem.matter_id).version,
        "measure_version": Matter.objects.get(pk=measure.matter_id).version,
        "measure": measure.matter,
        "entry": entry.pk,
        "entry_version": entry.version,
        "petition": petition.matter,
        "part": part.pk,
        "part_version": part.version,
        "own_part": Undertaking.objects.get(petition__matter__code="HE2-X0001").pk,
        "tray": Petition.objects.get(matter__code="HE2-X0002").matter,
        "found": found,
        "check": next(one.rule.name for one in findings.results(world.actor("O2"), 9) if found in one.found),
        "plan": problem.plan.pk,
        "plan_code": problem.plan.code,
    }
    make_other(problem.plan, title=f"{CITY}方案")
    place = SweepPlace.objects.select_related("sweep").get(sweep__code="HE2-S002")
    make_other(place.sweep, title=f"{COUNTY}排查")
    world.at |= {"foreign_place": place.pk}


def _mark_city(world: World, city: City) -> None:
    """What belongs to the city as a whole is called after the mark."""
    cast, paths = city.cast, city.paths
    keys = {name: int(paths[f"settings_row:{name}"].split("/")[-2]) for name in ("groups", "calendar", "appointments")}
    held = Appointment.objects.get(pk=keys["appointments"])
    inspection = world.at["problem"].inspection
    group = organising.add_group(f"{CITY}组", by=ROBOT, at=NOON)
    spare = organising.add_group("备用组", by=ROBOT, at=NOON)
    organising.join_group(group, held.person, starts_on=TODAY, by=ROBOT, at=NOON)
    day = organising.settle_day(date(2022, 9, 9), is_working=False, note=f"{CITY}依据", by=ROBOT, at=NOON)
    post = Post.objects.get(unit=cast.farm)
    paper_pk = int(paths["import_detail"].split("/")[-2])
    from bihuan.intake.models import Intake

    paper = Intake.objects.get(pk=paper_pk)
    for row, name in ((cast.farm, "name"), (cast.region, "name"), (held.person, "name"), (post, "title")):
        make_other(row, **{name: f"{CITY}{getattr(row, name)}"})
    for row, name in ((inspection, "name"), (inspection.rule_set, "name"), (paper, "title")):
        make_other(row, **{name: f"{CITY}{getattr(row, name)}"})
    release, objection = Release.objects.get(kind="notice"), Objection.objects.get()
    make_other(objection, text=f"{CITY}意见")
    shown = make_other(release, title=f"{CITY}公示")
    free = appointing.add_person(f"{CITY}没有账号", by=ROBOT, at=NOON)
    world.at |= {
        "unit": cast.farm.pk,
        "region": cast.region.pk,
        "person": held.person_id,
        "free": free.pk,
        "post": post.pk,
        "appointment": held.pk,
        "group": group.pk,
        "other_group": spare.pk,
        "other_unit": organising.add_unit("备用单位", "部门", cast.region, by=ROBOT, at=NOON).pk,
        "membership": group.memberships.get().pk,
        "inspection": inspection.pk,
        "inspection_code": inspection.code,
        "inspection_version": inspection.version,
        "rules": inspection.rule_set_id,
        "day": day.pk,
        "paper": paper.pk,
        "paper_version": paper.version,
        "doubt": paper.doubts.order_by("number")[0],
        "slip": paths["slip_detail"],
        "release_version": shown.version,
        "petition_batch": int(paths["public_batch"].split("/")[-2]),
    }


@action
def _tell(person: int, text: str, *, by: Actor, at: Any) -> None:
    """One message that was not read yet, and nobody else's."""
    outbox.mark_read(outbox.Message.objects.filter(read_at__isnull=True), at)
    outbox.tell([person], text, at=at, matter_code="HE2-P001")


def _mark_person(world: World) -> None:
    """What is a person's own is called after the mark."""
    account, by = world.logins["O2"], world.actor("O2")
    view = own.keep_view("problems", f"{COLLEAGUE}视图", "title=x", by=by, at=clock.now())
    access.add_phone(account, "另一部", "JBSWY3DPEHPK3PXP", used=0, by=by, at=clock.now())
    factor = access.add_phone(account, f"{COLLEAGUE}手机", "JBSWY3DPEHPK3PXP", used=0, by=by, at=clock.now())
    facts = {"proof": "password", "device": "d", "browser": f"{COLLEAGUE}浏览器"}
    one: SignIn = access.sign_in(account, by=by, at=clock.now(), **facts)
    drafts.keep(by.person or 0, "/problems/HE2-P001/", "note", {"note": f"{COLLEAGUE}草稿"}, clock.now())
    world.at |= {"view": view.pk, "factor": factor.pk, "sign_in": one.pk, "draft": Draft.objects.get().pk}


def _petitioner(world: World, city: City) -> None:
    """A petitioner of the walk's city: to be read, to be exported as another agreed, and his key to be destroyed."""
    petition, desk = Petition.objects.get(matter__code="HE2-X0003"), world.actor("O6")
    record_identity(petition, secrets(name="赵小禾", phone="13912340001"), by=desk, at=clock.now())
    reason, at = next(iter(REASONS)), clock.now()
    opening = ask_opening(petition, ["name"], reason, "核实", is_kin=True, by=desk, at=at)
    person = city.logins["O6", "own"].person
    facts = {"proposed_by": person, "proposed_at": at, "reason": "到期", "state": "proposed"}
    [proposal] = write([Destruction(petitioner=petition.petitioner, **facts)], by=desk, at=at)
    export = make_other(
        Export.objects.get(),
        codes=[petition.matter.code],
        recipient=f"{CITY}公安局",
        state="agreed",
        decided_by=world.logins["O1"].person,
        decided_at=at,
    )
    world.at |= {"petitioner": petition.matter, "opening": opening.pk, "destruction": proposal.pk, "export": export.pk}


def _administration(world: World) -> None:
    """What the administrators keep: a token, a receiver, a failed errand, an emergency, a grant that waits."""
    at, a1, a2 = clock.now(), world.actor("A1"), world.actor("A2")
    given_token(world.logins["X2"])
    token = make_other(InterfaceToken.objects.get(), label=f"{CITY}接口")
    secret = vault.Secret(outgoing.new_secret())
    receiver = outgoing.add_receiver(f"{CITY}接收方", "https://10.20.3.4/in", secret, by=a2, at=at)
    facts = {"state": FAILED, "asked_by": f"{CITY}某", "asked_at": at, "reason": "没成", "key": "k", "args": "{}"}
    [errand] = write([Errand(name="backup", **facts)], by=ROBOT, at=at)
    one, other = (emergency.seal_code(f"CODE-{by.person}", by=by, at=at) for by in (a1, a2))
    make_other(world.logins["O4"].person, name=f"{CITY}启封人")
    opened = emergency.unseal(one, other, reason="住院", purpose="交办", by=world.actor("O4"), at=at)
    post = Post.objects.get(pk=world.at["post"])
    waiting = appointing.add_person(f"{CITY}待确认", by=ROBOT, at=NOON)
    guard = world.logins["A2"].person
    facts = {"role": Role.REPORTER, "starts_on": TODAY, "standing": "waiting", "granted_by": guard}
    [grant] = write([Appointment(person=waiting, post=post, **facts)], by=ROBOT, at=NOON)
    world.at |= {"token": token.pk, "receiver": receiver.pk, "errand": errand.pk, "unsealing": opened.pk}
    world.at |= {"grant": grant.pk, "account": world.logins["U1"].pk, "machine": world.logins["X2"].pk}


def _other_city(world: World) -> None:
    """The same seats in another city, with a row of each kind that may be a foreign one's parent."""
    deed: dict[str, Any] = {"by": THERE, "at": NOON}
    region = Region(code=THERE.city, name="承德市", level="city")
    organising.add_regions([region], **deed)
    office = organising.add_unit("承德市整改办", "整改办", region, **deed)
    for seat in SEATS:
        person = appointing.add_person(f"周{seat}", **deed)
        held = appointing.appoint_to(person, office, f"席{seat}", Role(seat), starts_on=date(2022, 1, 1), **deed)
        world.logins[f"{seat}@B"] = appointing.open_account(person, f"{seat}-b".lower(), "p", **deed)
    rules = matters.add_rule_set("承德规则", **deed)
    facts = {"level": "中央", "kind": "例行", "round_number": 2, "region": region, "rule_set": rules}
    inspection = matters.add_inspection("CD2", "承德的督察", **facts, **deed)
    group = organising.add_group("承德组", **deed)
    organising.join_group(group, held.person, starts_on=TODAY, **deed)
    petition = _own_petition(inspection, region)
    desk = world.actor("O6@B")
    record_identity(petition, secrets(name="钱小禾", phone="13912340002"), by=desk, at=clock.now())
    understood = understand_file("批次.csv", TABLE.encode(), structure.directory(THERE.city), None)
    paper = intake.take_in("批次.csv", TABLE.encode(), understood, inspection, by=world.actor("O2@B"), at=NOON)
    world.at |= {
        "b_region": region.pk,
        "b_unit": Unit.objects.get(pk=office.pk).pk,
        "b_appointment": held.pk,
        "b_person": held.person_id,
        "b_rules": rules.pk,
        "b_inspection": inspection.pk,
        "b_group": group.pk,
        "b_petition": petition.matter.code,
        "b_version": petition.matter.version,
        "b_paper": paper.pk,
    }


def _own_petition(inspection: Any, region: Region) -> Petition:
    deed: dict[str, Any] = {"by": THERE, "at": NOON}
    [batch] = write([Batch(inspection=inspection, label="第1批", number=1)], **deed)
    matter = Matter(kind="petition", code="CD2-X0001", inspection=inspection, region=region)
    open_record(matter, PETITION, [], **deed)
    number = "D2HE202204120099"
    [made] = write([Petition(matter=matter, batch=batch, number=number, number_key=number, content="坑塘。")], **deed)
    index_petitions([made])
    petition: Petition = made
    return petition
