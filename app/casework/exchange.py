"""What intake asked and the State answered, for everybody who may read what passes between the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.audiences import readable_by
from app.casework.content.labels import Row, label_of
from app.casework.models import CaseQuestion
from app.foundation.formatting import plain_text
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience

Section = tuple[str, Sequence[Row]]


def exchange_of(session: Session, actor: Actor, case_id: int) -> list[Section]:
    """Return all rounds of questions with their answers as one section of a case's page; nothing when none was asked.

    Answers that the State saved and did not give yet are not shown, and nothing to bodies that are only consulted
    (process, Audiences). One statement.
    """
    if Audience.STATE_TPB not in readable_by(actor):
        return []
    asked = session.scalars(select(CaseQuestion).where(CaseQuestion.case_id == case_id).order_by(CaseQuestion.id))
    rows = [row for question in asked for row in _rows(question)]
    return [(_("Questions and answers"), rows)] if rows else []


def _rows(question: CaseQuestion) -> Iterator[Row]:
    path = question.field_path
    yield Row(_("Question: %(field)s", field=label_of(path)), plain_text(question.text), path)
    if question.answered_at is None:
        yield Row(_("Answer"), None, path)
    elif question.answer:
        yield Row(_("Answer"), plain_text(question.answer), path)
    else:
        yield Row(_("Why it cannot be answered"), plain_text(question.cannot_answer), path)
