"""Use cases: figures and values with the day from which they count, each in the chain of settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.security_history import record
from app.administration.commands import ChangeLimit, ChangeSetting
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand
from app.reference.limits import set_limit
from app.reference.settings import set_setting
from app.workflow.actor import Actor


@use_case
def change_limit(session: Session, actor: Actor, command: ChangeLimit) -> None:
    """Change a limit for stays that begin on the named day or later (process, Limits).

    Raises:
        Forbidden: the actor is no administrator.
        InvalidCommand: the day has begun somewhere, or the figures contradict each other.
    """
    set_limit(session, actor, command.key, command.amounts, command.valid_from, command.reason)
    figures = command.amounts.model_dump(mode="json", exclude_none=True)
    _note(session, actor, "limit_changed", command, {"limit": command.key.value, "figures": figures})


@use_case
def change_setting(session: Session, actor: Actor, command: ChangeSetting) -> None:
    """Change a setting from the beginning of the named day (UTC).

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such setting.
        InvalidCommand: the day has begun, or lies before a change that was made already, or the value has another form.
    """
    if command.valid_from <= now().date():
        raise InvalidCommand(FieldError("valid_from", "setting_day_begun"))
    start = datetime.combine(command.valid_from, time(), tzinfo=UTC)
    set_setting(session, actor, command.key, command.value, start, command.reason)
    _note(session, actor, "setting_changed", command, {"setting": command.key, "value": command.value})


def _note(
    session: Session, actor: Actor, action: str, command: ChangeLimit | ChangeSetting, said: Mapping[str, Any]
) -> None:
    """Add the change to the chain: figures and codes; of the reason a digest, as its text stands in the row."""
    reason = sha256(command.reason.encode()).hexdigest()
    record(session, actor, action, payload={**said, "valid_from": command.valid_from.isoformat(), "reason": reason})
