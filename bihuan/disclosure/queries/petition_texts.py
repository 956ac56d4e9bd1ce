"""The public texts of petitions as the office works on them, a batch at once; and whether a text still says what its
petition's answer says.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import QuerySet

from bihuan.disclosure.models import Release
from bihuan.disclosure.queries import sight
from bihuan.disclosure.rules import petition_text
from bihuan.disclosure.rules.petition_text import Answer
from bihuan.disclosure.rules.release import OVERTAKEN, UNRELEASED, ReleaseState
from bihuan.disclosure.rules.wording import PETITION, Found, found_in
from bihuan.matters.models import Matter
from bihuan.petitions.models import Petition
from bihuan.petitions.rules.petition import AFTER_ANSWER, PetitionState

MOST = 100  # of one batch that are taken in hand at once
UNAPPROVED = "公开文本还没有审批。"
PAST = (PetitionState.ACCEPTING, PetitionState.SIGNED_OFF)  # the step 公开 is behind them


def texts() -> QuerySet[Release]:
    """The texts of petitions, of every city."""
    return Release.objects.filter(kind=PETITION)


def text_of(petition: Petition) -> dict[str, str]:
    """What a petition's text would say if it were drafted now."""
    matter = petition.matter
    first = [petition.main_type] if petition.main_type else []
    penalties = {kind: getattr(petition, kind) for kind in petition_text.COUNTED}
    return petition_text.drafted(
        Answer(
            inspection=matter.inspection.name,
            batch=petition.batch.label,
            number=petition.number.rstrip("*"),
            region=str(matter.region or petition.region_raw),
            types=[*first, *(one for one in petition.types if one not in first)],
            content=petition.content,
            findings=petition.findings,
            truth=petition.truth,
            handling=petition.handling,
            closing=petition.closing,
            goal=petition.goal,
            accountability=petition.accountability,
            penalties={kind: count for kind, count in penalties.items() if count},
        )
    )


def source_of(petition: Petition) -> str:
    """One hash for what a petition's text would say now; "" while it has no answer."""
    if petition.matter.state not in AFTER_ANSWER:
        return ""
    return petition_text.digest_of(PETITION, text_of(petition))


def petitions_called(codes: Collection[str], city: str) -> QuerySet[Petition]:
    """The petitions with these codes, with all that their texts are drafted from."""
    rows = Petition.objects.filter(matter__code__in=codes, matter__city=city, matter__is_withdrawn=False)
    return rows.select_related("matter__inspection", "matter__region", "batch").order_by("row", "pk")


def with_sources(releases: Iterable[Release]) -> list[Release]:
    """The texts, each knowing what its petition's answer says now: one question for all of a city."""
    found = [*releases]
    for city in {one.city for one in found}:
        codes = {one.about_code for one in found if one.city == city}
        now = {one.matter.code: source_of(one) for one in petitions_called(codes, city)}
        for one in found:
            if one.city == city:
                one.source_now = now.get(one.about_code, "")
    return found


def in_hand(matter: Matter) -> Release | None:
    """The text of a petition that is written, redacted or approved, and not shown yet."""
    return _of(matter).filter(state__in=UNRELEASED).first()


def shown(matter: Matter) -> Release | None:
    """The text of a petition that the public reads now, of whatever round."""
    return _of(matter).filter(state=ReleaseState.RELEASED).first()


def texts_of(matter: Matter) -> QuerySet[Release]:
    """Every text that a petition ever had, the newest first."""
    return _of(matter).order_by("-pk")


def _of(matter: Matter) -> QuerySet[Release]:
    return texts().filter(city=matter.city, about_code=matter.code)


def text_unapproved(matter: Matter) -> str:
    """Why the result of a petition may not be made public yet, or ""."""
    release = in_hand(matter)
    if release is None or release.state != ReleaseState.APPROVED:
        return UNAPPROVED
    [known] = with_sources([release])
    return "" if sight.is_current(known) else OVERTAKEN


def is_next(petition: Petition, source: str | None) -> bool:
    """Whether a text is to be drafted of a petition; `source` is what the text was drafted from that is shown of it.

    One that was accepted or signed off before its result was made public is still to be, where it has one here.
    """
    state = petition.matter.state
    if state == PetitionState.ANSWERED:
        return True
    if source is None:
        return state == PetitionState.DISCLOSED or (state in PAST and petition.answered_on is not None)
    return source != source_of(petition)


def why_not_drafted(petition: Petition) -> str:
    """Why no text of this petition can be drafted now, or ""."""
    matter = petition.matter
    if in_hand(matter) is not None:
        return f"{petition.number}号信访件已有公开文本，请在它上面接着办。"
    text = shown(matter)
    if is_next(petition, text.source if text else None):
        return ""
    return f"{petition.number}号信访件还没有反馈，或公开的就是现在的答复，不用拟公开文本。"


def digest_of(releases: Sequence[Release]) -> str:
    """One hash for several texts as they stand before somebody's eyes."""
    return petition_text.digest_of_all([(one.code, one.version) for one in releases])


def found(release: Release) -> list[Found]:
    """Everything in the words of a text that should be blacked out, in order."""
    return found_in(release.sections, petition_text.words_of(release.kind))
