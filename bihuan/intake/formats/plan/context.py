"""What every record of one plan is made with, and the fields that problems and measures read alike.

Hides nothing: a context is three facts about the paper, its campaigns and the keys given so far.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bihuan.intake.formats.plan import values
from bihuan.intake.formats.plan.drafts import Entry
from bihuan.intake.formats.plan.roles import parted
from bihuan.intake.formats.understood import Doubt, Field
from bihuan.lib.paper.passage import Passage
from bihuan.lib.reading.directory import Directory


@dataclass
class Context:
    on: date | None
    directory: Directory
    has_lead: bool
    labels: Counter[str] = field(default_factory=Counter)
    campaigns: Mapping[tuple[str, str], tuple[int, Passage, Entry]] = field(default_factory=dict)


def put_shared(words: dict[str, Passage], fields: dict[str, Field], context: Context) -> list[Doubt]:
    """Units, people and deadline: the fields that problems and measures read alike."""
    doubts: list[Doubt] = []
    if "responsible" in words and not {"lead", "supporting"} & words.keys() and (told := parted(words["responsible"])):
        words = {key: one for key, one in words.items() if key != "responsible"} | told
    for key in values.UNIT_FIELDS:
        if key in words:
            fields[key], asked = values.units_field(words[key], key, context.directory)
            doubts += asked
    for key in values.NAME_FIELDS:
        if key in words:
            fields[key] = values.names_field(words[key])
    if "deadline" in words:
        read, deadline = values.deadline_fields(words["deadline"], context.on)
        fields.update({name: one for name, one in read.items() if name not in fields})
        doubts += values.deadline_doubt(deadline, words["deadline"])
    return doubts


def is_empty(fields: Mapping[str, Field], name: str) -> bool:
    """Whether a field was not read."""
    return name not in fields or fields[name].value is None
