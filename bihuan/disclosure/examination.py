"""What `examine` checks of public texts: what the public reads is what another person approved, with its days, and what
it says against them is decided before a sign-off.
"""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, QuerySet

from bihuan.core import search
from bihuan.core.examine import Finding, about
from bihuan.core.prepared import PAGE, in_pages, prepared
from bihuan.disclosure.actions import showing
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.rules import petition_text
from bihuan.disclosure.rules.objection import UNDECIDED
from bihuan.disclosure.rules.release import ReleaseState
from bihuan.disclosure.rules.wording import PETITION
from bihuan.matters.models import Matter
from bihuan.petitions.rules.petition import PetitionState
from bihuan.rectification.rules.problem import SIGNED_OFF

APPROVED = (ReleaseState.APPROVED, ReleaseState.RELEASED)


@about(Release)
def read_as_approved() -> Iterator[Finding]:
    """I11: a text that was approved is the text that the approval names, and whoever approved it did not write it. What
    is shown of a petition is found by what it says, and stands where its step put it.
    """
    rows = Release.objects.filter(state__in=APPROVED).order_by("city", "code")
    for release in rows.iterator(200):
        if petition_text.digest_of(release.kind, release.redacted) != release.digest:
            yield Finding("I11", release.code, "公开的文本与审批所认的哈希不符。")
        if release.kind == PETITION:
            if any(getattr(release, name) != fact for name, fact in petition_text.columns_of(release.redacted).items()):
                yield Finding("I11", release.code, "按它查找、统计的事实与公开的文本不符。")
        elif release.state == ReleaseState.RELEASED and None in (release.starts_on, release.ends_on):
            yield Finding("I11", release.code, "已公开，却没有公示起止日期。")
    own = Release.objects.filter(state__in=APPROVED).filter(approved_by=F("drafted_by"))
    alone = Release.objects.filter(state__in=APPROVED, approved_by__isnull=True)
    for code in (own | alone).order_by("city", "code").values_list("code", flat=True):
        yield Finding("I11", code, "没有另一人审批。")


@about(Matter)
def disclosed_by_texts() -> Iterator[Finding]:
    """I11: a petition that was made public by its step has a text that was approved, shown or taken down since; and the
    public finds each text that is shown by its words.
    """
    texts = Release.objects.filter(
        kind=PETITION, city=OuterRef("city"), about_code=OuterRef("code"), published_at__isnull=False
    )
    disclosed = Matter.objects.filter(kind="petition", state=PetitionState.DISCLOSED, takings__isnull=True)
    for code in disclosed.exclude(Exists(texts)).order_by("city", "code").values_list("code", flat=True):
        yield Finding("I11", code, "已公开，却没有经审批的公开文本。")


@about(Release)
def texts_found() -> Iterator[Finding]:
    """I14: the search of the public pages finds each petition's text that is shown by its words."""
    for place, wrong in search.disagreeing(showing.index_texts, in_pages(_shown)):
        yield Finding("I14", Release.objects.get(pk=place - search.RELEASES).code, wrong)


@prepared
def _shown(start: int) -> QuerySet[Release]:
    return Release.objects.filter(kind=PETITION, state=ReleaseState.RELEASED, pk__gte=start).order_by("pk")[:PAGE]


@about(Objection)
def objections_decided() -> Iterator[Finding]:
    """I7: nothing was signed off while what somebody had said against its notice was undecided."""
    closed = Matter.objects.filter(
        code=OuterRef("release__about_code"),
        city=OuterRef("city"),
        round_number=OuterRef("release__about_round"),
        state__in=SIGNED_OFF,
    )
    rows = Objection.objects.filter(Exists(closed), state__in=UNDECIDED).order_by("city", "code")
    for code in rows.values_list("code", flat=True):
        yield Finding("I7", code, "没有认定，所公示的问题却已销号。")
