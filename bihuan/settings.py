"""Every setting, read from the environment; what is not set has a value that is safe on a laptop."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from bihuan.lib.keyfile import kept

ROOT = Path(__file__).resolve().parent.parent


def envbool(name: str, default: bool) -> bool:  # noqa: FBT001 -- reads like a setting
    """1, true, yes, on and 是 are yes; anything else that is set is no."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on", "是"}


def envsecret(name: str, path: Path) -> str:
    """A secret from NAME, from the file that NAME_FILE names, or from `path`, made there at the first start."""
    if value := os.environ.get(name):
        return value
    file = Path(os.environ.get(f"{name}_FILE", path))
    return kept(file, lambda: secrets.token_urlsafe(48).encode()).decode().strip()


def envgiven(name: str) -> str:
    """A value from NAME, or from the file that NAME_FILE names; "" where neither is set."""
    file = os.environ.get(f"{name}_FILE", "")
    return os.environ.get(name, "") or (Path(file).read_text().strip() if file else "")


def database(url: str, data: Path) -> dict[str, object]:
    """The embedded database in the data folder, or PostgreSQL by `postgresql://user:password@host:port/name`."""
    if not url:
        pragmas = "journal_mode=WAL synchronous=FULL mmap_size=134217728 journal_size_limit=67108864 cache_size=-20000"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "bihuan.sqlite3"),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas.split()),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("BIHUAN_DATABASE 只认 postgresql:// 开头的地址。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "")
        or dict(p.split("=", 1) for p in parts.query.split("&") if p).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 10}},
    }


DATA = Path(os.environ.get("BIHUAN_DATA", ROOT / "data"))
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
DEMO = envbool("BIHUAN_DEMO", False)
DEBUG = envbool("BIHUAN_DEBUG", False)
SECRET_KEY = envsecret("BIHUAN_SECRET_KEY", DATA / "keys/secret.key")
VAULT_KEY = os.environ.get("BIHUAN_VAULT_KEY_FILE", str(DATA / "keys/vault.key"))
FILES = os.environ.get("BIHUAN_FILES") or str(DATA / "files")  # or s3://bucket/prefix
S3_ENDPOINT, S3_REGION = os.environ.get("BIHUAN_S3_ENDPOINT", ""), os.environ.get("BIHUAN_S3_REGION", "us-east-1")
S3_KEY, S3_SECRET = envgiven("BIHUAN_S3_KEY"), envgiven("BIHUAN_S3_SECRET")
HEADS = os.environ.get("BIHUAN_HEADS", str(DATA / "heads/trail.heads"))
BACKUP_MINUTES = int(
    os.environ.get("BIHUAN_BACKUP_MINUTES") or (0 if DEMO or os.environ.get("BIHUAN_DATABASE") else 15)
)
BACKUPS = os.environ.get("BIHUAN_BACKUPS", str(DATA / "backups"))
LOOPBACK_RECEIVERS = DEMO and envbool("BIHUAN_LOOPBACK_RECEIVERS", False)  # to try notices out on one machine
OIDC_ISSUER = "" if DEMO else os.environ.get("BIHUAN_OIDC_ISSUER", "")  # whose word is taken; not set: nobody's
OIDC_CLIENT, OIDC_SECRET = os.environ.get("BIHUAN_OIDC_CLIENT", ""), envgiven("BIHUAN_OIDC_SECRET")
OIDC_CLAIM = os.environ.get("BIHUAN_OIDC_CLAIM", "sub")
OIDC_SECOND = [
    one.strip() for one in os.environ.get("BIHUAN_OIDC_SECOND", "").split(",") if one.strip()
]  # what counts in amr or acr
OIDC_NAME = os.environ.get("BIHUAN_OIDC_NAME", "统一身份认证")
OIDC_ONLY = envbool("BIHUAN_OIDC_ONLY", False)
DEMO_CLOCK = str(DATA / "demo-clock")
MANUAL = next(path for path in (ROOT / "docs/manual", ROOT / "bihuan/docs/manual") if path.exists())
FONTS = os.environ.get("BIHUAN_FONT_DIR", "")  # the office's own faces, before those that come along
ALLOWED_HOSTS = os.environ.get("BIHUAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("BIHUAN_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "bihuan.apps.BihuanConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [  # what refuses or redirects by itself stands inside what sets the headers
    "bihuan.gate.transport.TransportMiddleware",
    "bihuan.gate.journal.JournalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads with random bytes, so that lengths tell nothing of a page
    "bihuan.gate.transport.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bihuan.gate.entry.EntryMiddleware",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "bihuan.urls"
WSGI_APPLICATION = "bihuan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "bihuan/web/templates", ROOT / "bihuan/portal/templates"],
        "OPTIONS": {
            "environment": "bihuan.web.jinja.environment",
            "context_processors": ["bihuan.web.jinja.one_token"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"  # a list of all units is half of a page otherwise
DATABASES = {"default": database(os.environ.get("BIHUAN_DATABASE", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "bihuan.Account"
AUTHENTICATION_BACKENDS = ["bihuan.gate.backend.AccountBackend"]
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "bihuan.gate.errors.stale_form"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_DIRS = [ROOT / "bihuan/web/static"]
STATIC_ROOT = DATA / "static"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "bihuan.gate.uploads.NamelessUpload",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_ISSUER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "bihuan.organisation.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
PROXIES = [one for one in os.environ.get("BIHUAN_PROXY", "").split(",") if one]  # addresses or networks, believed
PLAIN_HTTP = envbool("BIHUAN_PLAIN_HTTP", False)
TLS = envbool("BIHUAN_TLS", False)
if TLS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
LOG = os.environ.get("BIHUAN_LOG", "")  # json, line: every request as well; not set: only what goes wrong
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "bihuan.gate.journal.PlainLines"}, "json": {"()": "bihuan.gate.journal.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json" if LOG == "json" else "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"bihuan.gate.journal": {"level": "INFO" if LOG else "WARNING"}},
}
