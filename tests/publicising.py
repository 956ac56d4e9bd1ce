"""Answered petitions on their way to the public: drafted and redacted by the publicity group, approved by the head."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.disclosure.actions import publicising
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import batches, petition_texts
from bihuan.matters.models import Matter, Round
from bihuan.organisation.rules.duties import Role
from bihuan.petitions.actions import assign_petition
from bihuan.petitions.models import Batch, Petition, Undertaking
from tests.cast import NOON, ROBOT, Cast, seat_as
from tests.makers import make_batch, make_inspection, make_petition

FOUND = "7月4日现场核查，坑塘东岸堆有生活垃圾约30立方米。王建国先生在场。"
ANSWER = {
    "findings": FOUND,
    "handling": "已清运至指定填埋场，设警示牌2处。",
    "truth": "属实",
    "closing": "已办结",
    "main_type": "水",
    "types": ["水", "固废"],
    "talked_to": 2,
    "held_to_account": 1,
}
NAMES = ("王建国",)


@action
def stand_answered(rows: Sequence[Petition], *, by: Actor, at: Any) -> None:
    """Let petitions that a unit holds stand as answered, past all that it would find and report."""
    for row in rows:
        part = Undertaking.objects.select_related("petition__matter").get(petition=row)
        audit.change(part, state="reported")
        for one in (Matter.objects.get(pk=row.matter_id), Round.objects.get(matter=row.matter_id)):
            audit.change(one, state="answered")


@dataclass(frozen=True, slots=True)
class Publicising:
    """A batch of answered petitions, and whoever writes for the public."""

    batch: Batch
    writer: Actor

    def petitions(self) -> list[Petition]:
        """The petitions as they stand."""
        return [*batches.petitions_of(self.batch)]

    def draft(self) -> list[Release]:
        """A text of each that needs one."""
        return publicising.draft_petitions(batches.to_draft(self.batch), by=self.writer, at=NOON)

    def working(self, state: str) -> list[Release]:
        """The texts in that state."""
        return batches.working_of(self.batch, state)

    def send(self, *but: str) -> list[Release]:
        """What is proposed blacked out, but these words, and all of it sent for approval."""
        drafts = self.working("draft")
        black = [
            f"{one.code}:{found.key}"
            for one in drafts
            for found in petition_texts.found(one)
            if found.proposal.words not in but
        ]
        digest = petition_texts.digest_of(drafts)
        return publicising.redact_petitions(drafts, black, [], digest, by=self.writer, at=NOON)

    def decide(self, name: str, by: Actor, note: str = "") -> list[Release]:
        """All that wait approved, or sent back."""
        rows = self.working("redacted")
        return publicising.decide_petitions(rows, name, petition_texts.digest_of(rows), by=by, at=NOON, note=note)

    def to_approved(self, cast: Cast) -> list[Release]:
        """Drafted, sent and approved."""
        self.draft()
        self.send()
        return self.decide("approve", cast.wang)

    def to_public(self, cast: Cast) -> list[Petition]:
        """And put out."""
        self.to_approved(cast)
        return publicising.publish_petitions(self.petitions(), by=self.writer, at=NOON)

    def release(self) -> Release:
        """The newest text."""
        return Release.objects.order_by("-pk")[0]


def being_publicised(cast: Cast, count: int = 1, **facts: Any) -> Publicising:
    """So many answered petitions of one batch."""
    batch = make_batch(make_inspection(cast), 20)
    rows = [make_petition(cast, batch, f"D2HE20220412{place:04}", **ANSWER | facts) for place in range(1, count + 1)]
    for row in rows:
        assign_petition(row, [cast.water], by=cast.chen, at=NOON)
    stand_answered(rows, by=ROBOT, at=NOON)
    return Publicising(batch, seat_as(Role.PUBLICITY, cast.party, "宣传员"))
