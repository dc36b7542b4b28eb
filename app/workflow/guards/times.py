"""Rules about limits that passed and windows that are still open."""

from __future__ import annotations

from app.workflow.facts import CaseFacts, required
from app.workflow.model import Guard, guard
from app.workflow.refusals import Refusal, RefusalCode
from app.workflow.vocabulary import LimitKey, Section, Window

REMINDERS_BEFORE_SILENCE_COUNTS = 2


def passed(facts: CaseFacts, key: LimitKey) -> Refusal | None:
    """None once limit `key` runs and has passed at `facts.now`; a paused limit never passes."""
    limit = required(facts.clock, Section.CLOCK).limit(key)
    if limit is not None and limit.due_at is not None and limit.due_at <= facts.now:
        return None
    return Refusal(RefusalCode.LIMIT_NOT_PASSED, {"limit": key.value, "due_at": limit.due_at if limit else None})


def passed_with_reminders(facts: CaseFacts, key: LimitKey, *, notice: bool = False) -> Refusal | None:
    """As `passed`, and two reminders (with `notice`: also the first notice) were delivered, not only sent."""
    if refusal := passed(facts, key):
        return refusal
    limit = required(facts.clock, Section.CLOCK).limit(key)
    delivered = limit.reminders_delivered if limit else 0
    noticed = not notice or (limit is not None and limit.notice_delivered)
    if delivered >= REMINDERS_BEFORE_SILENCE_COUNTS and noticed:
        return None
    return Refusal(RefusalCode.REMINDERS_NOT_DELIVERED, {"limit": key.value, "delivered": delivered})


def within(window: Window) -> Guard:
    """A guard that holds until `window` closes (Steps: revive, reconsider, reopen)."""

    def rule(facts: CaseFacts) -> Refusal | None:
        closes = required(facts.clock, Section.CLOCK).windows.get(window)
        if closes is not None and facts.now < closes:
            return None
        return Refusal(RefusalCode.WINDOW_CLOSED, {"window": window.value, "closed_at": closes})

    rule.__name__ = f"within_{window.value}"
    return guard(Section.CLOCK)(rule)
