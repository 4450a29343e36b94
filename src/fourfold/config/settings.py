"""Django's settings. What an operator may change comes from the environment: docs/settings.md."""

from fourfold.config import sqlite  # isort: skip - before anything that imports sqlite3

from csp.constants import NONE, SELF

from fourfold.config.environment import Environment
from fourfold.config.secret_key import secret_key

ENVIRONMENT = Environment.read()
ENVIRONMENT.home.mkdir(parents=True, exist_ok=True, mode=0o700)
DEBUG = ENVIRONMENT.debug
SECRET_KEY = secret_key(ENVIRONMENT)
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
FOURFOLD_HOME = ENVIRONMENT.home
FOURFOLD_TODAY = ENVIRONMENT.today
FOURFOLD_DEMO = ENVIRONMENT.demo
FOURFOLD_ADDRESS = ENVIRONMENT.address
FOURFOLD_UPLOAD_MB = ENVIRONMENT.upload_mb
FOURFOLD_SQLITE_VERSION = sqlite.VERSION
FOURFOLD_JOURNAL_MODE = sqlite.JOURNAL_MODE

# --- the rooms ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "fourfold.platform.refusals",
    "fourfold.platform.ui",
    "fourfold.platform.audit",
    "fourfold.platform.units",
    "fourfold.platform.accounts",
    "fourfold.platform.policies",
    "fourfold.platform.periods",
    "fourfold.platform.jobs",
    "fourfold.platform.notifications",
    "fourfold.scorecard.measures",
    "fourfold.scorecard.initiatives",
    "fourfold.scorecard.strategy",
    "fourfold.scorecard.evaluation",
    "fourfold.data.imports",
    "fourfold.data.entry",
    "fourfold.governance.annotations",
    "fourfold.governance.changes",
    "fourfold.governance.evidence",
    "fourfold.governance.journal",
    "fourfold.governance.signals",
    "fourfold.practices.customers",
    "fourfold.practices.finance",
    "fourfold.outward.home",
    "fourfold.outward.interchange",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "ninja",
    "template_partials.apps.SimpleAppConfig",  # the plain form: the other overwrites the loaders below
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fourfold.platform.ui.static_files.StaticFilesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fourfold.platform.accounts.middleware.SignInRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fourfold.platform.accounts.middleware.ScopeMiddleware",
    "fourfold.platform.ui.region.RegionMiddleware",
    "fourfold.platform.periods.middleware.OrganisationMiddleware",
    "fourfold.platform.refusals.middleware.RefusalMiddleware",
    "fourfold.outward.home.middleware.StartMiddleware",  # last, so that it is asked about refusals first
]

ROOT_URLCONF = "fourfold.config.urls"
WSGI_APPLICATION = "fourfold.config.wsgi.application"

_PLAIN_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
_LOADERS = _PLAIN_LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _PLAIN_LOADERS)]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", _LOADERS)],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fourfold.platform.ui.shell.shell",
            ],
        },
    }
]

# --- the database -------------------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT.database,
        "ATOMIC_REQUESTS": False,  # every atomic() takes the write lock
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": f"PRAGMA journal_mode={sqlite.JOURNAL_MODE}; PRAGMA synchronous=FULL;",
        },
        # A real file: an in-memory database knows no WAL and no second connection.
        "TEST": {"NAME": ENVIRONMENT.home / "tests.sqlite3"},
    }
}
# What throttling counts: one table for all processes. Large, because whoever floods it must not evict the counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_throttlecount",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who comes in -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["fourfold.platform.accounts.sign_in.OneCheck"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_STRONG = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_STRONG}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("key", "name", "email")},
    },
    {"NAME": f"{_STRONG}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_STRONG}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "fourfold.platform.accounts.sign_in.ClosedDoor"
SOCIALACCOUNT_ADAPTER = "fourfold.platform.accounts.sign_in.ClosedSocialDoor"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "key"
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are opened by an administrator
ACCOUNT_CHANGE_EMAIL = True  # one address a person, replaced once the new one is confirmed from a mail
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = (
    False  # this session stays, every other one ends: the password is in their name
)
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from this house
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds; second factors ask for the password again after it
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/300s/key",  # password checks that failed: per address, and per account
    "reset_password": "10/m/ip,3/10m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Fourfold"
MFA_TOTP_TOLERANCE = (
    1  # steps of 30 s before and after: who types a code as it changes is let in (RFC 6238 §5.2)
)
MFA_ADAPTER = "fourfold.platform.accounts.sign_in.SecondFactors"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from administrators, who vouch for them
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https  # browsers themselves allow it on localhost only
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies

# Another identity provider: it vouches for addresses, and only people who have an account here come in.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [ENVIRONMENT.oidc.app] if ENVIRONMENT.oidc else []}}

FOURFOLD_INVITATION_DAYS = ENVIRONMENT.invitation_days
FOURFOLD_HAS_MAIL_SERVER = bool(ENVIRONMENT.email_host)

SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, in seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_TRUSTED_ORIGINS = ENVIRONMENT.trusted_origins

# --- what a browser may do ----------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, ENVIRONMENT.oidc.origin] if ENVIRONMENT.oidc else [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None

# --- the rest -----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True  # the front end ships inside the package: no collecting step

EMAIL_HOST = ENVIRONMENT.email_host
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = ENVIRONMENT.home / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
