"""What the Branch does with notices: see what became of each, and take a link back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.facts import core_of
from app.casework.perform import lock_case
from app.coordination.links.models import ConsultationNotice
from app.coordination.models import Consultation
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import Forbidden, NotFound
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.vocabulary import Action, Role


def may_revoke(actor: Actor, core: CaseCore) -> bool:
    """Tell whether `actor` may take a link back: the officer who records positions, or a chief."""
    return actor.has(Role.BRANCH_CHIEF) or policy.may(actor, Action.RECORD_POSITION, core)


@use_case
def revoke_link(session: Session, actor: Actor, key: str, notice_key: str) -> None:
    """Take the link of one notice back, for good; what was confirmed or answered through it stays.

    Args:
        key: public key of the case.
        notice_key: of the notice.

    Raises:
        NotFound: there is no such notice on a case that this actor may see.
        Forbidden: the actor is neither the officer of the request nor a chief.
    """
    case = lock_case(session, actor, key)
    if not may_revoke(actor, core_of(session, case, actor)):
        raise Forbidden
    wanted = select(ConsultationNotice).where(
        ConsultationNotice.case_id == case.id, ConsultationNotice.key == notice_key
    )
    notice = session.scalars(wanted.with_for_update()).one_or_none()
    if notice is None:
        raise NotFound
    if notice.revoked_at is None:
        notice.revoked_at, notice.revoked_by_id = now(), actor.user_id


def notices_on(session: Session, case_id: int) -> Sequence[Any]:
    """Return the notices of a case with their consultations, the last first: one statement."""
    statement = (
        select(ConsultationNotice, Consultation)
        .join(Consultation, Consultation.id == ConsultationNotice.consultation_id)
        .where(ConsultationNotice.case_id == case_id)
    )
    return session.execute(statement.order_by(ConsultationNotice.id.desc())).all()
