"""Evidence on petitions: brought by the units that hold a part and by the office; void with a reason, never removed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bihuan.core import audit
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib import redact
from bihuan.lib.flow import Refused
from bihuan.matters import queries as matters
from bihuan.matters.actions import evidence as files
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Evidence
from bihuan.organisation.actions import acting
from bihuan.petitions.actions.batches import index_petitions
from bihuan.petitions.models import Petition
from bihuan.petitions.queries import proofs
from bihuan.petitions.rules import proofs as rules


@action
def add_evidence(
    subject: Petition, brought: Sequence[Brought], *, by: Actor, at: datetime, note: str = ""
) -> list[Evidence]:
    """Put files on a petition: all of them or none. What is said of them, and what is written in them for the search,
    is masked: who petitioned does not come out by a file.

    Refuses everybody but the units that hold a part, the office and who checked it on the ground, none at all, and
    where it was transferred or merged.
    """
    _take_post(subject)
    added = files.add_all(subject.matter, [_masked(one) for one in brought])
    index_petitions([subject])
    return added


@action
def pair_evidence(subject: Petition, after: Evidence, before: Evidence, *, by: Actor, at: datetime) -> Evidence:
    """Put a picture taken afterwards beside the one that shows the same place before. Refuses another unit's, and what
    belongs to a closed round.
    """
    _take_post(subject)
    _refuse_others(subject, [after, before])
    return files.pair(after, before)


@action
def end_evidence(subject: Petition, evidence: Evidence, *, by: Actor, at: datetime, note: str) -> Evidence:
    """Declare a file void, with a reason; it stays in the trail. Refuses another unit's, and what belongs to a closed
    round: its file is frozen.
    """
    _take_post(subject)
    _refuse_others(subject, [evidence])
    ended = files.end(evidence, redact.masked(note))
    index_petitions([subject])
    return ended


def _take_post(petition: Petition) -> None:
    """Act in the appointment that may, on a petition that takes evidence; whoever acts at the same time waits."""
    petition.matter = matters.locked_round(petition.matter).matter
    if refusal := rules.shut(petition.matter.state):
        raise Refused(refusal)
    may = proofs.adders(petition, audit.deed().by)
    acting.take_capacity(may, proofs.answering(petition), petition.matter.code, rules.NOT_YOURS)


def _refuse_others(petition: Petition, named: Sequence[Evidence]) -> None:
    for one in named:
        files.refuse_frozen(one, proofs.frozen_rounds(petition))
    if {one.pk for one in named} - proofs.own_of(named, petition, audit.deed().by):
        raise Refused(rules.NOT_ITS)


def _masked(one: Brought) -> Brought:
    facts = {name: redact.masked(value) if isinstance(value, str) else value for name, value in one.facts.items()}
    return replace(
        one,
        name=redact.masked(one.name),
        caption=redact.masked(one.caption),
        words=redact.masked(one.words),
        facts=facts,
    )
