"""Answers of the State to questions about its request: saved piece by piece, given round by round."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.content import types_of, without_empty
from app.casework.content.paths import inner_path
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, CaseQuestion, CaseRevision
from app.casework.perform import Said, lock_case, perform, record
from app.casework.questions import is_open
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Stale
from app.foundation.forms import sentence
from app.foundation.hashchain import canonical
from app.requests.commands import AnswerQuestions, GivenAnswer
from app.requests.correcting import correctable, differs, lies_in, refused, write_revision
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import QuestionFacts
from app.workflow.vocabulary import Action, Section, State

_MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class OpenRound:
    """Questions that were asked together and wait for their answers.

    Attributes:
        questions: in the order in which they were asked.
        revision: what the request holds now.
        mark: of what is saved and what the request holds: two people who answer at once must not overwrite each other
            unseen, nor an answer what another round changed.
    """

    questions: Sequence[CaseQuestion]
    revision: CaseRevision | None

    @property
    def mark(self) -> str:
        """A mark of what is saved."""
        saved: list[Any] = [[one.key, one.answer, one.cannot_answer, one.correction] for one in self.questions]
        saved.append(self.revision.revision if self.revision else 0)
        return hashlib.sha256(canonical(saved).encode()).hexdigest()[:_MARK_LENGTH]

    @property
    def subject(self) -> str:
        """What tells the clock of this round from that of another, see `casework.questions.Round`."""
        return self.questions[0].key

    @property
    def data(self) -> Mapping[str, Any]:
        """The request as it is, by task."""
        return self.revision.data if self.revision else {}


def open_round(session: Session, case_id: int, number: int | None = None) -> OpenRound:
    """Return one round that waits for answers, with the request as it is now: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
        number: of the round; None for the one that matters most: a blocking one, else the oldest.
    """
    blocking = select(func.min(CaseQuestion.round)).where(
        CaseQuestion.case_id == case_id, is_open(), CaseQuestion.blocking
    )
    oldest = select(func.min(CaseQuestion.round)).where(CaseQuestion.case_id == case_id, is_open())
    first = func.coalesce(blocking.scalar_subquery(), oldest.scalar_subquery())
    written = select(func.max(CaseRevision.revision)).where(CaseRevision.case_id == case_id).scalar_subquery()
    latest = and_(CaseRevision.case_id == CaseQuestion.case_id, CaseRevision.revision == written)
    rows = session.execute(
        select(CaseQuestion, CaseRevision)
        .outerjoin(CaseRevision, latest)
        .where(CaseQuestion.case_id == case_id, is_open(), CaseQuestion.round == (first if number is None else number))
        .order_by(CaseQuestion.id)
    ).all()
    return OpenRound([row[0] for row in rows], rows[0][1] if rows else None)


@use_case
def answer_questions(session: Session, actor: Actor, command: AnswerQuestions) -> None:
    """Save answers to one round of questions; when `finished`, give them to whoever asked.

    Answers that are only saved take no step and stay with the State. A returned request goes back to screening; one
    that is worked on stays where it is, and its clock goes on if the questions stopped it. Changed fields become a new
    revision once the answers are given; the one before stays as it was.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Stale: also when somebody else saved or gave answers since the page was shown.
        InvalidCommand: an answer is missing, or a change cannot be taken.
    """
    case = lock_case(session, actor, command.key)
    action = Action.ANSWER if case.state is State.RETURNED else Action.ANSWER_QUESTION
    if action is Action.ANSWER and case.version != command.version:
        raise Stale(case_key=case.key, seen_version=command.version)
    if not policy.may(actor, action, core_of(session, case, actor)):
        raise Forbidden
    asked = open_round(session, case.id, command.round)
    if not asked.questions or asked.mark != command.seen:
        raise Stale(case_key=case.key, seen_version=command.version)
    changed = _save(case, asked, command)
    if command.finished:
        _give(session, case, actor, command, asked, changed)


def _save(case: AssistanceRequest, asked: OpenRound, command: AnswerQuestions) -> dict[str, Any]:
    """Keep what was entered; return the new values by path."""
    places = {one.question: place for place, one in enumerate(command.answers)}
    if not places.keys() <= {one.key for one in asked.questions}:
        raise Stale(case_key=case.key, seen_version=command.version)
    for question in asked.questions:
        if question.key in places:
            _keep(question, command.answers[places[question.key]], asked.data)
    changed = {one.field_path: one.correction for one in asked.questions if one.correction is not None}
    place_of = {one.field_path: places[one.key] for one in asked.questions if one.key in places}
    errors = [error for one in asked.questions for error in _missing(one, places.get(one.key), command.finished)]
    for path, error in refused(asked.data, changed, finished=command.finished):
        errors.append(_beside(error, place_of.get(path), path))
    if errors:
        raise InvalidCommand(*errors)
    return changed


def _keep(question: CaseQuestion, given: GivenAnswer, data: Mapping[str, Any]) -> None:
    question.answer, question.cannot_answer = given.answer, given.cannot_answer
    if given.changes and correctable(question.field_path, types_of(data)):
        value = without_empty({"is": given.correction}).get("is", "")
        question.correction = value if differs(data, question.field_path, value) else None


def _missing(question: CaseQuestion, place: int | None, finished: bool) -> list[FieldError]:
    if question.answer and question.cannot_answer:
        return [FieldError(f"answers.{place}.cannot_answer", "answered_twice")]
    if not finished or question.answer or question.cannot_answer or question.correction is not None:
        return []
    return [FieldError("answers" if place is None else f"answers.{place}.answer", "question_unanswered")]


def _beside(error: FieldError, place: int | None, path: str) -> FieldError:
    """Return what a task refuses as an error of the input beside its question, where only that field can be changed."""
    field = inner_path(path)
    if lies_in(error.path, field):
        inside = error.path.removeprefix(field)
        return FieldError(f"answers.{place}.correction{inside}", error.code, error.params)
    return FieldError(f"answers.{place}.correction", "correction_wrong", {"why": sentence(error)})


def _give(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    command: AnswerQuestions,
    asked: OpenRound,
    changed: Mapping[str, Any],
) -> None:
    """Give the answers of a round back to who asked."""
    waiting = QuestionFacts(unanswered=tuple(one.key for one in asked.questions))
    for one in asked.questions:
        one.answered_by_id, one.answered_at = actor.user_id, now()
    payload: dict[str, Any] = {"questions": len(asked.questions)}
    if changed and asked.revision is not None:
        payload["revision"] = write_revision(session, case, actor, asked.revision, changed)
    if case.state is State.RETURNED:
        # A returned request waits for one round only: earlier ones were answered, or closed when it went on.
        answered = {Section.QUESTIONS: QuestionFacts(unanswered=())}
        perform(session, case, Action.ANSWER, actor, command, Said(payload), known=answered)
        return
    # Whoever asked is told as well as the officer who has the case now.
    askers = frozenset(one.asked_by_id for one in asked.questions if one.asked_by_id is not None)
    # A changed request is told to all who read it; that a question was answered is an affair of State and Branch.
    readers = None if "revision" in payload else Readership.STATE_TPB
    said = Said({**payload, "subject": asked.subject}, also=askers, seen_by=readers)
    record(session, case, Action.ANSWER_QUESTION, actor, said, bump=True, known={Section.QUESTIONS: waiting})
