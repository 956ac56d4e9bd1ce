"""What the steps of a problem ask of its release and of the objections."""

from collections.abc import Collection

from django.db.models import Max, QuerySet

from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.rules.objection import UNDECIDED, ObjectionState
from bihuan.disclosure.rules.release import ReleaseState
from bihuan.matters.models import Matter

UNAPPROVED = "公示文本还没有审批。"
TAKEN_DOWN = "公示文本已撤下，公示期不能算满；请另拟一稿，审批后重新公示。"


def live_release(matter: Matter) -> Release | None:
    """The release of a matter's present round, whatever its state; one that was taken down is none."""
    return releases_of(matter).exclude(state=ReleaseState.WITHDRAWN).order_by("-pk").first()


def releases_of(matter: Matter) -> QuerySet[Release]:
    """Every release of a matter's present round."""
    return Release.objects.filter(city=matter.city, about_code=matter.code, about_round=matter.round_number)


def published_texts(matter: Matter) -> QuerySet[Release]:
    """Every text of a matter that the public could ever read, of every round, in the order in which it was put out."""
    rows = Release.objects.filter(city=matter.city, about_code=matter.code, published_at__isnull=False)
    return rows.prefetch_related("objections").order_by("published_at", "pk")


def last_publication(matter: Matter) -> int:
    """Which notice of the present round was the last, counted from 1; 0 before the first."""
    return releases_of(matter).aggregate(last=Max("publication"))["last"] or 0


def _objections(matter: Matter, states: Collection[str]) -> int:
    """How many objections against the last notice stand so; those against an earlier one were answered by the work."""
    last = last_publication(matter)
    if not last:
        return 0
    return Objection.objects.filter(
        release__in=releases_of(matter).filter(publication=last), state__in=[*states]
    ).count()


def text_unapproved(matter: Matter) -> str:
    """Why a notice may not be put up yet, or ""."""
    release = live_release(matter)
    return "" if release is not None and release.state == ReleaseState.APPROVED else UNAPPROVED


def nothing_objected(matter: Matter) -> str:
    """Why nothing is to be checked, or ""."""
    return "" if _objections(matter, (*UNDECIDED, ObjectionState.UPHELD)) else "没有待核查的不同意见。"


def objections_not_dismissed(matter: Matter) -> str:
    """Why a notice cannot go on or end, or ""."""
    if undecided := _objections(matter, UNDECIDED):
        return f"还有{undecided}条不同意见没有认定。"
    upheld = _objections(matter, (ObjectionState.UPHELD,))
    return f"有{upheld}条不同意见已认定成立，应按“异议成立”办理。" if upheld else ""


def objections_not_upheld(matter: Matter) -> str:
    """Why a notice does not fail, or ""."""
    return "" if _objections(matter, (ObjectionState.UPHELD,)) else "还没有认定成立的不同意见。"


def text_taken_down(matter: Matter) -> str:
    """Why the days of a notice cannot be said to be over, or ""."""
    release = live_release(matter)
    return "" if release is not None and release.state == ReleaseState.RELEASED else TAKEN_DOWN
