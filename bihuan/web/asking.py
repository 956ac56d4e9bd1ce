"""Forms that may be asked back: what looks wrong is asked at the form, and handed in with the answers.

Hides how the answers stand in a request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from bihuan.gate.answers import refused_at
from bihuan.gate.policy import Asked
from bihuan.matters.rules.questions import Question, QuestionsOpen

ANSWER = 500  # characters
_FIELD = "answer-"


class AskingForm(forms.Form):
    """A form with a field for each question that was asked of it."""

    def ask(self, questions: Sequence[Question]) -> None:
        """Put a field for its answer under each question; what was answered before stays."""
        for one in questions:
            self.fields[f"{_FIELD}{one.key}"] = forms.CharField(
                label=one.words, max_length=ANSWER, required=False, widget=forms.Textarea({"rows": 2})
            )

    @property
    def asked(self) -> list[Any]:
        """The questions' fields."""
        return [bound for bound in self if bound.name.startswith(_FIELD)]

    @property
    def answers(self) -> dict[str, str]:
        """{question: what was answered}, whether or not it is asked again."""
        told = {name: str(said)[:ANSWER] for name, said in self.data.items() if name.startswith(_FIELD)}
        return {name.removeprefix(_FIELD): said for name, said in told.items()}


def hand_in(request: Asked, form: AskingForm, done: str, deed: Callable[[], object]) -> bool:
    """Run a form's deed: whether it was done, or had been done by the same click before. Where it is refused or asked
    about, that stands at the form, which keeps all that was typed.
    """
    try:
        with refused_at(form, request, done, unless=QuestionsOpen):
            deed()
    except QuestionsOpen as asked:
        form.ask(asked.questions)
        return False
    return not form.errors
