"""Shapes of a field check and of the number and day of a paper."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from bihuan.core.clock import SHANGHAI
from bihuan.matters.actions.checks import Seen, faults
from bihuan.matters.rules.checks import KINDS, VERDICTS
from bihuan.rectification.actions.handing_over import Paper
from bihuan.rectification.rules.acceptance import CONDITIONS

DRAWN = "data:image/png;base64,"
PNG = b"\x89PNG"
MOST_DRAWN = 400_000  # characters of a signature
LONGEST = 5_000  # characters that are written of one thing on the ground
AREA = forms.Textarea
MET = (("yes", "符合"), ("no", "不符合"))
WORDS = ("kind", "team", "findings", "place", "received_by", "opinion", "disagreement", "demand")


class PaperForm(forms.Form):
    """The number and day of the paper by which a step was taken elsewhere."""

    number = forms.CharField(label="文号", max_length=60)
    dated_on = forms.DateField(label="文件日期", widget=forms.DateInput({"type": "date"}))

    def paper(self) -> Paper | None:
        """The paper, where it was filled in."""
        if not self.is_valid():
            return None
        return Paper(self.cleaned_data["number"], self.cleaned_data["dated_on"])


class DrawForm(forms.Form):
    """A draw by lot: a seed that anybody can repeat it with, how many, and by when they are looked at."""

    seed = forms.CharField(
        label="种子", max_length=60, help_text="用当天公布的数字或文件号，不要自己挑：同一个种子，谁来抽都一样。"
    )
    count = forms.IntegerField(label="抽几件", min_value=1, max_value=999)
    planned_on = forms.DateField(label="复查日期", widget=forms.DateInput({"type": "date"}))


class AnswersForm(forms.Form):
    """The answers to the conditions of acceptance, those that were typed; what stands already need not be typed again.

    `answered`: {condition: its answer}.
    """

    def __init__(self, data: Any, *, answered: Mapping[str, Any]) -> None:
        self.answered = answered
        initial: dict[str, str] = {}
        for key, one in answered.items():
            initial |= {f"is_met-{key}": "yes" if one.is_met else "no", f"words-{key}": one.words}
        super().__init__(data, initial=initial)
        for key in CONDITIONS:
            self.fields[f"is_met-{key}"] = forms.ChoiceField(required=False, choices=MET)
            self.fields[f"words-{key}"] = forms.CharField(required=False, max_length=2000)

    def clean(self) -> dict[str, Any] | None:
        """Say of each condition that is half answered what is missing."""
        for key in CONDITIONS:
            met, words = (str(self.cleaned_data.get(f"{name}-{key}", "")) for name in ("is_met", "words"))
            if words and not met:
                self.add_error(f"is_met-{key}", "请选结论：符合，还是不符合。")
            if met and not words:
                self.add_error(f"words-{key}", "请写明依据：看了什么、凭什么。")
        return self.cleaned_data

    def changed(self) -> dict[str, tuple[bool, str]]:
        """{condition: (whether it is met, by what)} of those that are answered otherwise than before."""
        told = {key: (self.cleaned_data[f"is_met-{key}"], self.cleaned_data[f"words-{key}"]) for key in CONDITIONS}
        before = {key: ("yes" if one.is_met else "no", one.words) for key, one in self.answered.items()}
        return {
            key: (met == "yes", words) for key, (met, words) in told.items() if met and before.get(key) != (met, words)
        }

    def typed(self, key: str) -> tuple[str, str, list[str]]:
        """(choice, words, what is wrong) of one condition."""
        met, words = self[f"is_met-{key}"], self[f"words-{key}"]
        return str(met.value() or ""), str(words.value() or ""), [*met.errors, *words.errors]


class CheckForm(forms.Form):
    """A field check: each measure reached, nearly or not, none where `measures` is None; who went, what stood there,
    what is demanded.
    """

    client_id = forms.UUIDField(label="这份记录的编号", widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="哪一种核查", choices=[(one, one) for one in KINDS])
    checked_at = forms.DateTimeField(
        label="核查时间", widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label="地点", max_length=120, required=False)
    team = forms.CharField(label="核查组成员", max_length=200, help_text="至少两人，用顿号隔开。")
    received_by = forms.CharField(label="被核查方接待人", max_length=60, required=False)
    findings = forms.CharField(
        label="核查情况", max_length=LONGEST, widget=AREA({"rows": 4}), help_text="写看到了什么、多少、哪里。"
    )
    opinion = forms.CharField(label="核查意见", max_length=LONGEST, widget=AREA({"rows": 2}), required=False)
    disagreement = forms.CharField(
        label="被核查方的不同意见", max_length=LONGEST, widget=AREA({"rows": 2}), required=False
    )
    demand = forms.CharField(label="整改要求", max_length=LONGEST, widget=AREA({"rows": 2}), required=False)
    demand_due_on = forms.DateField(label="要求的时限", required=False, widget=forms.DateInput({"type": "date"}))
    latitude = forms.DecimalField(
        label="定位的纬度", required=False, min_value=-90, max_value=90, decimal_places=6, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        label="定位的经度", required=False, min_value=-180, max_value=180, decimal_places=6, widget=forms.HiddenInput
    )
    signature = forms.CharField(label="签名", required=False, max_length=MOST_DRAWN, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        measures: Iterable[Any] | None = None,
        now: datetime,
        kind: str = "",
        kinds: Iterable[str] = KINDS,
    ) -> None:
        local = now.astimezone(SHANGHAI).replace(second=0, microsecond=0, tzinfo=None)
        super().__init__(data, initial={"client_id": uuid4(), "checked_at": local, "kind": kind})
        self.now, self.has_measures = now, measures is not None
        self.fields["kind"].choices = [(one, one) for one in kinds]  # type: ignore[attr-defined]  # a choice
        self.measures = [(one.matter.pk, f"措施{one.number}", one.text) for one in measures or ()]
        for key, label, _ in self.measures:
            verdict = forms.ChoiceField(
                label=label, required=False, choices=[(one, one) for one in VERDICTS], widget=forms.RadioSelect
            )
            self.fields[f"verdict-{key}"] = verdict
            self.fields[f"words-{key}"] = forms.CharField(label="差在哪", required=False, max_length=300)

    def clean_signature(self) -> bytes | None:
        """The drawn name as a picture."""
        drawn: str = self.cleaned_data["signature"]
        if not drawn:
            return None
        try:
            data = base64.b64decode(drawn.removeprefix(DRAWN), validate=True)
        except ValueError:  # what is no base64, and what is not even ASCII
            data = b""
        if not drawn.startswith(DRAWN) or not data.startswith(PNG):
            raise forms.ValidationError("签名没有收好，请重新签。")
        return data

    def clean(self) -> dict[str, Any] | None:
        """Say all that is wrong at once, each beside its field."""
        for name, sentence in faults(self.seen(), [key for key, _, _ in self.measures], self.now).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, sentence)
        return self.cleaned_data

    def asked(self) -> list[tuple[str, str, Any, Any]]:
        """[(label, text, the field of the verdict, the field of its words)], a measure each."""
        return [(label, text, self[f"verdict-{key}"], self[f"words-{key}"]) for key, label, text in self.measures]

    def plain_fields(self) -> list[Any]:
        """The visible fields that belong to no measure."""
        return [one for one in self.visible_fields() if not one.name.startswith(("verdict-", "words-"))]

    def seen(self) -> Seen:
        """The check as it was written down; where a field is wrong, without it."""
        told: dict[str, Any] = {
            "checked_at": self.now,
            **dict.fromkeys(("latitude", "longitude", "demand_due_on", "signature")),
        }
        told |= dict.fromkeys(WORDS, "") | self.cleaned_data
        verdicts = {
            key: (told[f"verdict-{key}"], told.get(f"words-{key}", ""))
            for key, _, _ in self.measures
            if told.get(f"verdict-{key}")
        }
        has_position = told["latitude"] is not None and told["longitude"] is not None
        return Seen(
            told.get("client_id") or uuid4(),
            told["kind"],
            told["checked_at"],
            tuple(told["team"].replace("，", "、").replace(",", "、").replace(" ", "、").split("、")),
            told["findings"],
            told["place"],
            told["latitude"] if has_position else None,
            told["longitude"] if has_position else None,
            "WGS-84" if has_position else "",
            told["received_by"],
            told["opinion"],
            told["disagreement"],
            told["demand"],
            told["demand_due_on"],
            verdicts,
            told["signature"],
        )
