"""One machine, no service, no secret: what `make run` starts. Never for a server that others reach."""

import os
from pathlib import Path

_var = Path(os.environ.get("LIBRARY_VAR_DIR", Path(__file__).resolve().parent.parent.parent / "var"))
_var.mkdir(parents=True, exist_ok=True)  # so that any command works before the first `make run`
os.environ.setdefault("SECRET_KEY", "only-for-this-machine-" + "x" * 40)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_var.resolve()}/library.sqlite3")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
os.environ.setdefault("SITE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")
os.environ.setdefault("SECURE_SSL_REDIRECT", "no")
os.environ.setdefault("SECOND_FACTOR_ROLES", "none")  # whoever likes to tries it; nobody has to

from .base import *  # noqa: E402, F403
from .base import STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)  # `make run` packs the static files into it, as a server does
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
PRODUCTION = False
DEMO = True
