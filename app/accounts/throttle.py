"""Back-off after failed tries, by account and by address, in a table that all processes share. No lock-out.

A try is counted before it is looked at and forgiven when it succeeds, so that many tries at once do not slip through.
What is slowed down is what was typed, whether such an account exists or not.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.models import SignInFailure
from app.foundation.clock import now
from app.foundation.db import insert_unless_there, write_transaction
from app.foundation.errors import TooManyTries

#: After an hour without a failed try the count starts again.
FORGOTTEN_AFTER: Final = timedelta(hours=1)
_IPV4_PREFIX, _IPV6_PREFIX = 24, 48


@dataclass(frozen=True, slots=True)
class Pace:
    """How a scope slows down.

    Attributes:
        free: failed tries without a delay.
        longest: seconds, the delay never grows beyond.
    """

    free: int
    longest: int

    def delay(self, failures: int) -> timedelta:
        """Return how long nobody listens after that many failures in a row: 1, 2, 4, 8 ... seconds."""
        beyond = failures - self.free
        return timedelta(seconds=min(2 ** min(beyond - 1, 30), self.longest)) if beyond > 0 else timedelta(0)


#: An office shares one address, so an address may fail more often than an account.
PACES: Final = {"account": Pace(free=5, longest=300), "address": Pace(free=30, longest=900)}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is slowed down: (scope, keyed digest of an address or of what was typed)."""

    scope: str
    digest: str


def account(typed: str) -> Subject:
    """Return the subject for an account as it was named by who tries."""
    return Subject("account", _digest("account:" + typed))


def address(remote: str | None) -> Subject:
    """Return the subject for the network that a request comes from."""
    return Subject("address", _digest("address:" + (network_of(remote) or "unknown")))


def network_of(remote: str | None) -> str | None:
    """Return the network of an address (/24 or /48): enough to recognise a place, not a person."""
    try:
        parsed = ipaddress.ip_address(remote or "")
    except ValueError:
        return None
    length = _IPV4_PREFIX if parsed.version == 4 else _IPV6_PREFIX
    return str(ipaddress.ip_network(f"{parsed}/{length}", strict=False))


def claim(subjects: Sequence[Subject]) -> None:
    """Count one try for each of `subjects`.

    Raises:
        TooManyTries: one of them has to wait; the try is not counted then.
    """
    at = now()
    with write_transaction(None) as session:
        rows = [_locked(session, subject, at) for subject in sorted(subjects, key=lambda one: (one.scope, one.digest))]
        waits = [row.blocked_until - at for row in rows if row.blocked_until is not None and row.blocked_until > at]
        if waits:
            raise TooManyTries(max(1, math.ceil(max(waits).total_seconds())))
        for row in rows:
            row.failures = 1 if row.last_at < at - FORGOTTEN_AFTER else row.failures + 1
            row.last_at = at
            delay = PACES[row.scope].delay(row.failures)
            row.blocked_until = at + delay if delay else None


def forgive(session: Session, subjects: Sequence[Subject]) -> None:
    """Take back what `claim` counted for a try that succeeded: an account starts afresh, an address gets one back."""
    for subject in subjects:
        here = (SignInFailure.scope == subject.scope, SignInFailure.subject == subject.digest)
        if subject.scope == "account":
            session.execute(delete(SignInFailure).where(*here))
        else:
            fewer = update(SignInFailure).where(*here, SignInFailure.failures > 0)
            session.execute(fewer.values(failures=SignInFailure.failures - 1, blocked_until=None))


def forget_old(session: Session) -> None:
    """Delete counts that no longer slow anybody down; for the nightly clean-up."""
    session.execute(delete(SignInFailure).where(SignInFailure.last_at < now() - FORGOTTEN_AFTER))


def _locked(session: Session, subject: Subject, at: datetime) -> SignInFailure:
    new = insert_unless_there(session, SignInFailure).values(
        scope=subject.scope, subject=subject.digest, failures=0, last_at=at
    )
    session.execute(new.on_conflict_do_nothing())
    here = (SignInFailure.scope == subject.scope, SignInFailure.subject == subject.digest)
    return session.scalars(select(SignInFailure).where(*here).with_for_update()).one()


def _digest(text: str) -> str:
    key = str(current_app.config["SECURITY_PASSWORD_SALT"]).encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
