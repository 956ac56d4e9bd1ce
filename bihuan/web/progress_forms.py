"""Shapes of what is filled in of a measure's progress: figures, milestones, words, days, answers to what is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from bihuan.lib.quantity import plain
from bihuan.rectification.rules.reporting import Filled, Known
from bihuan.web.asking import AskingForm

MOST = 2_000
EMPTY = "请填数字，如 11 或 2.5。"


class Day(forms.DateInput):
    """A date as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=Day(), **more)


def _words(label: str, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "class": "in said"})
    return forms.CharField(label=label, max_length=MOST, widget=widget, **more)


class Figure(forms.DecimalField):
    """A quantity; typed as text, so that a phone shows its figures and nothing is rounded on the way."""

    def __init__(self, label: str) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "class": "in num", "aria-label": label})
        super().__init__(label=label, required=False, max_digits=16, decimal_places=3, widget=widget)
        self.error_messages["invalid"] = EMPTY


class ProgressForm(AskingForm):
    """One entry: by indicator what is new or what there is altogether, one of which gives the other; the milestones
    that were reached; the words; a field for each question that was asked.
    """

    on = _day("截至日期")
    done = _words("本期进展", 4, help_text="写事实：哪里、多少、哪天。不写“高度重视”。")
    difficulties = _words("存在问题", 2, required=False)
    next_steps = _words("下步打算", 2, required=False)
    expected_on = _day("预计完成", required=False)

    def __init__(self, data: Any, known: Known, *, corrects: int | None = None) -> None:
        super().__init__(data, initial={"on": known.today})
        self.known, self.corrects = known, corrects
        for key, one in known.counted.items():
            self.fields[f"new-{key}"] = Figure(f"{one.name} 本期新增")
            self.fields[f"total-{key}"] = Figure(f"{one.name} 现累计")
        if not known.counted:
            self.fields["percent"] = forms.DecimalField(
                label="完成比例(%)", required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2
            )
        for key, text in known.milestones.items():
            self.fields[f"reached-{key}"] = _day(text, required=False)

    @property
    def quantities(self) -> list[dict[str, Any]]:
        """A row an indicator: what it is, its target, how much there was, and the two fields."""
        return [
            {
                "name": one.name,
                "unit": one.unit,
                "target": plain(one.target),
                "before": plain(one.before) or "0",
                "new": self[f"new-{key}"],
                "total": self[f"total-{key}"],
            }
            for key, one in self.known.counted.items()
        ]

    @property
    def milestones(self) -> list[Any]:
        """The milestones' fields."""
        return [self[f"reached-{key}"] for key in self.known.milestones]

    def clean(self) -> dict[str, Any]:
        """What is new and what there is altogether must say the same, where both are written."""
        told = super().clean() or {}
        for key, one in self.known.counted.items():
            new, total = told.get(f"new-{key}"), told.get(f"total-{key}")
            before = one.before or Decimal(0)
            if new is not None and total is not None and before + new != total:
                sums = (
                    f"上次{plain(before) or '0'}，新增{plain(new)}，现累计应是{plain(before + new)}，不是{plain(total)}"
                )
                self.add_error(f"total-{key}", f"{sums}。只填一样即可。")
        return told

    def filled(self) -> Filled:
        """The entry as it was typed, with what was answered."""
        told = self.cleaned_data
        readings, reached = dict[int, Decimal](), dict[int, date]()
        for key, one in self.known.counted.items():
            new, total = told[f"new-{key}"], told[f"total-{key}"]
            if total is not None or new is not None:
                readings[key] = total if total is not None else (one.before or Decimal(0)) + new
        for key in self.known.milestones:
            if told[f"reached-{key}"] is not None:
                reached[key] = told[f"reached-{key}"]
        return Filled(
            told["on"],
            done=told["done"],
            difficulties=told["difficulties"],
            next_steps=told["next_steps"],
            expected_on=told["expected_on"],
            percent=told.get("percent"),
            readings=readings,
            reached=reached,
            answers=self.answers,
            corrects=self.corrects,
        )
