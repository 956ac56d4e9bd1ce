"""A release (公开文本), from its draft to the public and back."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bihuan.core import audit, correction, moving, numbering, reversal
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.core.audit import Overtaken
from bihuan.core.clock import day_of
from bihuan.disclosure.actions import showing, stepping
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import drafting, petition_texts, sight, standing
from bihuan.disclosure.rules import petition_text, wording
from bihuan.disclosure.rules.release import RELEASE, ReleaseState
from bihuan.disclosure.rules.wording import PETITION
from bihuan.lib.flow import Refused
from bihuan.matters.actions import proving
from bihuan.matters.models import Matter
from bihuan.matters.queries import work
from bihuan.organisation.actions import acting
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.models import Problem

DRAFTING = frozenset({Capacity.PUBLICITY})
NOT_YOURS = "公示文本由信息宣传组拟稿。"
SHUT = "送审以后不能再改；要改，请先退回修改。"
CHANGED = "文字改过了，请把提出要涂的再看一遍、重新勾选。"


@action
def draft_release(problem: Problem, *, by: Actor, at: datetime) -> Release:
    """Draft the notice of a problem in the form that offices publish.

    Refuses whoever is not of the publicity group, a problem whose notice is not next, and a second live text.
    """
    acting.take_capacity(DRAFTING, (), problem.matter.code, NOT_YOURS)
    if refusal := drafting.why_not_drafted(problem):
        raise Refused(refusal)
    matter, text = problem.matter, wording.drafted(drafting.facts_of(problem))
    series = matter.inspection.code
    return audit.create(
        Release(
            code=f"{series}-G{numbering.take(f'release {series}'):03}",
            about_code=matter.code,
            about_round=matter.round_number,
            title=text["title"],
            sections=text,
            state=RELEASE.initial,
            drafted_by_id=stepping.person_of(by),
            drafted_at=at,
        )
    )


@action
def edit_release(release: Release, text: Mapping[str, str], *, by: Actor, at: datetime, seen: int) -> Release:
    """Write the parts of a draft anew. Whoever writes is its drafter from then on, and may not approve it. The facts of
    a petition's text stay as the petition has them.

    Refuses a text that was sent on, parts that are too long, and a form that another overtook.
    """
    acting.take_capacity(DRAFTING, (), release.code, NOT_YOURS)
    if release.state != ReleaseState.DRAFT:
        raise Refused(SHUT)
    parts = petition_text.words_of(release.kind)
    written = {part: "\n".join(str(text.get(part, "")).strip().splitlines()) for part in parts}
    for part, most in petition_text.longest_of(release.kind).items():
        if len(written[part]) > most:
            raise Refused(f"“{parts[part]}”最多{most}字，现在{len(written[part])}字。")
    whole = {**release.sections, **written}
    return audit.amend(release, seen=seen, sections=whole, title=whole["title"], drafted_by_id=stepping.person_of(by))


@action
def redact_release(
    release: Release, black: Collection[str], more: Collection[str], digest: str, *, by: Actor, at: datetime
) -> Release:
    """Freeze what the public will read: what was ticked and every place of the added words is blacked out.

    `digest` is of the text before the person's eyes. Refuses where it was changed since, and as the lifecycle does.
    """
    if petition_text.digest_of(release.kind, release.sections) != digest:
        raise Overtaken(CHANGED)
    frozen = petition_text.redacted(release.kind, release.sections, black, wording.added_words(more))
    _step(release, "redact")
    return audit.change(release, redacted=frozen.text, left=frozen.left, title=frozen.text["title"])


@action
def move_release(
    release: Release, name: str, *, by: Actor, at: datetime, note: str = "", seen: int | None = None
) -> Release:
    """Approve a text, send it back, take it down, or give it up; or refuse with the sentence why not.

    An approval names the exact text. Where the notice of its problem runs without a text, for the last was taken down,
    the new one is put out at once and its days begin anew; so is that of a petition that is public already. `seen` is
    the version that was before the person's eyes.
    """
    if seen is not None and seen != release.version:
        raise Overtaken
    _step(release, name, note)
    if release.kind == PETITION:
        showing.settle(release, name, note)
    elif name == "approve":
        digest = wording.digest_of(release.redacted)
        audit.change(release, approved_by_id=stepping.person_of(by), approved_at=at, digest=digest)
        _show_again(release, note)
    elif name == "return":
        audit.change(release, approved_by_id=None, approved_at=None, digest="", title=release.sections["title"])
    elif release.state == ReleaseState.WITHDRAWN:
        audit.change(release, withdrawn_at=at)
    return release


def _step(release: Release, name: str, note: str = "") -> None:
    if release.kind == PETITION:
        petition_texts.with_sources([release])
    facts = sight.facts_of(release, audit.deed().by)
    called = f"{release.code} {release.title}"
    stepping.take_step(RELEASE, release, name, facts, note, about=release.about_code, called=called)


def _show_again(release: Release, note: str) -> None:
    """Put a text out whose notice runs already, its days counted anew."""
    matter = Matter.objects.select_related("inspection__rule_set").get(city=release.city, code=release.about_code)
    if matter.round_number != release.about_round or work.running_notice(matter) is None:
        return
    proving.end_notice(matter, "公示文本撤下后重新公示")
    proving.open_notice(matter, day_of(audit.deed().at))
    _show(release, matter, max(1, standing.last_publication(matter)), note)


def put_out(matter: Matter, *, note: str = "") -> None:
    """Show the approved text of a problem to the public, inside the step that publishes it."""
    release = standing.live_release(matter)
    if release is None:
        raise Refused(standing.UNAPPROVED)
    _show(release, matter, standing.last_publication(matter) + 1, note)


def _show(release: Release, matter: Matter, publication: int, note: str) -> None:
    at = audit.deed().at
    period = work.notice_from(matter, day_of(at))
    _follow(release, "put_out", note)
    audit.change(
        release,
        publication=publication,
        published_at=at,
        starts_on=period.start,
        ends_on=period.end,
        days=period.days,
        counted_as=period.counted_as,
        period=period.sentence,
    )


def take_down(matter: Matter, *, note: str = "") -> None:
    """Take the text of a problem down, or give its draft up, inside the step after which it holds no longer."""
    release = standing.live_release(matter)
    if release is not None:
        _follow(release, "take_down", note)
        audit.change(release, withdrawn_at=audit.deed().at)


def follow_correction(matter: Matter, *, note: str = "") -> None:
    """Set back, inside the correction of a step, what that step had done to the texts of its matter.

    A text that somebody took further since stays; one that is shown without a notice is taken down.
    """
    # The one that is corrected: the correction is not written yet.
    last = correction.last_step(matter.code, matter.city)
    for release in standing.releases_of(matter):
        newest = audit.entries_about(release.code, release.city).first()
        if last is not None and newest is not None and newest.deed == last.entry.deed:
            reversal.reverse(newest.deed, because=note, about=release.code, step=correction.CORRECT)
        elif release.state == ReleaseState.RELEASED and work.running_notice(matter) is None:
            take_down(matter, note=note)


def _follow(release: Release, name: str, note: str) -> None:
    """A step that another step brings with it."""
    facts = sight.facts_of(release, audit.deed().by)
    moving.make_move(RELEASE, release, name, note=note, capacities={Capacity.CONSEQUENCE}, facts=facts)
