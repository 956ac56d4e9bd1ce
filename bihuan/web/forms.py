"""Shapes of input: which fields, of which type, which must be there. Never meaning, never a write."""

from django import forms


class LoginForm(forms.Form):
    """Name and password."""

    username = forms.CharField(label="登录名", max_length=60, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(
        label="密码", max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
