"""The only upward links: "after X also Y", "X is refused while Z". Nothing else happens elsewhere.

What follows a step on a matter, or forbids it, is handed the matter; of any other flow, the row that moves.
"""

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

from bihuan.core import clock, jobs, upkeep
from bihuan.core import examination as core
from bihuan.core.action import Settling
from bihuan.core.actor import Actor
from bihuan.core.examine import Check
from bihuan.core.moving import After, While
from bihuan.core.work import Kind
from bihuan.disclosure import examination as disclosure
from bihuan.disclosure.actions import releasing, showing
from bihuan.disclosure.queries import petition_texts, standing
from bihuan.intake import examination as intake
from bihuan.intake import plainness
from bihuan.intake.actions.destroying import destroy_papers
from bihuan.intake.queries.asking import unanswered_doubts
from bihuan.lib.slots import Daily, Every
from bihuan.matters import examination as matters
from bihuan.matters.queries.work import closed_for_good
from bihuan.organisation import background as organisation
from bihuan.organisation import examination as posts
from bihuan.organisation.queries import scope
from bihuan.outgoing import announcing
from bihuan.outgoing.rules import PATIENCE
from bihuan.petitioners import background as vault
from bihuan.petitioners import examination as petitioners
from bihuan.petitioners.queries.call_backs import not_called
from bihuan.petitions import background as petitioning
from bihuan.petitions import examination as petitions
from bihuan.petitions.actions import counting
from bihuan.petitions.actions import repeats as repeating
from bihuan.petitions.rules.closings import CLOSED, STAGED
from bihuan.rectification import background as rectifying
from bihuan.rectification import examination as rectification
from bihuan.rectification.actions import lighting
from bihuan.safekeeping import background as safekeeping

UNDOING = ("return", "uphold", "returned_above", "refuse_consent", "withdraw")  # after which a notice holds no longer

AFTER: dict[tuple[str, str], tuple[After, ...]] = {
    ("problem", "publish"): (releasing.put_out,),
    **{("problem", step): (releasing.take_down,) for step in UNDOING},
    ("problem", "correct"): (releasing.follow_correction,),
    ("petition", "disclose"): (showing.put_out,),
    ("petition", "correct"): (showing.follow_correction,),
    **{("petition", step): (showing.give_up,) for step in ("rework", "refuse")},
    ("petition", "stage"): (partial(showing.tell_overtaken, closing=STAGED),),
    ("petition", "close"): (partial(showing.tell_overtaken, closing=CLOSED),),
    ("destruction", "confirm"): (destroy_papers,),
}

REFUSED_WHILE: dict[tuple[str, str], tuple[While, ...]] = {
    ("problem", "issue"): (unanswered_doubts,),
    ("problem", "publish"): (standing.text_unapproved,),
    ("problem", "object"): (standing.nothing_objected,),
    ("problem", "dismiss_notice"): (standing.objections_not_dismissed,),
    ("problem", "dismiss"): (standing.objections_not_dismissed,),
    ("problem", "uphold"): (standing.objections_not_upheld,),
    ("problem", "close_notice"): (standing.objections_not_dismissed, standing.text_taken_down),
    ("problem", "correct"): (closed_for_good,),
    ("petition", "assign"): (unanswered_doubts,),
    ("petition", "apply"): (not_called,),
    ("petition", "accept"): (not_called,),
    ("petition", "disclose"): (petition_texts.text_unapproved,),
}

EVERY: tuple[After, ...] = (announcing.announce,)

SETTLING: tuple[Settling, ...] = (lighting.follow, repeating.compare_anew, counting.follow)

MASKED = (  # rooms and actions whose reasons may be about a petitioner
    *("petitions", "petitioners", "disclosure", "intake"),
    *("rectification.judge_hit", "rectification.end_link"),
)

CHECKS: tuple[Check, ...] = (
    core.files_whole,
    core.refusals_in_place,
    core.jobs_answered_for,
    posts.emergencies_within_hours,
    matters.states_agree,
    matters.bearers_named,
    matters.links_lead_somewhere,
    rectification.nothing_missing,
    rectification.closed_by_steps,
    rectification.closed_are_watched,
    rectification.closings_stand,
    rectification.newcomers_compared,
    rectification.search_agrees,
    rectification.lights_agree,
    disclosure.read_as_approved,
    disclosure.objections_decided,
    disclosure.disclosed_by_texts,
    disclosure.texts_found,
    petitions.nothing_missing,
    petitions.closed_by_steps,
    petitions.mergers_stand,
    petitions.keys_are_of_its_words,
    petitions.counted_as_they_stand,
    petitions.search_agrees,
    petitioners.vault_whole,
    petitioners.exports_by_two,
    intake.rows_accounted_for,
    plainness.nothing_in_the_clear,
)

KINDS: dict[str, Kind] = {
    "backup": Kind(
        "备份",
        safekeeping.backup,
        Every(settings.BACKUP_MINUTES) if settings.BACKUP_MINUTES else None,
        patience=timedelta(minutes=settings.BACKUP_MINUTES),
    ),
    "examine": Kind("检查", safekeeping.examine_all, None if settings.DEMO else Daily(3, 10)),
    "watch": Kind("防反弹比对", rectifying.watch, Every(10)),
    "repeats": Kind("信访件查重", petitioning.compare, Every(10)),
    "drill": Kind("恢复演练", safekeeping.rehearse),
    "deliver": Kind("送通知", announcing.deliver, patience=PATIENCE, as_system=True),
    "tidy": Kind("清理", organisation.tidy, Every(60)),
    "lights": Kind("推算灯号", rectifying.carry_lights, Daily(0, 5)),
    "upkeep": Kind("更新统计", upkeep.keep, Daily(3, 40)),
    "forget": Kind("抹去过期的密码", vault.forget, Every(60)),
}


def after_upgrade(using: str, **_: object) -> None:
    """Fill what is derived and was not kept by the version before."""
    if using == DEFAULT_DB_ALIAS:
        lighting.fill(clock.today())
        counting.fill()


def who(job: jobs.Job, at: datetime) -> Actor:
    """The person who asked for a job, as he stands now."""
    day = clock.day_of(at)
    return scope.actor_again(job.person or 0, job.appointment, day, origin=job.origin, request=job.request)
