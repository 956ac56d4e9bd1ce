"""Units to tick in a form, in groups of their kind, each with one tick for all of it. Works without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from bihuan.lib.reading.unit_names import GOVERNMENT

CITY, DEPARTMENT = "city", "部门"
GROUPS = {
    "departments": "市直部门",
    "governments": "县（市、区）党委和政府",
    "below": "县（市、区）的其他单位",
    "rest": "市级其他单位",
}


def group_of(unit: Any) -> str:
    """The group in which a unit stands."""
    if unit.region.level != CITY:
        return "governments" if unit.kind == GOVERNMENT else "below"
    return "departments" if unit.kind == DEPARTMENT else "rest"


class UnitsForm(forms.Form):
    """A form that asks for units in use: ticked one by one (`units`), or a whole group at once (`all`)."""

    units = forms.TypedMultipleChoiceField(
        label="哪些单位", coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )
    all = forms.MultipleChoiceField(label="整组", required=False, widget=forms.CheckboxSelectMultiple())

    def __init__(self, *args: Any, units: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = sorted(
            (one for one in units if one.valid_until is None), key=lambda one: [*GROUPS].index(group_of(one))
        )
        kinds = dict.fromkeys(group_of(one) for one in self.known)
        self.fields["units"].choices = [(one.pk, str(one)) for one in self.known]  # type: ignore[attr-defined]  # a choice field
        self.fields["all"].choices = [(kind, GROUPS[kind]) for kind in kinds]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """What was filled in. Refuses no unit at all."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("units") and not told.get("all"):
            self.add_error("units", "请选至少一家单位。")
        return told

    def chosen(self) -> list[Any]:
        """The units that were ticked, and all of the groups that were."""
        told = self.cleaned_data
        return [one for one in self.known if one.pk in told["units"] or group_of(one) in told["all"]]

    def groups(self) -> list[dict[str, Any]]:
        """[{label, count, all, units, is_open}] as parts/units.html draws them: `all` one tick, `units` one each."""
        drawn: dict[str, list[Any]] = {}
        for unit, tick in zip(self.known, self["units"].subwidgets, strict=True):
            drawn.setdefault(group_of(unit), []).append(tick)
        whole = {tick.data["value"]: tick for tick in self["all"].subwidgets}
        return [
            {
                "label": GROUPS[kind],
                "count": len(ticks),
                "all": whole[kind],
                "units": ticks,
                "is_open": any(tick.data["selected"] for tick in ticks),
            }
            for kind, ticks in drawn.items()
        ]
