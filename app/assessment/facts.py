"""What the guards ask of an assessment."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.assessment.models import Assessment, SavedPart
from app.workflow.facts import AssessmentFacts, CaseCore
from app.workflow.vocabulary import AssessmentPart


def assessment_facts(session: Session, case_id: int, core: CaseCore) -> AssessmentFacts:
    """Provide `Section.ASSESSMENT`: which parts of the current look are missing, and whether it is signed.

    One statement. What an earlier look held does not count: facts changed, or somebody else looks again.
    """
    del core
    complete = and_(
        SavedPart.assessment_id == Assessment.id, SavedPart.superseded_at.is_(None), SavedPart.complete.is_(True)
    )
    statement = (
        select(Assessment.signed_at, SavedPart.part)
        .outerjoin(SavedPart, complete)
        .where(Assessment.case_id == case_id, Assessment.closed_at.is_(None))
    )
    rows = session.execute(statement).all()
    there = {row.part.value for row in rows if row.part is not None}
    missing = tuple(part for part in AssessmentPart if part.value not in there)
    return AssessmentFacts(missing, signed=any(row.signed_at is not None for row in rows))
