"""Scheduled jobs of this slice; composition lists them. Each can be run again at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import structlog

from app.foundation.errors import AccedeError
from app.requests.commands import PurgeDraft, RemindCase
from app.requests.reminding import (
    purge_candidates,
    purge_draft,
    record_deliveries,
    remind_case,
    reminder_candidates,
)
from app.workflow.actor import Actor

log = structlog.get_logger(__name__)


def remind(actor: Actor) -> None:
    """Note which reminders arrived, then send those that are due.

    They are the warnings before a draft is purged, the reminders of a mission that has a request to confirm, and of a
    State that has questions to answer (process, Limits).
    """
    record_deliveries(actor)
    _each(reminder_candidates(actor), lambda key: remind_case(actor, RemindCase(key=key)))


def purge_untouched_drafts(actor: Actor) -> None:
    """Discard the drafts that nobody touched for 180 days and that were warned of twice (process, Steps: purge)."""
    record_deliveries(actor)
    _each(purge_candidates(actor), lambda key: purge_draft(actor, PurgeDraft(key=key)))


def _each(keys: Iterable[str], act: Callable[[str], None]) -> None:
    """Act on every case in a transaction of its own; one that fails does not keep the others waiting.

    Raises:
        Exception: the first unexpected failure, once every case had its turn.
    """
    failure: Exception | None = None
    for key in keys:
        try:
            act(key)
        except AccedeError:
            continue  # it changed meanwhile, or a guard is not met yet: the next run looks again
        except Exception as error:
            log.exception("job failed for one case", case_key=key)
            failure = failure or error
    if failure is not None:
        raise failure
