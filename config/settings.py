"""Typed settings from the environment.

Every variable is `ACCEDE_` and the field's name in capitals. Production has no default for anything that protects data;
what is missing or weak is reported all at once and the process does not start (security.md, Start-up).
"""

import ipaddress
import os
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from config.secrets_policy import SECRET_NAMES, demo_secrets, new_secrets, weakness

Environment = Literal["demo", "production", "test"]
MINUTES_PER_HOUR: Final = 60
TRUE_WORDS: Final = frozenset({"1", "true", "yes", "on", "t", "y"})


class SettingsError(RuntimeError):
    """The settings do not allow a start; the text lists every reason and no value."""


class Settings(BaseSettings):
    """One instance's settings. Build them with `load_settings()`; tests may call the class with keyword arguments."""

    model_config = SettingsConfigDict(
        env_prefix="ACCEDE_", frozen=True, extra="ignore", hide_input_in_errors=True, validate_default=True
    )

    environment: Environment = "production"
    debug: bool = False

    secret_key: str = Field(default="", repr=False)
    password_salt: str = Field(default="", repr=False)
    totp_secret: str = Field(default="", repr=False)

    base_url: str = ""
    """Where people reach this instance; the only source of links in mails and redirects."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    """Reverse proxies in front whose X-Forwarded-* headers are believed."""

    data_dir: Path = Path("var")
    database_url: str = Field(default="", repr=False)
    """The application role, which owns nothing."""
    database_owner_url: str = Field(default="", repr=False)
    """The owner, for migrations only; web server and worker need not know it."""
    read_database_url: str = Field(default="", repr=False)
    worker_database: Path = Path()
    redis_url: str = Field(default="", repr=False)

    smtp_host: str = ""
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    mail_from: str = "accede@localhost"

    document_store: str = ""
    """Where documents are kept: a folder (`documents` in the data folder when empty), or `s3://bucket/prefix`."""
    s3_endpoint: str = ""
    s3_region: str = "us-east-1"
    s3_access_key: str = Field(default="", repr=False)
    s3_secret_key: str = Field(default="", repr=False)
    """Without keys the machine's own identity is used."""
    document_limit_mb: int = Field(default=25, ge=1, le=1000)
    """The most that one file may have; a larger one is refused beside its field, and the rest of the form is kept."""
    upload_limit_mb: int = Field(default=100, ge=2, le=2000)
    """The most that is taken in at all, all files of a form together; above it nothing of the form is kept."""
    virus_scanner: str = ""
    """Socket of a clamd, `tcp://host:3310` or `unix:///run/clamd.sock`; without one files are not scanned."""

    metrics_token: str = Field(default="", repr=False)
    """What a monitoring system sends as bearer token to `/metrics`; without it production has no such address."""

    demo_data: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    session_idle_minutes: int = Field(default=60, ge=1)
    session_max_hours: int = Field(default=12, ge=1)
    figures_kept_minutes: int = Field(default=15, ge=0, le=1440)
    """How long figures of the dashboard are used again, with the moment at which they were counted; 0 counts always."""

    @model_validator(mode="before")
    @classmethod
    def _fill_defaults(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Derive what was left out from what was given; secrets only for demo and test."""
        filled = {key: value for key, value in data.items() if value not in ("", None)}
        environment = filled.get("environment", "production")
        data_dir = Path(filled.get("data_dir", "var")).absolute()
        filled["data_dir"] = data_dir
        filled.setdefault("worker_database", data_dir / "huey.db")
        filled.setdefault("document_store", str(data_dir / "documents"))
        if environment == "demo":
            filled.setdefault("demo_data", True)
        if environment in ("demo", "test"):
            filled.setdefault("database_url", f"sqlite:///{data_dir / 'accede.sqlite3'}")
            filled.setdefault("base_url", f"http://127.0.0.1:{filled.get('port', 8000)}")
        if any(name not in filled for name in SECRET_NAMES):
            filled = {**_stand_in_secrets(environment, data_dir), **filled}
        if "database_url" in filled:
            filled.setdefault("database_owner_url", filled["database_url"])
            filled.setdefault("read_database_url", filled["database_url"])
        return filled

    @field_validator("database_url", "database_owner_url", "read_database_url")
    @classmethod
    def _name_the_driver(cls, value: str) -> str:
        """Accept the URL forms that hosting services hand out and name the one driver that is installed."""
        if not value:
            return value
        try:
            url = make_url(value)
        except ArgumentError:
            raise ValueError("is not a database URL") from None
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        if url.drivername not in ("postgresql+psycopg", "sqlite"):
            raise ValueError("must be a PostgreSQL or SQLite URL")
        return url.render_as_string(hide_password=False)

    @field_validator("virus_scanner")
    @classmethod
    def _scanner_is_a_socket(cls, value: str) -> str:
        parts = urlsplit(value)
        known = (parts.scheme == "tcp" and parts.hostname and parts.port) or (parts.scheme == "unix" and parts.path)
        if value and not known:
            raise ValueError("must be tcp://host:port or unix:///path")
        return value

    @field_validator("document_store")
    @classmethod
    def _store_is_a_folder_or_bucket(cls, value: str) -> str:
        if "://" in value and not value.removeprefix("s3://").split("/")[0].replace("-", "").replace(".", "").isalnum():
            raise ValueError("must be a folder, or s3://bucket/prefix")
        return value

    @field_validator("base_url")
    @classmethod
    def _base_url_is_an_origin(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value.rstrip("/"))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("must be an address such as https://accede.example.org")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> Self:
        problems = _PROBLEMS[self.environment](self)
        if self.session_max_hours * MINUTES_PER_HOUR < self.session_idle_minutes:
            problems.append("ACCEDE_SESSION_MAX_HOURS is shorter than ACCEDE_SESSION_IDLE_MINUTES")
        if self.upload_limit_mb <= self.document_limit_mb:
            problems.append("ACCEDE_UPLOAD_LIMIT_MB must be larger than ACCEDE_DOCUMENT_LIMIT_MB")
        if problems:
            raise ValueError("\n".join(problems))
        return self

    @property
    def is_demo(self) -> bool:
        """Whether this instance shows the demonstration, loudly, and on loopback only."""
        return self.environment == "demo"

    @property
    def is_production(self) -> bool:
        """Whether real requests are kept here."""
        return self.environment == "production"

    @property
    def is_sqlite(self) -> bool:
        """Whether the write database is SQLite; PostgreSQL otherwise."""
        return make_url(self.database_url).get_backend_name() == "sqlite"

    @property
    def application_role(self) -> str | None:
        """The PostgreSQL role that migrations grant rights to; None on SQLite, which has no roles."""
        return None if self.is_sqlite else make_url(self.database_url).username

    @property
    def has_separate_owner(self) -> bool:
        """Whether migrations run as another PostgreSQL role than the application does."""
        return make_url(self.database_owner_url).username != make_url(self.database_url).username


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment; `overrides` win over it.

    systemd credentials (`LoadCredential=accede_secret_key:...`) are read too, below the environment.

    Raises:
        SettingsError: something is missing, malformed or unsafe; lists everything that is wrong.
    """
    try:
        return Settings(_secrets_dir=os.environ.get("CREDENTIALS_DIRECTORY"), **overrides)
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            field = "".join(f"ACCEDE_{str(part).upper()} " for part in problem["loc"])
            text = problem["msg"].removeprefix("Value error, ")
            lines += [f"  - {field}{sentence}" for sentence in text.splitlines()]
        raise SettingsError("Accede does not start with these settings:\n" + "\n".join(lines)) from None


@cache
def _test_secrets() -> dict[str, str]:
    return new_secrets()


def _stand_in_secrets(environment: str, data_dir: Path) -> dict[str, str]:
    if environment == "demo":
        return demo_secrets(data_dir)
    return dict(_test_secrets()) if environment == "test" else {}


def _production_problems(settings: Settings) -> list[str]:
    weak = ((name, weakness(getattr(settings, name))) for name in SECRET_NAMES)
    problems = [f"ACCEDE_{name.upper()} {why}" for name, why in weak if why]
    given = [value for name in SECRET_NAMES if (value := getattr(settings, name))]
    if len(set(given)) < len(given):
        problems.append(f"{', '.join(f'ACCEDE_{name.upper()}' for name in SECRET_NAMES)} must differ from each other")
    if settings.debug or os.environ.get("FLASK_DEBUG", "").lower() in TRUE_WORDS:
        problems.append("debug mode (ACCEDE_DEBUG, FLASK_DEBUG) shows source and secrets to visitors; switch it off")
    if not settings.base_url.startswith("https://"):
        problems.append("ACCEDE_BASE_URL is missing or does not start with https://")
    if settings.demo_data:
        problems.append("ACCEDE_DEMO_DATA would mix invented cases with real ones; switch it off")
    if not settings.smtp_host:
        problems.append("ACCEDE_SMTP_HOST is missing; notices could not be delivered")
    if settings.mail_from.endswith("@localhost"):
        problems.append("ACCEDE_MAIL_FROM is missing")
    if settings.smtp_password and settings.smtp_tls == "none":
        problems.append("ACCEDE_SMTP_PASSWORD would travel in clear text; set ACCEDE_SMTP_TLS to starttls or tls")
    return problems + _database_problems(settings)


def _database_problems(settings: Settings) -> list[str]:
    if not settings.database_url:
        return ["ACCEDE_DATABASE_URL is missing"]
    return [
        f"ACCEDE_{name.upper()} is a database in memory; everything would be lost at the next stop"
        for name in ("database_url", "database_owner_url", "read_database_url")
        if _is_in_memory(make_url(getattr(settings, name)))
    ]


def _is_in_memory(url: URL) -> bool:
    if url.get_backend_name() != "sqlite":
        return False
    return url.database in (None, "", ":memory:") or "mode=memory" in str(url) or ":memory:" in str(url)


def _demo_problems(settings: Settings) -> list[str]:
    if _is_loopback(settings.host):
        return []
    return ["ACCEDE_HOST must be a loopback address in demo: its accounts and passwords are public"]


def _test_problems(_settings: Settings) -> list[str]:
    return []


_PROBLEMS: Final = {"production": _production_problems, "demo": _demo_problems, "test": _test_problems}


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
