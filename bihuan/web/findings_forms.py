"""Shapes of what is filled in of a petition: a unit's report, and how the petitioner took the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from bihuan.matters.rules.questions import Question
from bihuan.petitions.rules.call_backs import OUTCOMES, WAYS, Called
from bihuan.petitions.rules.closings import CLOSINGS
from bihuan.petitions.rules.findings import TRUTHS, Findings, ItemFinding
from bihuan.petitions.rules.penalties import MONEY, PENALTIES
from bihuan.web.asking import AskingForm
from bihuan.web.progress_forms import Day

MOST = 10_000
AMOUNT = Decimal(1_000_000_000)
EMPTY = "请填数字。"


def _words(label: str, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "class": "in said"})
    return forms.CharField(label=label, max_length=MOST, widget=widget, **more)


def _choice(label: str, values: Sequence[str], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(one, one) for one in values], widget=forms.RadioSelect, **more)


class FindingsForm(AskingForm):
    """One unit's report: by sub-item what was found and whether it is true, then the whole; a field for each kind of
    penalty and for each question that was asked. `items` are {sub-item: its text}; of `parts` units each may leave
    sub-items to the others.
    """

    findings = _words("调查核实情况", 5, help_text="谁、哪天、到了哪里、看到什么，写事实和数。")
    truth = _choice("总体是否属实", TRUTHS, required=False)
    handling = _words("处理和整改情况", 4, required=False, help_text="不属实的可以不填。")
    closing = _choice("是否办结", CLOSINGS)
    goal = _words("办结目标", 2, required=False)
    due_on = forms.DateField(label="整改时限", required=False, widget=Day())
    accountability = _words("责任人被处理情况", 2, required=False)

    def __init__(self, data: Any, items: Mapping[int, str], parts: int, filled: Findings | None) -> None:
        super().__init__(data, initial=_initial(filled))
        self.listed = items
        for place, key in enumerate(items, 1):
            self.fields[f"finding-{key}"] = _words(f"分项{place}核实情况", 3, required=parts == 1)
            self.fields[f"truth-{key}"] = _choice(f"分项{place}是否属实", TRUTHS, required=parts == 1)
        self.fields["truth"].required = not items
        self.fields["truth"].help_text = "不选就由分项推出。" if items else ""
        for name in ("goal", "due_on"):
            self.fields[name].optional = "没有办结的要填"  # type: ignore[attr-defined]  # said beside the label
        for kind, one in PENALTIES.items():
            self.fields[kind] = _amount(f"{one.label}({one.unit})", places=2 if kind == MONEY else 0)

    def ask(self, questions: Sequence[Question]) -> None:
        """The same; that a report which was put right needs no answer is said beside each."""
        super().ask(questions)
        for bound in self.asked:
            bound.field.optional = "改对了就不用写"

    @property
    def items(self) -> list[dict[str, Any]]:
        """A row a sub-item: its number and text, and the two fields."""
        return [
            {"number": place, "text": text, "finding": self[f"finding-{key}"], "truth": self[f"truth-{key}"]}
            for place, (key, text) in enumerate(self.listed.items(), 1)
        ]

    @property
    def penalties(self) -> list[Any]:
        """The penalties' fields."""
        return [self[kind] for kind in PENALTIES]

    def filled(self) -> Findings:
        """The report as it was typed, with what was answered."""
        told = self.cleaned_data
        said = {key: (told[f"finding-{key}"].strip(), told[f"truth-{key}"]) for key in self.listed}
        return Findings(
            told["findings"],
            handling=told["handling"],
            truth=told["truth"],
            closing=told["closing"],
            goal=told["goal"],
            due_on=told["due_on"],
            accountability=told["accountability"],
            items={key: ItemFinding(*one) for key, one in said.items() if any(one)},
            penalties={kind: told[kind] for kind in PENALTIES if told[kind] is not None},
            answers=self.answers,
        )


def _amount(label: str, places: int) -> forms.DecimalField:
    """How many or how much; typed as text, so that a phone shows its figures. Empty is none."""
    widget = forms.TextInput({"inputmode": "decimal" if places else "numeric", "class": "in num"})
    field = forms.DecimalField(
        label=label, required=False, min_value=0, max_value=AMOUNT, decimal_places=places, widget=widget
    )
    field.optional = ""  # type: ignore[attr-defined]  # said once, above all of them
    field.error_messages["invalid"] = EMPTY
    return field


def _initial(filled: Findings | None) -> dict[str, Any]:
    """What the form begins with: the report that was filled in last."""
    if filled is None:
        return {}
    words = ("findings", "truth", "handling", "closing", "goal", "due_on", "accountability")
    told: dict[str, Any] = {name: getattr(filled, name) for name in words}
    for key, one in filled.items.items():
        told |= {f"finding-{key}": one.finding, f"truth-{key}": one.truth}
    return told | {kind: f"{amount.normalize():f}" for kind, amount in filled.penalties.items() if amount}


class PlaceForm(forms.Form):
    """In which region a petition lies, and why it is put right."""

    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="行政区域", queryset=None, empty_label="请选", help_text="按属地交办给它的党委和政府。"
    )
    note = forms.CharField(label="依据", max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any, *, regions: Any, chosen: int | None) -> None:
        super().__init__(data, initial={"region": chosen}, auto_id="place-%s")
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]  # a choice of rows


class CallBackForm(forms.Form):
    """One call-back: when, how, how the petitioner takes it, and why."""

    called_on = forms.DateField(label="回访日期", widget=Day())
    way = _choice("方式", WAYS)
    outcome = _choice("结果", OUTCOMES)
    reason = forms.CharField(
        label="原因",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="不满意的写还有什么没有解决，未能联系的写怎样联系过；不写姓名和号码。",
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"called_on": today}, prefix="call")

    def called(self) -> Called:
        """The call-back as it was typed."""
        told = self.cleaned_data
        return Called(told["called_on"], told["way"], told["outcome"], told["reason"])
