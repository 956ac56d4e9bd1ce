"""Shapes of input of the settings pages: fields, types, what must be there. Never meaning, never a write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from bihuan.lib.flow import Refused
from bihuan.lib.periods import KIND_LABELS
from bihuan.matters import queries as matters
from bihuan.matters.rules import parameters
from bihuan.matters.rules.notice import CountedAs
from bihuan.matters.rules.settled import settled
from bihuan.organisation.queries import staff, structure
from bihuan.organisation.rules.duties import ROLE_LABELS
from bihuan.organisation.rules.keeping import SECOND_FACTORS

KINDS = ("部门", "党委政府", "乡镇街道", "企业", "整改办", "纪委监委", "验收组", "其他")
LEVELS = ("中央", "省级", "其他")
INSPECTION_KINDS = ("例行", "专项", "回头看", "警示片", "上级移交", "自查自纠")


def pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    """Each word as its own value."""
    return [(word, word) for word in words]


class Day(forms.DateInput):
    """A date as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Count(forms.IntegerField):
    """A whole number between two others; outside them both are said."""

    def __init__(self, label: str, least: int, most: int, initial: int) -> None:
        super().__init__(label=label, min_value=least, max_value=most, initial=initial)
        for limit in self.validators:
            limit.message = f"请填{least}到{most}之间的整数。"  # type: ignore[attr-defined]  # both limits have one


class CityForm(forms.Form):
    """A form whose choices are of one city: `chosen` names the field and the query of each choice."""

    chosen: dict[str, Any] = {}

    def __init__(self, *args: Any, city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in self.chosen.items():
            self.fields[name].queryset = rows(city)  # type: ignore[attr-defined]  # a choice of rows


class UnitForm(CityForm):
    """A unit."""

    chosen = {"region": structure.regions_in, "parent": structure.units_in}
    name = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=pairs(KINDS))
    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="行政区域", queryset=None, empty_label="请选择")
    parent: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="上级单位", queryset=None, required=False, empty_label="没有"
    )


class PersonForm(forms.Form):
    """A person."""

    name = forms.CharField(label="姓名", max_length=60)
    office_phone = forms.CharField(label="办公电话", max_length=40, required=False)


class PostFacts(forms.Form):
    """What a post is called."""

    title = forms.CharField(label="岗位", max_length=60, help_text="如 督察整改审核。")


class PostForm(CityForm):
    """A post in a unit."""

    chosen = {"unit": structure.units_in}
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="单位", queryset=None, empty_label="请选择")
    title = forms.CharField(label="岗位", max_length=60, help_text="如 督察整改审核。")


class AppointmentForm(CityForm):
    """Who holds which post, in which role, from when on; the post is made where it is new."""

    chosen = {"person": staff.people_in, "unit": structure.units_in, "inspection": matters.inspections_in}
    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="人员", queryset=None, empty_label="请选择")
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="单位", queryset=None, empty_label="请选择")
    title = forms.CharField(label="岗位", max_length=60, help_text="如 督察整改审核；单位里还没有这个岗位就新设。")
    role = forms.ChoiceField(label="角色", choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    starts_on = forms.DateField(label="起", widget=Day)
    ends_on = forms.DateField(label="止", widget=Day, required=False)
    paper_number = forms.CharField(label="文号", max_length=60, required=False)
    inspection: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="督察", queryset=None, required=False, empty_label="不限", help_text="上级督察人员要选定是哪一次。"
    )


class GroupForm(CityForm):
    """A working group."""

    chosen = {"parent": structure.groups_in}
    name = forms.CharField(label="名称", max_length=60)
    parent: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="上级", queryset=None, required=False, empty_label="没有"
    )


class InspectionFacts(CityForm):
    """What is known of an inspection."""

    chosen = {"region": structure.regions_in, "rule_set": matters.rule_sets_in}
    name = forms.CharField(label="名称", max_length=80)
    level = forms.ChoiceField(label="级别", choices=pairs(LEVELS))
    kind = forms.ChoiceField(label="类型", choices=pairs(INSPECTION_KINDS))
    region: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="地区", queryset=None, empty_label="请选择")
    rule_set: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="规则", queryset=None, empty_label="请选择")
    team = forms.CharField(
        label="督察组", max_length=60, required=False, help_text="公文里怎样称呼，如 中央第一生态环境保护督察组。"
    )
    on_site_from = forms.DateField(label="进驻", widget=Day, required=False)
    on_site_until = forms.DateField(label="离驻", widget=Day, required=False)
    feedback_on = forms.DateField(label="反馈日期", widget=Day, required=False)


class InspectionForm(InspectionFacts):
    """A new inspection."""

    code = forms.SlugField(label="代号", max_length=12, help_text="用在事项编码里，如 HE2；以后不能改。")
    field_order = ("code",)


class RuleSetForm(forms.Form):
    """The parameters of inspections."""

    name = forms.CharField(label="名称", max_length=60)
    is_publish_first = forms.BooleanField(label="先公示后验收", required=False)
    decline_days = Count("退回交办期限(工作日)", 0, 60, parameters.DECLINE_DAYS)
    reply_days = Count("信访反馈期限(自然日)", 1, 90, parameters.REPLY_DAYS)
    notice_days = Count("公示期(天)", 1, 60, parameters.NOTICE_DAYS)
    notice_counted_as = forms.ChoiceField(
        label="公示期按", choices=pairs(CountedAs), initial=parameters.NOTICE_COUNTED_AS
    )
    due_soon_days = Count("临期提示(自然日)", 0, 365, parameters.DUE_SOON_DAYS)
    due_close_days = Count("将到期(自然日)", 0, 365, parameters.DUE_CLOSE_DAYS)
    due_close_points = Count("将到期应完成(%)", 0, 100, parameters.DUE_CLOSE_POINTS)
    milestone_missed_days = Count("节点超期转红(自然日)", 0, 365, parameters.MILESTONE_MISSED_DAYS)
    tolerance_points = Count("序时容差(百分点)", 0, 100, parameters.TOLERANCE_POINTS)
    report_every = forms.ChoiceField(label="填报周期", choices=[*KIND_LABELS.items()], initial=parameters.REPORT_EVERY)
    is_unchanged_approved = forms.BooleanField(label="无变化也须审核", required=False)
    recheck_months = forms.CharField(
        label="销号后复查(月)",
        max_length=40,
        initial="、".join(map(str, parameters.RECHECK_MONTHS)),
        help_text="从销号那天算起，写成“3,6,12”。",
    )
    petitioner_years = Count("举报人信息保存(销号后年)", 1, 30, parameters.PETITIONER_YEARS)

    def clean(self) -> dict[str, Any]:
        """Ask the rules whether all of it makes sense together, while what was typed is still in the form."""
        found = super().clean() or {}
        if not self.errors:
            try:
                settled(found, {})
            except Refused as refusal:
                self.add_error(None, str(refusal))
        return found


class OfficeRulesForm(forms.Form):
    """The office's security rules."""

    second_factor = forms.ChoiceField(label="登录要第二验证", choices=[*SECOND_FACTORS.items()])
    idle_minutes = Count("不操作几分钟后退出", 5, 240, 30)
    admin_idle_minutes = Count("管理员不操作几分钟后退出", 5, 60, 15)
    session_hours = Count("最长登录几小时", 1, 24, 12)
    small_office = forms.BooleanField(
        label="小整改办",
        required=False,
        help_text="一人可兼综合协调和督办、责任追究和信访，管理员可以是别的单位的人，没有审核人的县由市督办组代审；"
        "谁办的和谁审的仍是两个人。",
    )


OFFICE_RULES = tuple(OfficeRulesForm.base_fields)


class DayFacts(forms.Form):
    """Whether a day is worked, by which notice."""

    is_working = forms.TypedChoiceField(
        label="这一天", choices=[("1", "上班"), ("0", "休息")], coerce=lambda value: value == "1"
    )
    note = forms.CharField(label="依据", max_length=200, help_text="如 国务院办公厅通知的文号。")


class CalendarForm(DayFacts):
    """A day that is settled."""

    day = forms.DateField(label="日期", widget=Day)
    field_order = ("day",)


class EndForm(forms.Form):
    """When something ends, and why."""

    on = forms.DateField(label="到哪天为止", widget=Day)
    note = forms.CharField(label="依据", max_length=200, help_text="如 任免通知的文号。")


class ReasonForm(forms.Form):
    """Why."""

    note = forms.CharField(label="理由", max_length=200)


class CloseForm(forms.Form):
    """When a unit ends that nobody takes over from, and why."""

    on = forms.DateField(label="到哪天为止", widget=Day)
    note = forms.CharField(label="依据", max_length=200, help_text="如 机构改革方案的文号。")


class MergeForm(CityForm):
    """The unit that takes over, from when on."""

    chosen = {"into": structure.units_in}
    into: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="并入", queryset=None, empty_label="请选择")
    on = forms.DateField(label="到哪天为止", widget=Day)
    note = forms.CharField(label="依据", max_length=200, help_text="如 机构改革方案的文号。")


class DelegateForm(CityForm):
    """Who stands in, from when to when."""

    chosen = {"person": staff.people_in}
    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="由谁代理", queryset=None, empty_label="请选择")
    starts_on = forms.DateField(label="起", widget=Day)
    ends_on = forms.DateField(label="止", widget=Day)


class JoinForm(CityForm):
    """Who joins a group, as what, from when on."""

    chosen = {"person": staff.people_in}
    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="人员", queryset=None, empty_label="请选择")
    title = forms.CharField(label="组内职务", max_length=40, required=False)
    starts_on = forms.DateField(label="起", widget=Day)


class LeaveForm(CityForm):
    """Who leaves a group, and when."""

    chosen = {"membership": structure.memberships_in}  # of any group; the page of a group offers its own
    membership: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="谁", queryset=None, empty_label="请选择")
    on = forms.DateField(label="到哪天为止", widget=Day)
    note = forms.CharField(label="缘由", max_length=200, required=False)


class UnitNameForm(forms.Form):
    """Another name of a unit."""

    name = forms.CharField(label="别名", max_length=120)


class ReceiverForm(forms.Form):
    """Who outside is told of steps, and at which address."""

    name = forms.CharField(label="名称", max_length=60, help_text="谁的什么系统，如“市大数据局共享平台”。")
    url = forms.CharField(
        label="地址",
        max_length=300,
        widget=forms.TextInput({"inputmode": "url", "spellcheck": "false", "autocapitalize": "off"}),
        help_text="https://主机:端口/路径。只往这个地址发，名字解析到本机的、转到别处的都不去。",
    )
