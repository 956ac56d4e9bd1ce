"""The clerk's answers to the sample papers' doubts, in one place; three of the plan's stay open on purpose."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to every doubt that it fits: by file, kind of doubt, and words of the question ("" fits all)."""

    file: str
    kind: str
    words: str
    label: str = ""
    value: Any = None
    stays_open: bool = False

    def fits(self, file: str, record: str, kind: str, question: str) -> bool:
        """Whether it answers this doubt."""
        return self.file in file and self.kind in (kind, "") and self.words in f"{record} {question}"


ANSWERS: tuple[Answer, ...] = (
    Answer("沧州市整改方案", "deadline_ambiguous", "", stays_open=True),
    Answer("沧州市整改方案", "unit_unknown", "市城管综合执法局", stays_open=True),
    Answer("沧州市整改方案", "measure_after_problem", "", stays_open=True),
    Answer("沧州市整改方案", "", "汛期前", "2023年5月底(主汛期前)", "2023-05-31"),
    Answer("省级督察第8批", "personal_data", "", "遮盖"),
    Answer("信访举报件", "truth_findings", "", "属实", "属实"),
)
