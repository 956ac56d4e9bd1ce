"""From a measure's draft to its record: its own days, units and quantities, and what it takes over from its problem.

Hides the order of precedence: what a measure says itself, in labels, then in its words, goes before its problem.
"""

from collections.abc import Sequence

from bihuan.intake.formats.plan import checks, values
from bihuan.intake.formats.plan.context import Context, is_empty, put_shared
from bihuan.intake.formats.plan.indicators import indicators_field
from bihuan.intake.formats.plan.measures import Measure
from bihuan.intake.formats.plan.roles import units_behind
from bihuan.intake.formats.understood import MISSING, Doubt, Field, Record
from bihuan.lib.reading.deadlines import Found

MEASURE_FIELDS = (
    "number", "problem", "campaign", "text", "target", "nature", "deadline", "due_on",
    *values.UNIT_FIELDS, *values.NAME_FIELDS,
    "measures", "milestones", "indicators", "completion_sign", "progress", "remark",
)  # fmt: skip
_OF_DEADLINE = ("deadline", "due_on", "nature")
_PASSED_ON = ("lead", "responsible", "supporting")


def measure_record(measure: Measure, parent: str, above: dict[str, Field], context: Context) -> Record:
    """The record of one measure of the entry with the key `parent`, whose fields are `above`."""
    words = measure.words
    number = values.number_field(measure.number, measure.mark or words, None if measure.is_numbered else "按出现顺序")
    of = "campaign" if parent.startswith("campaign") else "problem"
    fields = {"number": number, of: above["number"], "text": values.text_field(words, keeps_parts=True)}
    days = values.days_in(words, context.on)
    own = {key: one for key, one in measure.own.items() if not _is_overruled(key, measure, days)}
    behind = {} if own.keys() & set(values.UNIT_FIELDS) else units_behind(words)
    doubts = put_shared(own | behind, fields, context)
    for key in ("completion_sign", "progress", "remark"):
        if key in measure.own:
            fields[key] = values.text_field(measure.own[key])
    has_own, asked = _put_days(measure, fields, days)
    names = (*(() if "deadline" in fields else _OF_DEADLINE), *(() if behind else _PASSED_ON))
    fields = {name: values.inherited(above[name]) for name in names if not is_empty(above, name)} | fields
    fields["indicators"] = indicators_field([words])
    doubts += asked
    doubts += checks.due_after(fields, above, words) if has_own else []
    doubts += checks.foreign([words], "text", context.directory)
    complete = {name: fields.get(name, MISSING) for name in MEASURE_FIELDS}
    return Record("measure", complete, tuple(doubts), _key(measure, parent, context), parent)


def _is_overruled(key: str, measure: Measure, days: Sequence[Found]) -> bool:
    """Whether the measure's own words name its day, though a cell beside several measures has another for them all."""
    return key == "deadline" and key in measure.shared and bool(days)


def _put_days(measure: Measure, fields: dict[str, Field], days: Sequence[Found]) -> tuple[bool, list[Doubt]]:
    """The days in the measure's own words; whether it has any day of its own, and what they leave open."""
    own, deadline = values.own_deadline(measure.words, days)
    if "deadline" in fields:
        if "milestones" in own:
            fields.setdefault("milestones", own["milestones"])
        return True, []
    fields |= own
    return deadline is not None, values.deadline_doubt(deadline, measure.words) if deadline else []


def _key(measure: Measure, parent: str, context: Context) -> str:
    key = f"measure:{parent.removeprefix('problem:').replace('campaign:', 'c')}-{measure.number}"
    context.labels[key] += 1
    return key if context.labels[key] == 1 else f"{key}#{context.labels[key]}"
