"""Answers that no longer hold once a request goes back to review, because something changed in substance."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.casework.commands import SaysWhatChanged
from app.casework.models import AssistanceRequest
from app.coordination.models import Consultation
from app.workflow.actor import Actor


def void_answers(session: Session, case: AssistanceRequest, actor: Actor, command: SaysWhatChanged) -> None:
    """Effect of the ways back to review: the answers that the chief named no longer hold, their bodies are asked again.

    What nobody answered yet, and consultations of other cases, are left alone.
    """
    del actor
    if not command.again:
        return
    named = (
        Consultation.case_id == case.id,
        Consultation.key.in_(command.again),
        Consultation.closed_at.is_not(None),
    )
    changed = update(Consultation).where(*named).values(stands=False, version=Consultation.version + 1)
    session.execute(changed, execution_options={"synchronize_session": False})
