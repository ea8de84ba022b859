"""The forms of the second step, in our own words. What they check is django-allauth's."""

from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgain
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .adapters import TOO_OFTEN

CODE = _("Mã sáu số của ứng dụng, hoặc một mã dự phòng")


def _ask_for_code(field: forms.Field, label: Any) -> None:
    field.label = label
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class CodeFormMixin:
    """The field of a code: what it asks for, and no more tries while the name is locked."""

    user: Any
    label: Any = CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"], self.label)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """The code. Raises ValidationError for a wrong one, and for any while django-axes locks the name."""
        if not AxesProxyHandler.is_allowed(context.request, {"username": self.user.get_username()}):
            raise ValidationError(TOO_OFTEN)
        return str(super().clean_code())  # type: ignore[misc]


class SecondStepForm(CodeFormMixin, AuthenticateForm):
    """The code after the password."""


class ReauthenticateForm(CodeFormMixin, CodeAgain):
    """The code before something of the own security is changed."""


class AppForm(CodeFormMixin, ActivateTOTPForm):
    """The first code of an app, which shows that it was set up rightly."""

    label = _("Mã sáu số mà ứng dụng đang hiện")


class PasskeyForm(AddWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên khóa, để sau này nhận ra")
        self.fields["name"].max_length = 60


class PasswordForm(PasswordAgain):
    """The password before something of the own security is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "autofocus": True}
        self.fields["password"].help_text = ""
