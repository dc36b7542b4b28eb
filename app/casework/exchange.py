"""What was asked and what the State answered, old and new beside each other, for whoever may read it.

Answers that the State saved and did not give yet are shown to nobody here, and nothing at all to bodies that are only
consulted (process, Audiences).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, false, func, select, true
from sqlalchemy import Row as ResultRow
from sqlalchemy import case as case_when
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.audiences import readable_by
from app.casework.content.labels import OTHER, Row, Shown, label_of, raw_value, value_of
from app.casework.models import AssistanceRequest, CaseQuestion, CaseRevision
from app.casework.questions import is_open
from app.foundation.formatting import plain_text
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience

#: Questions on the page of a case; the rest stand on a page of their own, so many at a time.
BESIDE_THE_CASE = 5
PAGE = 10
#: No request has more questions; a greater number in an address was written by hand.
MOST = 1_000_000
#: Made once: to make one copies every column.
_ASKED_BY, _ANSWERED_BY = aliased(User), aliased(User)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with what the field said when it was asked and what it says now.

    Attributes:
        has_field: it is about one field, not about the request as a whole.
        unread: this reader asked it, or has the case, and has not said to have read the answer.
        over: the request went on without an answer.
    """

    number: int
    key: str
    path: str
    label: str
    text: str
    blocking: bool
    has_field: bool
    before: Shown
    now: Shown
    changed: bool
    asked_at: datetime
    asked_by: str | None
    due_on: date | None
    answered_at: datetime | None
    answered_by: str | None
    answer: str
    cannot_answer: str
    unread: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """Questions of a case, the last first.

    Attributes:
        total: how many there are.
        open: for how many somebody waits.
        unread: how many answers this reader has yet to read, on whatever page they stand.
        older: number to go on before; None when nothing is left.
    """

    questions: Sequence[QuestionView]
    total: int = 0
    open: int = 0
    unread: int = 0
    older: int | None = None

    def __bool__(self) -> bool:
        return self.total > 0


def exchange_of(
    session: Session,
    actor: Actor,
    case: AssistanceRequest,
    present: CaseRevision | None,
    *,
    limit: int = BESIDE_THE_CASE,
    before: int | None = None,
) -> Exchange:
    """Return questions about `case`: one statement.

    Beside the case what this reader has to read comes first, then the last that was asked; on the pages of all
    questions they stand in their order, the last first.

    Args:
        present: what the request holds now.
        limit: how many questions at most.
        before: only questions with a lower number; the first one asked is number 1.
    """
    if Audience.STATE_TPB not in readable_by(actor):
        return Exchange(())
    rows = _rows(session, actor, case, present, limit, before)
    if not rows:
        return Exchange(())
    held = {row[0].revision: row.earlier for row in rows if row.earlier is not None}
    reading = _Reading(actor, case, present.data if present else {}, held)
    last = rows[-1].number
    return Exchange(
        [reading.view(row.number, row[0], row.asked_by, row.answered_by) for row in rows],
        rows[0].total,
        rows[0].waiting,
        rows[0].unread,
        last if last > 1 else None,
    )


def exchange_rows(exchange: Exchange) -> Iterator[Row]:
    """Yield questions and answers as rows of two columns, in the order in which they were asked, for paper."""
    for one in reversed(exchange.questions):
        yield Row(str(_("Question: %(field)s", field=one.label)), plain_text(one.text), one.path)
        if one.changed:
            yield Row(str(_("Before")), one.before, one.path)
            yield Row(str(_("Now")), one.now, one.path)
        if one.cannot_answer:
            yield Row(str(_("Why it cannot be answered")), plain_text(one.cannot_answer), one.path)
        elif one.answer or not one.changed:
            yield Row(str(_("Answer")), plain_text(one.answer) if one.answer else None, one.path)


def unread_by(actor: Actor, case: AssistanceRequest) -> ColumnElement[bool]:
    """Return the condition on `case_questions` that this reader has an answer to read.

    Answers come back to whoever asked; and to the officer of the case, who may be another by now.
    """
    if not actor.is_tpb:
        return false()
    theirs = true() if _has(actor, case) else CaseQuestion.asked_by_id.in_(actor.person_ids)
    return and_(CaseQuestion.answered_at.is_not(None), CaseQuestion.read_at.is_(None), theirs)


def _has(actor: Actor, case: AssistanceRequest) -> bool:
    return case.officer_id in actor.person_ids


def _rows(
    session: Session,
    actor: Actor,
    case: AssistanceRequest,
    present: CaseRevision | None,
    limit: int,
    before: int | None,
) -> Sequence[ResultRow[Any]]:
    """Return questions, the last first, each with its number, the names of both sides, and the counts of all.

    With them comes what the request held when each was asked, where that is not the present revision.
    """
    counted = (
        select(
            CaseQuestion.id,
            func.row_number().over(order_by=CaseQuestion.id).label("number"),
            func.count().over().label("total"),
            func.count().filter(is_open()).over().label("waiting"),
            func.count().filter(unread_by(actor, case)).over().label("unread"),
        )
        .where(CaseQuestion.case_id == case.id)
        .subquery()
    )
    of_then = and_(CaseRevision.case_id == CaseQuestion.case_id, CaseRevision.revision == CaseQuestion.revision)
    if present is not None:
        of_then = and_(of_then, CaseRevision.revision != present.revision)
    names = (_ASKED_BY.name.label("asked_by"), _ANSWERED_BY.name.label("answered_by"))
    statement = (
        select(CaseQuestion, *names, CaseRevision.data.label("earlier"), *list(counted.c)[1:])
        .join(counted, counted.c.id == CaseQuestion.id)
        .outerjoin(_ASKED_BY, _ASKED_BY.id == CaseQuestion.asked_by_id)
        .outerjoin(_ANSWERED_BY, _ANSWERED_BY.id == CaseQuestion.answered_by_id)
        .outerjoin(CaseRevision, of_then)
        .where(CaseQuestion.case_id == case.id)
    )
    if before is not None:
        statement = statement.where(counted.c.number < min(max(before, 2), MOST))
    elif limit == BESIDE_THE_CASE:
        to_read = and_(unread_by(actor, case), CaseQuestion.case_id == case.id)
        statement = statement.order_by(case_when((to_read, 0), else_=1))
    statement = statement.order_by(counted.c.number.desc())
    return session.execute(statement.limit(limit)).all()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What turns a row into what this reader is shown."""

    actor: Actor
    case: AssistanceRequest
    present: Mapping[str, Any]
    held: Mapping[int | None, Mapping[str, Any]]

    def view(self, number: int, question: CaseQuestion, asked_by: str | None, answered_by: str | None) -> QuestionView:
        """Return one question; of an answer that was not given yet, nothing."""
        given, path = question.answered_at is not None, question.field_path
        before = self.held.get(question.revision, self.present)
        return QuestionView(
            number=number,
            key=question.key,
            path=path,
            label=str(label_of(path)),
            text=question.text,
            blocking=question.blocking,
            has_field=path != OTHER,
            before=value_of(before, path),
            now=value_of(self.present, path),
            changed=raw_value(before, path) != raw_value(self.present, path),
            asked_at=question.asked_at,
            asked_by=asked_by,
            due_on=question.due_on,
            answered_at=question.answered_at,
            answered_by=answered_by if given else None,
            answer=question.answer if given else "",
            cannot_answer=question.cannot_answer if given else "",
            unread=given and question.read_at is None and self._reads(question),
            over=question.closed_at is not None,
        )

    def _reads(self, question: CaseQuestion) -> bool:
        asked = question.asked_by_id in self.actor.person_ids
        return self.actor.is_tpb and (asked or _has(self.actor, self.case))
