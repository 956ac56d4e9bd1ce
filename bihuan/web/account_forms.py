"""Shapes of input of the ways in: names, passwords, codes. Never meaning, never a write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password

from bihuan.organisation.queries import staff

UNLIKE = "两次填的不一样。"
REASONS = ("第一次登录", "忘了密码", "第二验证丢了", "密码可能被人知道了")
WANTED = "".join(password_validators_help_texts()).replace("你的", "").replace(" ", "")  # as our own words


def _secret(label: str, purpose: str, **facts: Any) -> forms.CharField:
    field = forms.PasswordInput({"autocomplete": purpose})
    return forms.CharField(label=label, max_length=200, strip=False, widget=field, **facts)


def code_field(label: str, hint: str) -> forms.CharField:
    """A code that was written down or shown by a phone: no browser keeps or corrects it."""
    typed = forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=40, widget=typed, help_text=hint)


class LoginForm(forms.Form):
    """Name and password."""

    username = forms.CharField(label="登录名", max_length=60, widget=forms.TextInput({"autocomplete": "username"}))
    password = _secret("密码", "current-password")


class CodeForm(forms.Form):
    """The six digits of the phone, or a recovery code."""

    code = code_field("验证码", "手机验证器上的六位数字；手机不在身边时填一个备用码。")


class ChosenPassword(forms.Form):
    """A new password, twice."""

    chosen = _secret("新密码", "new-password", help_text=WANTED)
    again = _secret("再填一次", "new-password")

    def clean(self) -> dict[str, Any]:
        """Both alike, and good enough."""
        cleaned = super().clean() or {}
        chosen, again = cleaned.get("chosen"), cleaned.get("again")
        if chosen and again and chosen != again:
            self.add_error("again", UNLIKE)
        elif chosen:
            try:
                validate_password(chosen)
            except forms.ValidationError as weak:
                self.add_error("chosen", weak)
        return cleaned


class SlipForm(ChosenPassword):
    """A one-time slip, and the password that its owner chooses."""

    username = forms.CharField(label="登录名", max_length=60, widget=forms.TextInput({"autocomplete": "username"}))
    code = code_field("凭条号", "凭条上的五组字母和数字，不分大小写，横线可以不填。")
    field_order = ("username", "code", "chosen", "again")


class PasswordForm(ChosenPassword):
    """The password that is, and the one that will be."""

    password = _secret("现在的密码", "current-password")
    field_order = ("password", "chosen", "again")


class ProofForm(forms.Form):
    """The password once more, and the second factor's code where there is one."""

    password = _secret("密码", "current-password")

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["code"] = code_field("验证码", asks)


class FactorForm(forms.Form):
    """How a second factor is called, and the digits that show that it works."""

    label = forms.CharField(label="名称", max_length=40, initial="我的手机", help_text="自己认得出就行，如“工作手机”。")
    code = code_field("验证码", "手机上现在显示的六位数字。")


class PasskeyForm(forms.Form):
    """How a passkey is called, and what the browser answers."""

    label = forms.CharField(
        label="名称", max_length=40, initial="这台电脑", help_text="自己认得出就行，如“办公室电脑”。"
    )
    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class AccountForm(forms.Form):
    """Who gets an account, and under which login name."""

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="谁的", queryset=None, empty_label="请选择")
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{1,59}$",
        label="登录名",
        help_text="小写字母、数字、点和横线，至少两个，如 lihua 或 shuili-lihua。",
        error_messages={"invalid": "登录名只能用小写字母、数字、点和横线，至少两个。"},
    )

    def __init__(self, *args: Any, city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff.people_without_account(city)  # type: ignore[attr-defined]  # a choice of rows


class SlipPrintForm(forms.Form):
    """For whom a one-time slip is printed, and why."""

    account: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label="谁的", queryset=None, empty_label="请选择")
    reason = forms.ChoiceField(label="缘由", choices=[(one, one) for one in REASONS])
    asked_by = forms.CharField(
        label="谁来提出的", max_length=60, help_text="本单位主要负责人、县整改办或市整改办主任。"
    )
    ends_factors = forms.BooleanField(label="第二验证也丢了，一并停用", required=False)

    def __init__(self, *args: Any, city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = staff.accounts_in(city)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["account"].label_from_instance = lambda one: f"{one.person}（{one}）"  # type: ignore[attr-defined]  # as above
