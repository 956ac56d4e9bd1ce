"""What `examine` checks of public texts: what the public reads is what another person approved, with its days, and what
it says against them is decided before a sign-off.
"""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from bihuan.core.examine import Finding, about
from bihuan.disclosure.models import Objection, Release
from bihuan.disclosure.rules.objection import UNDECIDED
from bihuan.disclosure.rules.release import ReleaseState
from bihuan.disclosure.rules.wording import digest_of
from bihuan.matters.models import Matter
from bihuan.rectification.rules.problem import SIGNED_OFF

APPROVED = (ReleaseState.APPROVED, ReleaseState.RELEASED)


@about(Release)
def read_as_approved() -> Iterator[Finding]:
    """I11: a text that was approved is the text that the approval names, and whoever approved it did not write it."""
    rows = Release.objects.filter(state__in=APPROVED).order_by("city", "code")
    for release in rows.iterator(200):
        if digest_of(release.redacted) != release.digest:
            yield Finding("I11", release.code, "公开的文本与审批所认的哈希不符。")
        if release.state == ReleaseState.RELEASED and None in (release.starts_on, release.ends_on):
            yield Finding("I11", release.code, "已公开，却没有公示起止日期。")
    own = Release.objects.filter(state__in=APPROVED).filter(approved_by=F("drafted_by"))
    alone = Release.objects.filter(state__in=APPROVED, approved_by__isnull=True)
    for code in (own | alone).order_by("city", "code").values_list("code", flat=True):
        yield Finding("I11", code, "没有另一人审批。")


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
