"""The results of petitions made public, a batch at once: drafted, redacted, approved by another, put out with the
petition's own step.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from bihuan.core import audit, moving, numbering
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.disclosure.actions import showing, stepping
from bihuan.disclosure.actions.releasing import CHANGED, DRAFTING
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import petition_texts, sight
from bihuan.disclosure.rules import petition_text
from bihuan.disclosure.rules.release import RELEASE
from bihuan.disclosure.rules.wording import PETITION, added_words
from bihuan.lib.flow import Refused
from bihuan.organisation.actions import acting
from bihuan.organisation.queries import scope
from bihuan.petitions import actions as petitions
from bihuan.petitions.models import Petition

NOT_YOURS = "信访件的公开文本由信息宣传组拟稿。"
NOTHING = "没有选信访件。"
TOO_MANY = f"一次最多{petition_texts.MOST}件，请分几次办。"
DECISIONS = ("approve", "return", "discard")


@action
def draft_petitions(rows: Sequence[Petition], *, by: Actor, at: datetime) -> list[Release]:
    """Draft the public texts of petitions that were answered, in the columns of the public table, all in one deed.

    Refuses whoever is not of the publicity group, more than a hundred, a petition without an answer, one whose text is
    in hand, and one of which the public reads just this.
    """
    _in_number(rows)
    acting.take_capacity(DRAFTING, (), rows[0].matter.code, NOT_YOURS)
    for row in rows:
        if refusal := petition_texts.why_not_drafted(row):
            raise Refused(refusal)
    series = rows[0].matter.inspection.code
    first = numbering.take(f"petition release {series}", len(rows))
    drafted = [_draft(row, f"{series}-Q{first + place:04}", at) for place, row in enumerate(rows)]
    return [*audit.create_many(drafted)]


def _draft(petition: Petition, code: str, at: datetime) -> Release:
    text = petition_texts.text_of(petition)
    return Release(
        code=code,
        kind=PETITION,
        about_code=petition.matter.code,
        about_round=petition.matter.round_number,
        title=text["title"],
        sections=text,
        source=petition_text.digest_of(PETITION, text),
        state=RELEASE.initial,
        drafted_by_id=stepping.person_of(audit.deed().by),
        drafted_at=at,
        **petition_text.columns_of(text),
    )


@action
def redact_petitions(
    releases: Sequence[Release], black: Collection[str], more: Collection[str], digest: str, *, by: Actor, at: datetime
) -> list[Release]:
    """Freeze what the public will read of these petitions and send it for approval, all in one deed: what was ticked
    (`code:place`) and every place of the added words is blacked out.

    `digest` is of the texts before the person's eyes. Refuses where one was changed since, and as the lifecycle does.
    """
    known = _as_seen(releases, digest, CHANGED)
    added = added_words(more)
    for release in known:
        ticked = {key.partition(":")[2] for key in black if key.partition(":")[0] == release.code}
        frozen = petition_text.redacted(release.kind, release.sections, ticked, added)
        _take(release, "redact")
        audit.change(release, redacted=frozen.text, left=frozen.left)
    label = RELEASE.rows("redact")[0].label
    stepping.tell(("office",), f"{label}：{len(known)}件信访件的公开文本", known[0].city, known[0].about_code)
    return known


@action
def decide_petitions(
    releases: Sequence[Release], name: str, digest: str, *, by: Actor, at: datetime, note: str = ""
) -> list[Release]:
    """Approve these texts, send them back or give them up, all in one deed; or refuse with the sentence why not.

    An approval names each exact text. What is said of a petition that is public already is shown at once, in place of
    what the public read before. `digest` is of the texts before the person's eyes.
    """
    if name not in DECISIONS:
        raise Refused("没有这一步。")
    known = _as_seen(releases, digest)
    for release in known:
        _take(release, name, note)
        showing.settle(release, name, note)
    return known


@action
def publish_petitions(rows: Sequence[Petition], *, by: Actor, at: datetime, note: str = "") -> list[Petition]:
    """Take the step 公开 of these petitions, whose texts are approved, all in one deed; the public reads them from now.

    Refuses as each petition's own step does.
    """
    _in_number(rows)
    return [petitions.move_petition(row, "disclose", by=by, at=at, note=note) for row in rows]


def _in_number(rows: Sequence[Any]) -> None:
    if not rows:
        raise Refused(NOTHING)
    if len(rows) > petition_texts.MOST:
        raise Refused(TOO_MANY)


def _as_seen(releases: Sequence[Release], digest: str, changed: str = "") -> list[Release]:
    """The texts as they stand, which are those that somebody saw."""
    _in_number(releases)
    if petition_texts.digest_of(releases) != digest:
        raise Overtaken(changed) if changed else Overtaken
    return petition_texts.with_sources(releases)


def _take(release: Release, name: str, note: str = "") -> None:
    """A step on one of many texts, in the post that allows it."""
    by = audit.deed().by
    acting.take_post(RELEASE, name, release.state, (), release.code)
    facts = sight.facts_of(release, by)
    moving.make_move(RELEASE, release, name, note=note, capacities=scope.capacities(by, ()), facts=facts)
