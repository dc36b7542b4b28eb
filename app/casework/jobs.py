"""Nightly upkeep of the histories: a signed checkpoint of all heads, and a comparison of projections with history."""

import structlog
from flask import current_app
from sqlalchemy import select

from app.casework.models import AssistanceRequest
from app.casework.projection import compare
from app.casework.verify import latest_checkpoint, read_checkpoint, verify_all, write_checkpoint
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import Actor
from config.settings import Settings

log = structlog.get_logger(__name__)

#: Cases compared per statement.
BATCH = 200
FOLDER = "checkpoints"


def check_histories(actor: Actor) -> int:
    """Verify every history against the last checkpoint, and every projection against its history.

    What is wrong is logged by key and left as it is: a person decides.

    Args:
        actor: the scheduler, who sees every case.

    Returns:
        How many faults were found.
    """
    settings: Settings = current_app.extensions["settings"]
    session = read_session()
    bind_scope(session, scope_of(actor))
    marked = latest_checkpoint(settings.data_dir / FOLDER)
    report = verify_all(session, read_checkpoint(marked, settings.secret_key) if marked else None)
    for finding in report.findings:
        log.error("history_broken", case_key=finding.case_key, seq=finding.seq, code=finding.problem)
    return len(report.findings) + _compare_all(actor)


def _compare_all(actor: Actor) -> int:
    session = read_session()
    bind_scope(session, scope_of(actor))
    last = faults = 0
    while batch := session.scalars(
        select(AssistanceRequest).where(AssistanceRequest.id > last).order_by(AssistanceRequest.id).limit(BATCH)
    ).all():
        for case in batch:
            if wrong := compare(session, case):
                faults += 1
                log.error("projection_differs", case_key=case.key, code=",".join(wrong))
        last = batch[-1].id
        session.expunge_all()
    return faults


def checkpoint(actor: Actor) -> None:
    """Write the heads of all histories, signed, beside the database."""
    settings: Settings = current_app.extensions["settings"]
    session = read_session()
    bind_scope(session, scope_of(actor))
    write_checkpoint(session, settings.data_dir / FOLDER, settings.secret_key)
