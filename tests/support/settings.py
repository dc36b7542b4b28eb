"""Settings of the instance under test."""

from __future__ import annotations

from typing import Any

from config.settings import Settings
from tests.support.databases import Database
from tests.support.run import data_folder, reserved_port


def base_url() -> str:
    """The address at which `live_server` of this process listens; links in mails and redirects use it."""
    return f"http://127.0.0.1:{reserved_port('web')}"


def settings_for(database: Database, **overrides: Any) -> Settings:
    """Settings for `database`; mail goes to where `smtp_server` listens when a test asks for it."""
    folder = data_folder()
    values: dict[str, Any] = {
        "environment": "test",
        "database_url": database.url,
        "database_owner_url": database.owner_url,
        "read_database_url": database.url,
        "base_url": base_url(),
        "data_dir": folder,
        "worker_database": folder / "huey.db",
        "redis_url": "",
        "smtp_host": "127.0.0.1",
        "smtp_port": reserved_port("mail"),
        "smtp_user": "",
        "smtp_password": "",
        "smtp_tls": "none",
        "mail_from": "accede@example.org",
        "demo_data": False,
        "log_level": "WARNING",
    }
    return Settings(**(values | overrides))
