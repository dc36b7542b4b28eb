"""Scheduled jobs of the case: nightly upkeep of the histories, and what is told of limits."""

from collections.abc import Callable, Iterable

import structlog
from flask import current_app

from app.casework.checking import Checked, faults_of, keep_check
from app.casework.commands import RaiseAlerts
from app.casework.escalating import alert_candidates, raise_alerts
from app.casework.verify import latest_checkpoint, read_checkpoint, verify_all, write_checkpoint
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.foundation.errors import AccedeError
from app.workflow.actor import Actor
from config.settings import Settings

log = structlog.get_logger(__name__)

FOLDER = "checkpoints"


def check_histories(actor: Actor) -> int:
    """Verify every history against the last checkpoint, and every projection against its history; keep what differs.

    Args:
        actor: the scheduler, who sees every case.

    Returns:
        How many faults were found.
    """
    settings: Settings = current_app.extensions["settings"]
    session, started_at = read_session(), now()
    bind_scope(session, scope_of(actor))
    marked = latest_checkpoint(settings.data_dir / FOLDER)
    report = verify_all(session, read_checkpoint(marked, settings.secret_key) if marked else None)
    faults = faults_of(actor, report)
    session.rollback()
    keep_check(actor, Checked(started_at=started_at, histories=report.cases, entries=report.rows, faults=faults))
    return len(faults)


def checkpoint(actor: Actor) -> None:
    """Write the heads of all histories, signed, beside the database."""
    settings: Settings = current_app.extensions["settings"]
    session = read_session()
    bind_scope(session, scope_of(actor))
    write_checkpoint(session, settings.data_dir / FOLDER, settings.secret_key)


def escalate(actor: Actor) -> None:
    """Tell of limits that came near or passed, and of consultations that wait too long (process, Limits)."""
    each_case(alert_candidates(actor), lambda key: raise_alerts(actor, RaiseAlerts(key=key)))


def each_case(keys: Iterable[str], act: Callable[[str], None]) -> None:
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
