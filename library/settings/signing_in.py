"""Accounts, passwords, the lockout, the second factor and sign-in with another service."""

from . import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "/"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "library.accounts.forms.StaffPasswordResetForm"  # noqa: S105
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "library.accounts.lockout.LockoutHandler"  # also counts the names that were tried from one address
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else one try an hour would keep somebody out for good
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "library.accounts.lockout.locked_out"
LOG_ADDRESS_DAYS = env.number("LOG_ADDRESS_DAYS", 90)  # network addresses in logs are personal data: forgotten after so many days

# Second factor, sessions and sign-in with another service: django-allauth behind our own sign-in pages (ADR 0037)
SECOND_FACTOR_ROLES = env.words_or_none("SECOND_FACTOR_ROLES", "reviewer,administrator")  # roles; a superuser is an administrator
MFA_ADAPTER = "library.accounts.security.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # officers are invited, often without an address
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: telephones in the field are rarely exact
MFA_FORMS = {
    "authenticate": "library.accounts.security.forms.SecondStepForm",
    "reauthenticate": "library.accounts.security.forms.ReauthenticateForm",
    "activate_totp": "library.accounts.security.forms.AppForm",
    "add_webauthn": "library.accounts.security.forms.PasskeyForm",
}
ACCOUNT_ADAPTER = "library.accounts.security.adapters.AccountAdapter"
ACCOUNT_FORMS = {"reauthenticate": "library.accounts.security.forms.PasswordForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds after a password in which the second factor may be changed
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up; allauth's checks ask for it
SOCIALACCOUNT_ADAPTER = "library.accounts.security.adapters.OutsideAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere is refused by our Content-Security-Policy
OIDC_SERVER = env.text("OIDC_SERVER", "")
OIDC_NAME = env.text("OIDC_NAME", "OpenID Connect")
OIDC_NEW_PEOPLE = env.flag("OIDC_NEW_PEOPLE", False)  # also who was not invited gets an account, without an office and without rights
SOCIALACCOUNT_PROVIDERS = env.openid_connect(OIDC_SERVER, env.text("OIDC_CLIENT_ID", ""), env.text("OIDC_CLIENT_SECRET", ""), OIDC_NAME)
CSRF_FAILURE_VIEW = "library.frame.refusals.csrf_failure"
