"""Settings of the whole product; what an operator may change is read in env.py and listed in the runbook."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from nhanlucso.config import env
from nhanlucso.config.languages import languages
from nhanlucso.config.logs import logging_of

PACKAGE = Path(__file__).resolve().parents[1]
PROJECT = PACKAGE.parents[1]
DATA = env.data_folder()

SECRET_KEY = env.key(DATA, "secret.key")
FIELD_KEY = env.key(DATA, "field.key")  # encrypts identity numbers
MATCH_KEY = env.key(DATA, "match.key")  # keyed hash that identity numbers are matched by
SIGN_KEY = env.key(DATA, "sign.key")  # the key pair that report capsules are signed with is made from it
PSEUDONYM_KEY = env.key(DATA, "pseudonym.key")  # keyed hash that people are called by in capsules
KEY_NAMES = env.KEY_NAMES
LATER_KEYS = env.LATER_KEYS

SPARK = env.text("NHANLUCSO_SPARK")  # the cluster of --engine spark; empty: this machine

DEBUG = env.flag("NHANLUCSO_DEBUG", False)
HTTPS = env.flag("NHANLUCSO_HTTPS", False)
ALLOWED_HOSTS = env.text("NHANLUCSO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "nhanlucso.audit",
    "nhanlucso.journal",
    "nhanlucso.orgs",
    "nhanlucso.access",
    "nhanlucso.files",
    "nhanlucso.jobs",
    "nhanlucso.hooks",
    "nhanlucso.people",
    "nhanlucso.plans",
    "nhanlucso.courses",
    "nhanlucso.training",
    "nhanlucso.learning",
    "nhanlucso.teams",
    "nhanlucso.outreach",
    "nhanlucso.indicators",
    "nhanlucso.exchange",
    "nhanlucso.reports",
    "nhanlucso.forms",
    "nhanlucso.reform",
    "nhanlucso.web",
]

MIDDLEWARE = [
    "nhanlucso.web.kit.watching.WatchingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "nhanlucso.web.kit.stuck.KeptSessionMiddleware",
    "nhanlucso.web.kit.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nhanlucso.web.kit.middleware.ScopeMiddleware",
    "nhanlucso.web.kit.keeping.KeepingMiddleware",
    "nhanlucso.web.kit.limits.LimitsMiddleware",
]

ROOT_URLCONF = "nhanlucso.config.urls"
WSGI_APPLICATION = "nhanlucso.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "nhanlucso.web.kit.context.shell",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "nhanlucso.access.signing.strength.NotTheName"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
# Signing in. What a system of level 3 asks for holds in earnest, which is where HTTPS is spoken; whoever tries the
# product on their own machine is not asked for a second step and not locked out while reading.
SECOND_STEP = env.choice("NHANLUCSO_SECOND_STEP", "accounts" if HTTPS else "off", ("off", "accounts", "all"))
IDLE_MINUTES = env.number("NHANLUCSO_IDLE_MINUTES", 15 if HTTPS else 480)
IDLE_MINUTES_ACCOUNTS = env.number("NHANLUCSO_IDLE_MINUTES_ACCOUNTS", 5 if HTTPS else 480)
SESSION_HOURS = env.number("NHANLUCSO_SESSION_HOURS", 12 if HTTPS else 336)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CARD_DAYS = env.number("NHANLUCSO_CARD_DAYS", 90)  # devices in villages stay signed in by their card
# Visits in a minute (access/limits). An office shares one address; a machine to try things on is not held up.
LIMITS = {
    "sign_in": env.number("NHANLUCSO_LIMIT_SIGN_IN", 60 if HTTPS else 1_200),
    "search": env.number("NHANLUCSO_LIMIT_SEARCH", 120 if HTTPS else 1_200),
    "export": env.number("NHANLUCSO_LIMIT_EXPORT", 20 if HTTPS else 600),
    "api": env.number("NHANLUCSO_LIMIT_API", 300 if HTTPS else 6_000),
    "token": env.number("NHANLUCSO_LIMIT_TOKEN", 20 if HTTPS else 600),
}
OUTGOING_INSIDE = frozenset(filter(None, env.text("NHANLUCSO_OUTGOING_INSIDE").split(",")))
SSO_ISSUER = env.text("NHANLUCSO_SSO_ISSUER").rstrip("/")
SSO_CLIENT_ID = env.text("NHANLUCSO_SSO_CLIENT_ID")
SSO_CLIENT_SECRET = env.text("NHANLUCSO_SSO_CLIENT_SECRET")
SSO_NAME = env.text("NHANLUCSO_SSO_NAME")
SSO_CODE_CLAIM = env.text("NHANLUCSO_SSO_CODE_CLAIM", "employee_code")
SSO_MAKES_ACCOUNTS = env.flag("NHANLUCSO_SSO_MAKES_ACCOUNTS", False)

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGES = languages(LOCALE_PATHS[0])
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = PROJECT / "build" / "static"
GUIDE = PROJECT / "docs" / "guide"
STATICFILES_DIRS = [
    ("fonts", PROJECT / "node_modules" / "@fontsource" / "be-vietnam-pro" / "files"),
    ("guide", GUIDE / "pictures"),
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "uploads"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

FACTS_FOLDER = DATA / "facts"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        # Browsers hold a form to this also where its answer leads elsewhere, as signing in with the province does.
        "form-action": [SELF, *([env.origin(SSO_ISSUER)] if SSO_ISSUER else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
_PREFIX = "__Host-" if HTTPS else ""  # browsers then take such a cookie from this host over HTTPS alone
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_PREFIX}sessionid", f"{_PREFIX}csrftoken"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The product speaks for its own host, not for other hosts of the same domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = logging_of(env.log_shape(), env.text("NHANLUCSO_LOG", "INFO" if HTTPS else "WARNING"))
SLOW_QUERY_MS = env.number("NHANLUCSO_SLOW_QUERY_MS", 500)
METRICS_TOKEN = env.text("NHANLUCSO_METRICS_TOKEN")
# Whose word is taken on a visitor's address and on HTTPS. Where HTTPS is spoken a proxy stands before us.
PROXY_ADDRESSES = env.networks("NHANLUCSO_PROXY_ADDRESSES", "127.0.0.1,::1" if HTTPS else "")
