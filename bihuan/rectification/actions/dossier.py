"""Making a dossier (一案一档): what was handed out, by whom and when, stands on the matter's file by its hash."""

from datetime import datetime

from bihuan.core import files
from bihuan.core.action import action
from bihuan.core.actor import Actor
from bihuan.lib.flow import Refused
from bihuan.lib.paper.dossier import Kept, digest_of
from bihuan.matters import queries as matters
from bihuan.matters.actions import proving
from bihuan.matters.models import Manifest
from bihuan.rectification.models import Problem
from bihuan.rectification.queries import package
from bihuan.rectification.queries.dossier import STEP
from bihuan.rectification.rules.problem import ProblemState


@action
def make_dossier(problem: Problem, kept: Kept, read: str, *, by: Actor, at: datetime, note: str = "") -> Manifest:
    """Record a dossier that was made: its manifest by its hash, and what was made for it.

    `read` is the hash of the problem's file as it was read. Refuses where it was changed since, and of a draft.
    """
    if matters.locked_round(problem.matter).state == ProblemState.DRAFT:
        raise Refused("这一项还没有下达，没有可成的卷。")
    if package.digest_of(package.whole(problem)) != read:
        raise Refused("成卷的时候材料有了改动，没有登记；请再成一次卷。")
    for name, data in kept.made:
        files.keep(f"{problem.matter.code}-{name}", data, city=problem.matter.city)
    return proving.keep_manifest(problem.matter, STEP, digest_of(kept.manifest), kept.manifest)
