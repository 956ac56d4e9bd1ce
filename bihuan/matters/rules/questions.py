"""What a report of any kind may be asked back before it is taken: it looks wrong, and may be right."""

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.lib.flow import Refused


@dataclass(frozen=True, slots=True)
class Question:
    """Something that looks wrong and may be right."""

    key: str
    words: str


class QuestionsOpen(Refused):
    """A report that raises questions (核实提问) which the person has not answered: `questions` are all of them."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__("请先回答下面的提问：" + "".join(one.words for one in questions))
        self.questions = tuple(questions)
