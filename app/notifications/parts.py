"""What the slice needs of the running application: settings, the task queue, and how accounts make their secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.notifications.task_queue import TaskQueue
from config.settings import Settings

#: Answers `link` (a URL, or a path below the base URL) and `secret` (a one-time code) of a message about an account,
#: or None when what the message announces is over. Runs in the short transaction before the mail leaves, may write. The
#: person is None for a mail to the address of an office.
RenderParams = Callable[[Session, User | None, str, Mapping[str, Any]], Mapping[str, str] | None]


@dataclass(frozen=True, slots=True)
class DeliveryPolicy:
    """How patient the sender is.

    Attributes:
        batch: mails leased at once, sent over one connection.
        lease: how long a worker may be silent before another takes its mail; renewed before each mail.
        most_attempts: tries after which a mail is dead and an administrator decides.
        first_pause: after the first failed try; doubled after each further one.
        longest_pause: between two tries of one mail.
        longest_outage_pause: between two tries while the mail server cannot be reached; these do not count as tries.
        timeout: seconds that the mail server may take for one answer.
    """

    batch: int = 20
    lease: timedelta = timedelta(minutes=2)
    most_attempts: int = 12
    first_pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(hours=4)
    longest_outage_pause: timedelta = timedelta(minutes=10)
    timeout: float = 15.0


@dataclass(slots=True)
class Notifications:
    """The parts of this slice that belong to one application."""

    settings: Settings
    queue: TaskQueue
    render_params: RenderParams
    policy: DeliveryPolicy = field(default_factory=DeliveryPolicy)


def parts() -> Notifications:
    """Return the notifications of the running application."""
    found: Notifications = current_app.extensions["notifications"]
    return found
