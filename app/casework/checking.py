"""The nightly comparison: every history against its chain and the last checkpoint, every projection against history.

What is wrong is logged by key, kept for the auditor, and left as it is: a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, HistoryCheck, HistoryFault
from app.casework.projection import compare
from app.casework.verify import Report
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.foundation.errors import Forbidden, NotFound
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

log = structlog.get_logger(__name__)

#: Cases compared per statement.
BATCH = 200
#: Faults kept of one run; their number is complete.
MOST_KEPT = 500
#: How long a run is kept.
KEPT_FOR = timedelta(days=400)
#: Runs shown.
SHOWN = 30
#: A projection that differs from what the history says.
PROJECTION = "projection"


class Fault(BaseModel):
    """What is wrong with one case; `names` are the projections that differ."""

    model_config = ConfigDict(frozen=True)

    case_key: str
    seq: int
    code: str
    names: tuple[str, ...] = ()


class Checked(BaseModel):
    """What one run came to."""

    model_config = ConfigDict(frozen=True)

    started_at: datetime
    histories: int
    entries: int
    faults: tuple[Fault, ...]


def faults_of(actor: Actor, report: Report) -> tuple[Fault, ...]:
    """Return what `report` found in the histories, and every projection that differs, logged.

    Args:
        actor: the scheduler, who sees every case.
        report: of `verify_all`.
    """
    broken = tuple(Fault(case_key=one.case_key, seq=one.seq, code=one.problem) for one in report.findings)
    for one in broken:
        log.error("history_broken", case_key=one.case_key, seq=one.seq, code=one.code)
    return (*broken, *differing(actor))


def differing(actor: Actor) -> list[Fault]:
    """Return every case whose projections differ from its history, logged.

    Args:
        actor: the scheduler or the operator's command, who sees every case.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    last, found = 0, list[Fault]()
    while batch := session.scalars(
        select(AssistanceRequest).where(AssistanceRequest.id > last).order_by(AssistanceRequest.id).limit(BATCH)
    ).all():
        for case in batch:
            if wrong := compare(session, case):
                log.error("projection_differs", case_key=case.key, code=",".join(wrong))
                found.append(Fault(case_key=case.key, seq=0, code=PROJECTION, names=tuple(wrong)))
        last = batch[-1].id
        session.expunge_all()
    return found


@use_case
def keep_check(session: Session, actor: Actor, checked: Checked) -> None:
    """Keep what a run found; runs older than 400 days go.

    Raises:
        Forbidden: the actor is not the scheduler.
    """
    if not actor.is_system:
        raise Forbidden
    row = HistoryCheck(
        started_at=checked.started_at,
        finished_at=max(now(), checked.started_at),
        histories=checked.histories,
        entries=checked.entries,
        faults=len({one.case_key for one in checked.faults}),
    )
    session.add(row)
    session.flush()
    session.add_all(
        HistoryFault(check_id=row.id, case_key=one.case_key, seq=one.seq, code=one.code, names=", ".join(one.names))
        for one in checked.faults[:MOST_KEPT]
    )
    old = select(HistoryCheck.id).where(HistoryCheck.started_at < now() - KEPT_FOR)
    session.execute(delete(HistoryFault).where(HistoryFault.check_id.in_(old)))
    session.execute(delete(HistoryCheck).where(HistoryCheck.id.in_(old)))


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The last runs, the newest first, and the faults of one of them."""

    runs: Sequence[HistoryCheck]
    shown: HistoryCheck | None
    faults: Sequence[HistoryFault]


def check_page(session: Session, actor: Actor, key: str | None) -> CheckPage:
    """Return the last runs with the faults of the run `key`, of the newest when None: two statements.

    Raises:
        Forbidden: the actor is no auditor.
        NotFound: no run among the last has this key.
    """
    if not actor.has(Role.AUDITOR):
        raise Forbidden
    runs = session.scalars(select(HistoryCheck).order_by(HistoryCheck.id.desc()).limit(SHOWN)).all()
    shown = next((run for run in runs if key in (None, run.key)), None)
    if shown is None and key is not None:
        raise NotFound
    wanted = select(HistoryFault).where(HistoryFault.check_id == (shown.id if shown else 0)).order_by(HistoryFault.id)
    return CheckPage(runs, shown, session.scalars(wanted).all())


def check_figures(session: Session) -> dict[str, float]:
    """Return the figures for `/metrics`: faults of the last run, and how long ago it was; none before the first."""
    last = session.scalars(select(HistoryCheck).order_by(HistoryCheck.id.desc()).limit(1)).first()
    if last is None:
        return {}
    return {"faults": float(last.faults), "seconds_ago": (now() - last.finished_at).total_seconds()}
