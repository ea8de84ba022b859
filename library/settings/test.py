"""Settings of the test-suite: real components where an address is given, nothing left behind."""

import atexit
import os
import shutil
import tempfile

# A worker of pytest-xdist inherits the variables of the process that started it, and has a folder of its own all the same: index and
# files of two workers would be one. What a worker starts is of its folder.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker != os.environ.get("LIBRARY_TEST_WORKER", ""):
    os.environ["LIBRARY_TEST_WORKER"] = _worker
    os.environ.pop("LIBRARY_VAR_DIR", None)
if not os.environ.get("LIBRARY_VAR_DIR"):
    os.environ["LIBRARY_VAR_DIR"] = tempfile.mkdtemp(prefix="library-test-")
    atexit.register(shutil.rmtree, os.environ["LIBRARY_VAR_DIR"], ignore_errors=True)
_scratch = os.environ["LIBRARY_VAR_DIR"]
os.environ.setdefault("SECRET_KEY", "test-" + "x" * 60)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_scratch}/test.sqlite3")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("SECURE_SSL_REDIRECT", "no")
os.environ.setdefault("SECOND_FACTOR_ROLES", "none")  # tests/library/accounts/security sets its own

from .base import *  # noqa: E402, F403
from .base import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
PRODUCTION = False
REQUEST_LIMITS = "off"  # tests ask as fast as they can; tests/library/test_request_limits.py sets its own
SEARCH_INDEX_PREFIX = os.environ.get("SEARCH_INDEX_PREFIX") or f"test-{_worker or 'one'}"  # one Elasticsearch serves several workers
ZERO_RESULTS_WRITTEN_EVERY = 0.0
PUBLIC_COUNTS_SECONDS = 0
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):  # a file, so that worker processes of a test see the same database
    DATABASES["default"]["TEST"] = {"NAME": f"{_scratch}/pytest.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"  # type: ignore[index]
