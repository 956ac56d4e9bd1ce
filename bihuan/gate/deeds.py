"""What people read of a deed in a matter's trail: which steps, else what was touched; whose duties ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.core import correction
from bihuan.core.history import ENDED, PastDeed, ended_rows
from bihuan.gate.deed_names import deed_name
from bihuan.lib.flow import Flow
from bihuan.matters.rules.extension import EXTENSION
from bihuan.matters.rules.progress import PROGRESS
from bihuan.matters.rules.recheck import RECHECK
from bihuan.matters.rules.sweep import SWEEP
from bihuan.matters.rules.watch import WATCH
from bihuan.organisation.rules.duties import DUTY_LABELS
from bihuan.petitions.rules.repeating import REPEAT

WHOLE = (  # named, whatever they touched
    *("intake.commit_intake", "intake.answer_doubt", "intake.withdraw_intake"),
    *("rectification.add_evidence", "rectification.pair_evidence", "rectification.end_evidence"),
    *("rectification.waive_item", "rectification.end_waiver", "rectification.confirm_waiver"),
    *("rectification.hand_in_check", "rectification.answer_condition", "rectification.answer_conditions"),
    "rectification.report_progress",
    *("petitions.add_evidence", "petitions.pair_evidence", "petitions.end_evidence"),
    *("petitions.check_petition", "petitions.move_petition"),
    *("petitions.fill_findings", "petitions.send_back_findings", "petitions.record_call_back"),
    *("petitions.split_petition", "petitions.correct_sub_item", "petitions.end_sub_item"),
    *("rectification.assign_part", "rectification.note_done", "rectification.end_part"),
    *("rectification.record_deliberation", "rectification.drop_deliberation"),
    *("rectification.adopt_plan", "rectification.amend_plan", "rectification.draft_plan"),
    *("rectification.redraft_measure", "rectification.drop_measure", "rectification.explain_difference"),
    *("rectification.rewrite_problem", "rectification.ask_opinions", "rectification.note_answer"),
    "rectification.drop_consultation",
    *("rectification.invite_expert", "rectification.go_without", "rectification.give_opinion"),
    *("rectification.exempt", "rectification.link_matters", "rectification.end_link"),
    *("rectification.set_light", "rectification.lift_light"),
    *("rectification.apply_extension", "rectification.draw_rechecks", "rectification.draft_sweep"),
    *("rectification.answer_place", "rectification.return_place", "rectification.decide_finding"),
)
OF_TABLE = {
    "progressreport": (PROGRESS,),
    "recheck": (RECHECK,),
    "extension": (EXTENSION,),
    "watchhit": (WATCH,),
    "petitionpair": (REPEAT,),
    "sweep": (SWEEP,),
}  # of a lifecycle of its own
STAYING = {"petitions.move_petition": "petitions.settle_closing"}
CHANGES = 6
TOLD = "新增消息"  # what a deed touches of a matter of which it only told somebody
DUTY = "duty"
NAMED = 4  # as many duties are named
ELSE = ""  # whatever other action it was


@dataclass(frozen=True, slots=True)
class Said:
    """A deed in words: what was done (`is_step`: by a step), whose duties it ended, what changed before → after."""

    deed: PastDeed
    words: str
    is_step: bool
    ended: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]

    @property
    def who(self) -> str:
        """The person, on whose behalf, in which post."""
        behalf = f"(代{self.deed.behalf})" if self.deed.behalf else ""
        return f"{self.deed.who}{behalf} {self.deed.post}".strip()

    @property
    def mark(self) -> str:
        """Where it stands in the trail."""
        return f"#{self.deed.number} {self.deed.digest[:4]}…{self.deed.digest[-2:]}"


def said_of(deeds: Sequence[PastDeed], *flows: Flow) -> list[Said]:
    """Deeds in words; a step is called as the first of these lifecycles that knows it calls it."""
    rows = ended_rows(deeds)
    return [_said(deed, rows, flows) for deed in deeds]


def _said(deed: PastDeed, rows: Mapping[tuple[str, int], Any], flows: Sequence[Flow]) -> Said:
    steps = [*dict.fromkeys(step_label(step, *OF_TABLE.get(table, flows)) for table, step in deed.stepped)]
    told = [one for one in deed.touched if one != TOLD]
    words = "、".join(steps) or (_named(deed) if deed.action in WHOLE or not told else "；".join(told[:4]))
    ended = tuple(one for one in _ended(deed, rows) if one != f"，{words}")
    return Said(deed, words, bool(steps), ended, () if steps else deed.changes[:CHANGES])


def _named(deed: PastDeed) -> str:
    """What the deed is called; a step that leaves the state where it is, as what it settles."""
    return deed_name(STAYING.get(deed.action, deed.action))


ENDED_BY = {
    "findingsreport": {
        "petitions.fill_findings": "代替原来填的一份",
        "petitions.send_back_findings": "退回填报人修改",
        "petitions.split_petition": "填好的要补全",
        "petitions.end_sub_item": "填好的要重新填",
        ELSE: "核实情况已退回",
    }
}
"""{table: {action: what it makes of a row of that table which holds no longer}}"""


def step_label(step: str, *flows: Flow) -> str:
    """How a step is called: as the first of these lifecycles that knows it calls it."""
    known = (row.label for flow in flows for row in flow.rows(step))
    return correction.LABEL if step == correction.CORRECT else next(known, step)


def _ended(deed: PastDeed, rows: Mapping[tuple[str, int], Any]) -> list[str]:
    """Whose duties the deed ended or restored, and which; what else it marked as holding no longer."""
    said = [
        f"，{_marked(rows[table, row], deed.action, after)}" for table, row, after in deed.ended if (table, row) in rows
    ]
    said = [*dict.fromkeys(one for one in said if one != "，")]
    for mark, what in ((True, "解除"), (False, "恢复")):
        ended = [(table, row) for table, row, after in deed.ended if after is mark and table == DUTY]
        duties = [_duty(rows[one]) for one in ended if one in rows]
        if duties:
            said.append(f"，{what}{'、'.join(duties[:NAMED])}{f'等{len(duties)}项职责' if len(duties) > NAMED else ''}")
    return said


def _marked(row: Any, action: str, is_ended: bool) -> str:  # noqa: FBT001 -- the mark itself
    """What a row that is no duty is now; a duty is named with its bearer instead."""
    if row._meta.model_name == DUTY:
        return ""
    told = ENDED_BY.get(row._meta.model_name, {}) if is_ended else {}
    if words := told.get(action) or told.get(ELSE):
        return words
    return f"{row._meta.verbose_name}{row._meta.get_field(ENDED).verbose_name if is_ended else '恢复'}"


def _duty(row: Any) -> str:
    return f"{row.unit or row.person or row.post or row.raw}的{DUTY_LABELS.get(row.role, row.role)}职责"
