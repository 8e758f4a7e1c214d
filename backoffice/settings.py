"""Settings of the project, read from the environment; no business number lives here.

`BACKOFFICE_MODE=demo` (the default) needs nothing from anyone and says DEMO on every page.
`BACKOFFICE_MODE=site` is a real site: it refuses to start without its own secret and host names.
"""

from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext

from backoffice.env import (
    env_address,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_required_list,
    env_required_text,
    env_secret,
    env_secrets,
    env_text,
    kept_secret,
)

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_text("BACKOFFICE_DATA", str(BASE_DIR / "var")))
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # names and pay: its owner's alone
OUT_DIR = Path(env_text("BACKOFFICE_OUT", str(BASE_DIR / "out")))

DEMO = env_choice("BACKOFFICE_MODE", ("demo", "site"), default="demo") == "demo"
DEBUG = env_bool("BACKOFFICE_DEBUG", default=False) and DEMO

# The door -----------------------------------------------------------------------------------
if DEMO:
    SECRET_KEY = kept_secret(DATA_DIR / "demo-secret")
    IDENTITY_KEYS = [kept_secret(DATA_DIR / "demo-identity-key")]
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
else:
    SECRET_KEY = env_secret("BACKOFFICE_SECRET_KEY")
    IDENTITY_KEYS = env_secrets("BACKOFFICE_IDENTITY_KEYS")
    ALLOWED_HOSTS = env_required_list("BACKOFFICE_ALLOWED_HOSTS")
    CSRF_TRUSTED_ORIGINS = env_list("BACKOFFICE_TRUSTED_ORIGINS")
    SECURE_SSL_REDIRECT = env_bool("BACKOFFICE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^sante/$"]  # asked from the machine itself, without HTTPS
    SECURE_HSTS_SECONDS = env_int("BACKOFFICE_HSTS_SECONDS", default=3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("BACKOFFICE_HSTS_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env_bool("BACKOFFICE_HSTS_PRELOAD", default=False)
    # Whether the other names of the domain speak HTTPS is for whoever holds it to say.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    if env_bool("BACKOFFICE_BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1  # who fails to sign in is counted by their own address

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

# Sign-in (backoffice/decisions/0042-sign-in.md) ---------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "backoffice.federation.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # such a mail would lead to a sign-up that the site has not
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
_LINKS = "backoffice.federation.sign_in.invitations.PasswordLinks"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = _LINKS
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
MFA_ADAPTER = "backoffice.federation.sign_in.adapters.SecondFactorAdapter"
MFA_FORMS = {"activate_totp": "backoffice.federation.sign_in.forms.ActivateFactorForm"}
USERSESSIONS_ADAPTER = "backoffice.federation.sign_in.adapters.SessionsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
CACHES = {
    # In the database: attempts are counted once for every process of the site.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "federation_cache",
    }
}

# What runs ----------------------------------------------------------------------------------
ROOT_URLCONF = "backoffice.urls"
WSGI_APPLICATION = "backoffice.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "backoffice.celery.JobsConfig",
    "reports",
    "invoices",
    "staffing",
    "grants",
    "backoffice.federation",
    "backoffice.web",
    "djmoney",
    "import_export",
    "django_htmx",
    "template_partials",
    "backoffice.federation.admin_config.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backoffice.security.content_security_policy",
    "backoffice.federation.bounded.refuse_huge_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backoffice.federation.languages.account_language",
    "backoffice.web.typography.spaces_of_the_language",
    "backoffice.federation.audit.requests.say_who",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backoffice.federation.sign_in.second_factor.obligatory_second_factor",
    "backoffice.web.dead_ends.no_dead_end",
    "reports.damaged.DamageShown",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backoffice.security.demo",
            ],
        },
    }
]

# Where things are kept ----------------------------------------------------------------------
SQLITE_OPTIONS = {
    # A read-then-write transaction takes its lock first: a deferred one fails instead of waiting.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env_text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'backoffice.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Compiling a query of a page takes longer than running it: 5,000 workers by their cost.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "backoffice.federation.bounded.BoundedUploadHandler",
]
WHITENOISE_USE_FINDERS = DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Language, money, days ----------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]
LOCALE_PATHS = [BASE_DIR / "backoffice" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
CURRENCIES = ("EUR",)
DEFAULT_CURRENCY = "EUR"
IMPORT_EXPORT_USE_TRANSACTIONS = True

# Jobs: rows; where a broker is set, messages say which (backoffice/decisions/0010-jobs.md) --------
CELERY_BROKER_URL = env_text("CELERY_BROKER_URL") or None
CELERY_TASK_DEFAULT_QUEUE = env_text("BACKOFFICE_QUEUE", "backoffice")
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
# Who asks for a job does not wait: the row stays, and a worker sends it later.
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1, "interval_start": 0, "interval_max": 0}

# Mail: none leaves unless a server is named (backoffice reminders) ------------------------------
SITE_ADDRESS = env_address("BACKOFFICE_URL")  # what the links of a mail begin with; "": no link
EMAIL_HOST = env_text("BACKOFFICE_EMAIL_HOST")
EMAIL_PORT = env_int("BACKOFFICE_EMAIL_PORT", default=587)
EMAIL_HOST_USER = env_text("BACKOFFICE_EMAIL_USER")
EMAIL_HOST_PASSWORD = env_text("BACKOFFICE_EMAIL_PASSWORD")
EMAIL_SECURITY = env_choice(
    "BACKOFFICE_EMAIL_SECURITY", ("none", "starttls", "tls"), default="starttls"
)
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 20
if EMAIL_HOST:
    DEFAULT_FROM_EMAIL = env_required_text("BACKOFFICE_EMAIL_FROM", "BACKOFFICE_EMAIL_HOST")
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Logs: standard error, ids only -----------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "backoffice.logs.WithoutValues",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env_choice(
            "BACKOFFICE_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="WARNING"
        ),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
