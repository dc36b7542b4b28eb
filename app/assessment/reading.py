"""Reading an assessment: one statement brings a look with its parts, the rights review and the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.assessment.answers import MODELS, PartModel
from app.assessment.models import Assessment, RightsReview, SavedPart, ScoreRow
from app.assessment.score import Points, Score
from app.assessment.vocabulary import Part, ScorePart


@dataclass(frozen=True, slots=True)
class PartRead:
    """One part in force.

    Attributes:
        row: as it was saved.
        answers: what it holds.
        by: who saved it.
    """

    row: SavedPart
    answers: PartModel
    by: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a request.

    Attributes:
        row: None while nobody has begun.
        parts: those that were saved.
        signer: who signed it.
        absent: for whom the signer stood in.
    """

    row: Assessment | None = None
    parts: Mapping[Part, PartRead] = field(default_factory=dict)
    signer: str | None = None
    absent: str | None = None

    @property
    def signed(self) -> bool:
        """Whether somebody answers for it."""
        return self.row is not None and self.row.signed_at is not None

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """The parts that `consult` asks for and that are not complete."""
        return tuple(part for part in Part if part.required and not self.complete(part))

    def complete(self, part: Part) -> bool:
        """Whether nothing of `part` is open."""
        return part in self.parts and self.parts[part].row.complete

    def answers(self, part: Part) -> Any:
        """What `part` holds; an empty one where nothing was saved."""
        return self.parts[part].answers if part in self.parts else MODELS[part]()


def look_at(session: Session, case_id: int, number: int | None = None) -> Look:
    """Return a look at a case that the caller may see: one statement.

    Args:
        session: any.
        case_id: of the case.
        number: of an earlier look; None for the current one.
    """
    saver, signer, absent = aliased(User), aliased(User), aliased(User)
    in_force = and_(SavedPart.assessment_id == Assessment.id, SavedPart.superseded_at.is_(None))
    which = Assessment.closed_at.is_(None) if number is None else Assessment.number == number
    statement = (
        select(Assessment, SavedPart, RightsReview, saver.name, signer.name, absent.name)
        .outerjoin(SavedPart, in_force)
        .outerjoin(RightsReview, RightsReview.part_id == SavedPart.id)
        .outerjoin(saver, saver.id == SavedPart.saved_by_id)
        .outerjoin(signer, signer.id == Assessment.signed_by_id)
        .outerjoin(absent, absent.id == Assessment.on_behalf_of_id)
        .where(Assessment.case_id == case_id, which)
    )
    rows = session.execute(statement).all()
    if not rows:
        return Look()
    saved = {row[1].part: (row[1], row[3]) for row in rows if row[1] is not None}
    reviews = {row[2].question.value: {"finding": row[2].finding, "remark": row[2].remark} for row in rows if row[2]}
    parts = {
        part: PartRead(row, MODELS[part].model_validate(row.data | (reviews if part is Part.RIGHTS_REVIEW else {})), by)
        for part, (row, by) in saved.items()
    }
    return Look(rows[0][0], parts, rows[0][4], rows[0][5])


def signed_score(session: Session, assessment_id: int) -> Score:
    """Return the score as it was signed: one statement."""
    rows = session.scalars(select(ScoreRow).where(ScoreRow.assessment_id == assessment_id)).all()
    held = {row.part: row for row in rows}
    return Score(
        tuple(
            Points(part, held[part].points, held[part].most, held[part].why["code"], held[part].why.get("params", {}))
            for part in ScorePart
            if part in held
        )
    )
