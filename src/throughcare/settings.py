"""Django's settings, all from the environment. Each name is explained in docs/operate.md."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url

from throughcare.keys import PASSING, key_folder, new_keyring
from throughcare.sqlite import bring_along

bring_along()


def from_environment(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points to."""
    named_file = os.environ.get(f"{name}_FILE")
    return (
        Path(named_file).read_text(encoding="utf-8").strip() if named_file else os.environ.get(name, default)
    )


DATA = Path(from_environment("THROUGHCARE_DATA", "throughcare-data")).resolve()
DEMO = (DATA / "demo").exists()

SECRET_KEY_FILE = key_folder(DATA) / "secret-key"
SECRET_KEY = from_environment("SECRET_KEY") or (
    SECRET_KEY_FILE.read_text(encoding="utf-8").strip()
    if SECRET_KEY_FILE.exists()
    else secrets.token_urlsafe(50)
)
FIELD_KEYS_FILE = Path(os.environ.get("FIELD_KEYS_FILE", key_folder(DATA) / "field-keys"))
FIELD_KEYS = from_environment("FIELD_KEYS") or (
    FIELD_KEYS_FILE.read_text(encoding="utf-8") if FIELD_KEYS_FILE.exists() else new_keyring(PASSING)
)
# Where backups go, and the keys that seal them; each may be named on the commands instead.
BACKUP_TO = from_environment("BACKUP_TO")
# Under the names that every S3-compatible store is asked by.
BACKUP_STORE = {
    "access_key_id": from_environment("AWS_ACCESS_KEY_ID"),
    "secret_access_key": from_environment("AWS_SECRET_ACCESS_KEY"),
    "session_token": from_environment("AWS_SESSION_TOKEN"),
    "region": from_environment("AWS_REGION", "us-east-1"),
    "aws_endpoint_url_s3": from_environment("AWS_ENDPOINT_URL"),
}
BACKUP_KEYS_FILE = Path(os.environ.get("BACKUP_KEYS_FILE", key_folder(DATA) / "backup-keys"))
BACKUP_KEYS = from_environment("BACKUP_KEYS") or (
    BACKUP_KEYS_FILE.read_text(encoding="utf-8") if BACKUP_KEYS_FILE.exists() else ""
)
DEBUG = False
ALLOWED_HOSTS = from_environment("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in from_environment("TRUSTED_ORIGINS").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "throughcare.records",
    "throughcare.faces.web",
]
MIDDLEWARE = [
    "throughcare.faces.web.headers.PrivateHeaders",
    "django.middleware.security.SecurityMiddleware",
    "throughcare.faces.web.headers.SmallerFiles",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "throughcare.faces.web.health.no_cookies.NoCookiesForHealth",
    "throughcare.faces.web.limits.PerClient",
    "throughcare.faces.web.away.room.RoomForCrises",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "throughcare.faces.web.languages.reader.ReadersLanguage",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "throughcare.urls"
WSGI_APPLICATION = "throughcare.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "throughcare.faces.web.frame.frame",
            ],
        },
    }
]


# A database that doesn't answer must not hold up those who call for help: how long PostgreSQL may take to connect, and
# for one question of a page or of urgent work, or of any other work (throughcare/postgres; decision 36).
DATABASE_CONNECT_SECONDS = int(from_environment("DATABASE_CONNECT_SECONDS", "5"))
DATABASE_PAGE_SECONDS = int(from_environment("DATABASE_PAGE_SECONDS", "12"))
DATABASE_WORK_SECONDS = int(from_environment("DATABASE_WORK_SECONDS", "3600"))
# Where DATABASE_URL leads to a pooler, the server itself: for backups, and a sign that connections take no options.
DATABASE_DIRECT_URL = from_environment("DATABASE_DIRECT_URL")


def database() -> dict[str, Any]:
    """PostgreSQL by DATABASE_URL; otherwise the embedded SQLite, set so that nothing acknowledged is lost."""
    url = from_environment("DATABASE_URL")
    if url:
        found: dict[str, Any] = dict(
            dj_database_url.parse(
                url, engine="throughcare.postgres", conn_max_age=60, conn_health_checks=True
            )
        )
        # Compiling a query takes longer than running it here, and so does starting workers for one: these are short
        # queries of many people at once. What the address itself says wins.
        options = found.setdefault("OPTIONS", {})
        if not DATABASE_DIRECT_URL:
            ours = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
            options["options"] = f"{ours} {options.get('options', '')}"
        options.setdefault("connect_timeout", DATABASE_CONNECT_SECONDS)
        return found
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "throughcare.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # The program asks some hundreds of different questions; Python keeps 128 of them parsed unless told.
            "cached_statements": 1_000,
            # NORMAL loses acknowledged writes when the power goes; FULL does not.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
        },
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "throughcare.pathway.signing_in.passwords.HouseRules"}]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SESSION_ENGINE = "throughcare.faces.web.door.session_store"
# Of allauth the program uses what checks codes and passkeys; its addresses and pages are not there.
ACCOUNT_USER_MODEL_USERNAME_FIELD = ACCOUNT_USER_MODEL_EMAIL_FIELD = (
    None  # the address is sealed: allauth may not search it
)
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "throughcare.pathway.signing_in.sealed_factors.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Wrong tries are counted by one fingerprint per account: neither addresses nor passwords nor networks are kept, so its
# own middleware, backend and log of addresses stay out (faces/web/door/tries.py).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS, AXES_USERNAME_FORM_FIELD = ["username"], "username"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003", "axes.W006"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

BEHIND_TLS = from_environment("THROUGHCARE_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 12 * 3600
if BEHIND_TLS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Those who look after the program ask on the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

MAIL_HOST = from_environment("MAIL_HOST")
# The demo writes its messages into its folder, where they can be read.
MAIL_WAY = "smtp" if MAIL_HOST else "filebased" if DEMO else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{MAIL_WAY}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST, EMAIL_PORT = MAIL_HOST, int(from_environment("MAIL_PORT", "587"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = from_environment("MAIL_USER"), from_environment("MAIL_PASSWORD")
EMAIL_USE_TLS, EMAIL_TIMEOUT = bool(MAIL_HOST), 10
DEFAULT_FROM_EMAIL = from_environment("MAIL_FROM", "no-reply@localhost")
# Where links in messages lead; never read from a request, which may name any host.
HOME_ADDRESS = from_environment("HOME_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

# Where the quick way out of a page leads: a page that anyone might read.
EXIT_ADDRESS = from_environment("EXIT_ADDRESS", "https://www.weather.gov/")

# Texts and calls: a provider with Twilio's interface. Without an account there are none.
SMS_URL = from_environment("SMS_URL", "https://api.twilio.com")
SMS_ACCOUNT, SMS_TOKEN = from_environment("SMS_ACCOUNT"), from_environment("SMS_TOKEN")
SMS_FROM = from_environment("SMS_FROM")
# Who is told when messages themselves stop leaving: numbers and addresses with commas; and what is asked each minute.
ALARM_TO = [one.strip() for one in from_environment("ALARM_TO").split(",") if one.strip()]
HEARTBEAT_URL = from_environment("HEARTBEAT_URL")

# How many weeks are solved at the same time, each in a process of its own.
TIMETABLE_PROCESSES = int(from_environment("TIMETABLE_PROCESSES", "1"))

# How much one client may ask, in each server process; 0: no limit. Reviewers' tools ask faster than people do.
REQUESTS_A_MINUTE = int(
    from_environment("REQUESTS_A_MINUTE", "6000" if (DATA / "review").exists() else "1800")
)

# Where the downtime packets are put: a folder that another machine copies.
DOWNTIME_FOLDER = Path(from_environment("DOWNTIME_FOLDER") or DATA / "downtime")

# Who may read /metrics from elsewhere than this machine: whoever sends this as a bearer token.
METRICS_TOKEN = from_environment("METRICS_TOKEN")

LANGUAGE_CODE = "en-us"
# Patients, families and the public read their own language; staff read English (faces/web/languages).
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "__Host-language" if BEHIND_TLS else "language"
FORMAT_MODULE_PATH = ["throughcare.faces.web.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "throughcare.logs.WordlessFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Django's request logger writes whole paths; ours carry no names, but nobody needs them at INFO.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": from_environment("LOG_LEVEL", "WARNING")},
}
