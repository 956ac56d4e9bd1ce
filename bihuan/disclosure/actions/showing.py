"""What steps do to the public texts of petitions: shown, replaced, taken down, given up, inside that deed."""

from collections.abc import Sequence

from bihuan.core import audit, correction, moving, reversal, search
from bihuan.disclosure.actions import stepping
from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import petition_texts, sight
from bihuan.disclosure.rules import petition_text
from bihuan.disclosure.rules.petition_text import PARTS
from bihuan.disclosure.rules.release import RELEASE, ReleaseState
from bihuan.disclosure.rules.wording import PETITION
from bihuan.lib.flow import Refused
from bihuan.matters.models import Matter
from bihuan.organisation.rules.duties import Capacity
from bihuan.petitions.rules.petition import AFTER_ANSWER, PetitionState


def settle(release: Release, name: str, note: str) -> None:
    """Write down what a step of a petition's text decided, inside its deed."""
    deed = audit.deed()
    if name == "approve":
        digest = petition_text.digest_of(PETITION, release.redacted)
        audit.change(release, approved_by_id=stepping.person_of(deed.by), approved_at=deed.at, digest=digest)
        matter = Matter.objects.get(city=release.city, code=release.about_code)
        if matter.state in AFTER_ANSWER and matter.state != PetitionState.ANSWERED:
            _show(release, matter, note)
    elif name == "return":
        audit.change(release, approved_by_id=None, approved_at=None, digest="")
    elif release.state == ReleaseState.WITHDRAWN:
        audit.change(release, withdrawn_at=deed.at)


def put_out(matter: Matter, *, note: str = "") -> None:
    """Show the approved text of a petition to the public, inside the step that discloses it."""
    release = petition_texts.in_hand(matter)
    if release is None:
        raise Refused(petition_texts.UNAPPROVED)
    _show(petition_texts.with_sources([release])[0], matter, note)


def _show(release: Release, matter: Matter, note: str) -> None:
    """Put a text out in place of what the public read of its petition before."""
    at, before = audit.deed().at, petition_texts.texts_of(matter)
    last = max((one.publication for one in before), default=0)
    if (shown := petition_texts.shown(matter)) is not None:
        _follow(shown, "take_down", f"由{release.code}代替")
        audit.change(shown, withdrawn_at=at)
    _follow(release, "put_out", note)
    audit.change(release, publication=last + 1, published_at=at)
    index_texts([release])


def index_texts(releases: Sequence[Release]) -> None:
    """Let the public's search know what these texts say."""
    texts = [(search.RELEASES + one.pk, "\n".join(one.redacted.get(part, "") for part in PARTS)) for one in releases]
    search.index("release", texts)


def follow_correction(matter: Matter, *, note: str = "") -> None:
    """Set back, inside the correction of a petition's step, what that step had done to its texts.

    A text in hand of a petition that has no answer any more is given up; one that somebody took further stays.
    """
    last = correction.last_step(matter.code, matter.city)
    for release in petition_texts.texts_of(matter):
        newest = audit.entries_about(release.code, release.city).first()
        if last is not None and newest is not None and newest.deed == last.entry.deed:
            reversal.reverse(newest.deed, because=note, about=release.code, step=correction.CORRECT)
    give_up(matter, note=note)


def give_up(matter: Matter, *, note: str = "") -> None:
    """Give up the text in hand of a petition that is handled anew, inside the step that led there; what the public
    reads of it stays until another answer replaces it.
    """
    if matter.state in AFTER_ANSWER:
        return
    release = petition_texts.in_hand(matter)
    if release is not None:
        _follow(release, "take_down", note)
        audit.change(release, withdrawn_at=audit.deed().at)


def tell_overtaken(matter: Matter, *, closing: str, note: str = "") -> None:
    """Tell the publicity group, inside a step that says whether it is closed, that the public reads otherwise."""
    shown = petition_texts.shown(matter)
    if shown is not None and shown.closing != closing:
        text = f"已认定{closing}，公开的不是这样，请另拟公开文本：{shown.title}"
        stepping.tell(("publicity",), text, matter.city, matter.code)


def _follow(release: Release, name: str, note: str) -> None:
    facts = sight.facts_of(release, audit.deed().by)
    moving.make_move(RELEASE, release, name, note=note, capacities={Capacity.CONSEQUENCE}, facts=facts)
