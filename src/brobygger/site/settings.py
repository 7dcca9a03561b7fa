"""Settings. Everything that differs between installations comes from the environment; the rest is here."""

import os
from pathlib import Path

from brobygger.foundation import dburl, keys

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[2]

BROBYGGER_HOME = os.environ.get("BROBYGGER_HOME", str(Path.cwd() / ".brobygger"))
BROBYGGER_OUTBOX = os.environ.get("BROBYGGER_OUTBOX", "file")
BROBYGGER_PUBLIC_URL = os.environ.get("BROBYGGER_PUBLIC_URL", "http://localhost:8000")

SECRET_KEY = keys.secret_key(Path(BROBYGGER_HOME))
DATABASES = {"default": dburl.from_environment(os.environ)}
DEBUG = False
BEHIND_TLS = BROBYGGER_PUBLIC_URL.startswith("https://")
# Another server holds the certificate and passes requests on. Its word is taken for scheme and peer.
BEHIND_PROXY = BEHIND_TLS and not os.environ.get("GRANIAN_SSL_CERTIFICATE")
TRUSTED_PROXIES = (
    {"127.0.0.1", "::1", *os.environ.get("BROBYGGER_PROXIES", "").split()} if BEHIND_PROXY else set()
)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("BROBYGGER_HOSTS", "").split()]

# Where "Forlad siden" leads: the weather, which anybody may be looking at.
NEUTRAL_PLACE = os.environ.get("BROBYGGER_NEUTRAL_PLACE", "https://www.dmi.dk/")

ROOT_URLCONF = "brobygger.site.urls"
WSGI_APPLICATION = "brobygger.site.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "brobygger.accounts.passwords.HouseRule"}]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "brobygger.foundation",
    "brobygger.accounts",
    "brobygger.privacy",
    "brobygger.partners",
    "brobygger.offers",
    "brobygger.residents",
    "brobygger.matching",
    "brobygger.bridging",
    "brobygger.statistics",
    "brobygger.publicapi",
    "brobygger.site",
]

MIDDLEWARE = [
    "brobygger.foundation.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "brobygger.foundation.session_saving.SteadySessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "brobygger.accounts.throttle.ThrottleMiddleware",
    "brobygger.accounts.middleware.MemberMiddleware",
    "brobygger.foundation.languages.LanguageMiddleware",
    "brobygger.foundation.once.OnceMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "brobygger.foundation.context.house",
            ],
            "builtins": ["brobygger.foundation.templatetags.house"],
        },
    }
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [SOURCE / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
LANGUAGE_COOKIE_NAME = "__Host-language" if BEHIND_TLS else "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = BEHIND_TLS

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

# In the session and not in a cookie: a message may name a resident.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "__Host-brobygger" if BEHIND_TLS else "brobygger"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrftoken"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "brobygger.foundation.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Preloading takes a whole domain for years: that is for the owner of the name to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# Pages for one member, or for one network of strangers; and presses of strangers. 0: nobody is counted.
CALLS_A_MINUTE = int(os.environ.get("BROBYGGER_CALLS_A_MINUTE", "300"))
PRESSES_A_MINUTE = 60

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
