"""Scheduled jobs of this slice; composition lists them. Each can be run again at any time."""

from __future__ import annotations

from app.casework.jobs import each_case
from app.requests.commands import PurgeDraft, RemindCase
from app.requests.reminding import (
    purge_candidates,
    purge_draft,
    record_deliveries,
    remind_case,
    reminder_candidates,
)
from app.workflow.actor import Actor


def remind(actor: Actor) -> None:
    """Note which reminders arrived, then send those that are due.

    They are the warnings before a draft is purged, the reminders of a mission that has a request to confirm, and of a
    State that has questions to answer (process, Limits).
    """
    record_deliveries(actor)
    each_case(reminder_candidates(actor), lambda key: remind_case(actor, RemindCase(key=key)))


def purge_untouched_drafts(actor: Actor) -> None:
    """Discard the drafts that nobody touched for 180 days and that were warned of twice (process, Steps: purge)."""
    record_deliveries(actor)
    each_case(purge_candidates(actor), lambda key: purge_draft(actor, PurgeDraft(key=key)))
