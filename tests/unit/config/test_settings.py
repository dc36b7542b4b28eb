"""What start-up refuses, and what it fills in."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from config.secrets_policy import demo_secrets, weakness
from config.settings import Settings, SettingsError, load_settings

GOOD: dict[str, Any] = {
    "environment": "production",
    "secret_key": secrets.token_urlsafe(48),
    "password_salt": secrets.token_urlsafe(48),
    "totp_secret": secrets.token_urlsafe(48),
    "base_url": "https://accede.example.org",
    "database_url": "postgresql://accede_app:pw@db.example.org/accede",
    "smtp_host": "mail.example.org",
    "mail_from": "accede@example.org",
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FLASK_DEBUG", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ACCEDE_DATA_DIR", str(tmp_path))


def refusal(**changes: Any) -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings(**GOOD | changes)
    return str(refused.value)


def test_good_production_settings_are_taken() -> None:
    settings = load_settings(**GOOD)
    assert settings.is_production
    assert settings.application_role == "accede_app"
    assert settings.read_database_url == settings.database_url
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.demo_data is False


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"secret_key": ""}, "ACCEDE_SECRET_KEY is missing"),
        ({"password_salt": "kT9-short"}, "ACCEDE_PASSWORD_SALT is shorter than 32 characters"),
        ({"totp_secret": "ab" * 40}, "ACCEDE_TOTP_SECRET is too regular"),
        ({"secret_key": f"changeme{secrets.token_urlsafe(48)}"}, "ACCEDE_SECRET_KEY contains a known default"),
        ({"secret_key": GOOD["totp_secret"]}, "must differ from each other"),
        ({"base_url": ""}, "ACCEDE_BASE_URL is missing"),
        ({"base_url": "http://accede.example.org"}, "does not start with https://"),
        ({"base_url": "https://accede.example.org/?next=x"}, "must be an address such as"),
        ({"debug": True}, "debug mode"),
        ({"demo_data": True}, "ACCEDE_DEMO_DATA"),
        ({"database_url": ""}, "ACCEDE_DATABASE_URL is missing"),
        ({"database_url": "sqlite://"}, "ACCEDE_DATABASE_URL is a database in memory"),
        ({"database_url": "sqlite:///:memory:"}, "database in memory"),
        ({"database_url": "sqlite:///file:x?mode=memory&uri=true"}, "database in memory"),
        ({"read_database_url": "sqlite://"}, "ACCEDE_READ_DATABASE_URL is a database in memory"),
        ({"database_url": "mysql://root@localhost/x"}, "must be a PostgreSQL or SQLite URL"),
        ({"database_url": "nonsense"}, "is not a database URL"),
        ({"smtp_host": ""}, "ACCEDE_SMTP_HOST is missing"),
        ({"mail_from": ""}, "ACCEDE_MAIL_FROM is missing"),
        ({"smtp_password": "x", "smtp_tls": "none"}, "ACCEDE_SMTP_PASSWORD would travel in clear text"),
        ({"session_idle_minutes": 121, "session_max_hours": 2}, "ACCEDE_SESSION_MAX_HOURS"),
        ({"port": 70000}, "ACCEDE_PORT"),
        ({"document_store": "s3://"}, "must be a folder, or s3://bucket/prefix"),
        ({"document_store": "gs://papers"}, "must be a folder, or s3://bucket/prefix"),
        ({"document_limit_mb": 100}, "ACCEDE_UPLOAD_LIMIT_MB must be larger"),
        ({"virus_scanner": "127.0.0.1:3310"}, "must be tcp://host:port or unix:///path"),
        ({"environment": "staging"}, "ACCEDE_ENVIRONMENT"),
    ],
)
def test_production_refuses(changes: dict[str, Any], expected: str) -> None:
    assert expected in refusal(**changes)


def test_flask_debug_is_refused_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert "debug mode" in refusal()


def test_a_bare_environment_is_production_and_reports_everything_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACCEDE_ENVIRONMENT", raising=False)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    for name in ("SECRET_KEY", "PASSWORD_SALT", "TOTP_SECRET", "BASE_URL", "DATABASE_URL", "SMTP_HOST", "MAIL_FROM"):
        assert f"ACCEDE_{name} is missing" in str(refused.value)


def test_neither_refusal_nor_representation_shows_a_secret() -> None:
    secret = "Zm9vYmFy-short-secret"
    assert secret not in refusal(secret_key=secret, database_url=f"nonsense:{secret}")
    shown = repr(load_settings(**GOOD))
    assert not [name for name in ("secret_key", "password_salt", "totp_secret") if GOOD[name] in shown]
    assert "pw@" not in shown


def test_a_credential_file_is_read_where_the_environment_says_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = secrets.token_urlsafe(48)
    (tmp_path / "accede_secret_key").write_text(secret)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    given = {name: value for name, value in GOOD.items() if name != "secret_key"}
    assert load_settings(**given).secret_key == secret


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "accede.example.org"])
def test_demo_refuses_a_public_address(host: str) -> None:
    with pytest.raises(SettingsError, match="loopback"):
        load_settings(environment="demo", host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_demo_runs_on_loopback_with_data_and_sqlite(host: str, tmp_path: Path) -> None:
    settings = load_settings(environment="demo", host=host, port=9000)
    assert settings.demo_data
    assert settings.is_sqlite
    assert settings.application_role is None
    assert settings.base_url == "http://127.0.0.1:9000"
    assert settings.worker_database == tmp_path / "huey.db"


def test_demo_data_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCEDE_DEMO_DATA", "0")
    assert load_settings(environment="demo").demo_data is False


def test_demo_makes_its_secrets_once_and_keeps_them_to_itself(tmp_path: Path) -> None:
    first = load_settings(environment="demo")
    second = load_settings(environment="demo")
    assert first.secret_key == second.secret_key
    assert weakness(first.secret_key) is None
    assert len({first.secret_key, first.password_salt, first.totp_secret}) == 3
    assert (tmp_path / "demo-secrets.json").stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "demo-secrets.json"]


def test_damaged_demo_secrets_are_named(tmp_path: Path) -> None:
    (tmp_path / "demo-secrets.json").write_text(json.dumps({"secret_key": 1}))
    with pytest.raises(ValueError, match="damaged"):
        demo_secrets(tmp_path)


def test_tests_get_secrets_without_files(tmp_path: Path) -> None:
    assert weakness(Settings(environment="test").totp_secret) is None
    assert not list(tmp_path.iterdir())


def test_a_random_secret_of_any_usual_form_is_good() -> None:
    assert [weakness(secrets.token_hex(16)) for _ in range(300)] == [None] * 300
    assert [weakness(secrets.token_urlsafe(24)) for _ in range(300)] == [None] * 300
