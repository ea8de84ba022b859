"""The forms of one's own account: signing in, a new password by mail, the first password, the own name."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from .admin_language import language_of
from .models import User

BETWEEN_RESET_MAILS = timedelta(minutes=15)

REFUSED_LOGIN = {"invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Mời bạn thử lại.")}


class MemberLoginForm(AuthenticationForm):
    """The login form of the public site, with the library's own labels."""

    error_messages = {**AuthenticationForm.error_messages, **REFUSED_LOGIN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")


class StaffLoginForm(LoginForm):
    """Wagtail's login form. Django's label of the password field is in no translation catalog, so it is set here."""

    error_messages = {**LoginForm.error_messages, **REFUSED_LOGIN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")


class StaffPasswordResetForm(PasswordResetForm):
    """Sends one mail in fifteen minutes to a person, however often it is asked for; the answer on the screen is always the same."""

    def get_users(self, email: str) -> Iterator[User]:
        """The people with this address who have had no such mail for a while; from now on they have had one."""
        now = timezone.now()
        may_have_one = Q(reset_mailed_at=None) | Q(reset_mailed_at__lt=now - BETWEEN_RESET_MAILS)
        for user in super().get_users(email):
            if User.objects.filter(may_have_one, pk=user.pk).update(reset_mailed_at=now):
                yield user

    def send_mail(self, subject_template_name: str, email_template_name: str, context: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """In the language of the person, with a link to the page in the same language."""
        with override(language_of(context["user"])):
            super().send_mail(subject_template_name, email_template_name, context, *args, **kwargs)


class FirstPasswordForm(SetPasswordForm):
    """The password that an invited person chooses, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Mật khẩu của bạn")
        self.fields["new_password2"].label = _("Gõ lại mật khẩu")
        self.fields["new_password1"].help_text = ""  # told above the form, in the reader's language


class CodeForm(forms.Form):
    """The code of an invitation on paper."""

    code = forms.CharField(label=_("Mã trên giấy mời"), max_length=40)


class OwnNameForm(NameEmailForm):
    """Wagtail's form of the own name. Nothing is asked of everybody: who has no name or mail address here must be able to save the rest."""

    last_name = forms.CharField(required=False, label=_("Họ"), max_length=150)
    first_name = forms.CharField(required=False, label=_("Tên đệm và tên"), max_length=150)
    email = forms.EmailField(required=False, label=_("Thư điện tử"))

    class Meta(NameEmailForm.Meta):
        fields = ["last_name", "first_name", "email"]
