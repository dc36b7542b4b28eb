"""Answers of the State to the questions of intake: saved piece by piece, given all at once."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.casework.content import check_task, types_of
from app.casework.content.labels import CORRECTABLE, raw_value
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, CaseQuestion, CaseRevision
from app.casework.perform import Said, lock_case, perform
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Stale
from app.foundation.forms import sentence
from app.foundation.hashchain import canonical
from app.requests.commands import AnswerQuestions, GivenAnswer
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import QuestionFacts
from app.workflow.vocabulary import Action, Section

_MARK_LENGTH = 16


def questions_of_last_round(session: Session, case_id: int) -> Sequence[CaseQuestion]:
    """Return the questions that were asked last, in the order in which they were asked: one statement."""
    last = select(func.max(CaseQuestion.round)).where(CaseQuestion.case_id == case_id).scalar_subquery()
    questions = select(CaseQuestion).where(CaseQuestion.case_id == case_id, CaseQuestion.round == last)
    return session.scalars(questions.order_by(CaseQuestion.id)).all()


def mark_of(questions: Sequence[CaseQuestion]) -> str:
    """Return a mark of what is saved: two people who answer at once must not overwrite each other unseen."""
    saved = [[one.key, one.answer, one.cannot_answer, one.correction] for one in questions]
    return hashlib.sha256(canonical(saved).encode()).hexdigest()[:_MARK_LENGTH]


@use_case
def answer_questions(session: Session, actor: Actor, command: AnswerQuestions) -> None:
    """Save answers; when `finished`, give them: the request goes back to screening.

    Answers that are only saved take no step and stay with the State. Corrected fields become a new revision once the
    answers are given; the one before stays as it was.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Stale: also when somebody else saved answers since the page was shown.
        InvalidCommand: an answer is missing, or a correction cannot be taken.
    """
    case = lock_case(session, actor, command.key, command.version)
    if not policy.may(actor, Action.ANSWER, core_of(session, case, actor)):
        raise Forbidden
    questions, before = _questions_and_revision(session, case.id)
    if mark_of(questions) != command.seen:
        raise Stale(case_key=case.key, seen_version=command.version)
    _save(case, questions, command)
    if not command.finished:
        return
    for one in questions:
        one.answered_by_id, one.answered_at = actor.user_id, now()
    _correct(session, case, actor, questions, before)
    # every question of the round has its answer by now, and an earlier round was answered before this one was asked
    known = {Section.QUESTIONS: QuestionFacts(unanswered=())}
    perform(session, case, Action.ANSWER, actor, command, Said({"questions": len(questions)}), known=known)


def _questions_and_revision(session: Session, case_id: int) -> tuple[Sequence[CaseQuestion], CaseRevision | None]:
    """Return the questions of the last round and what was submitted or answered last: one statement."""
    asked = select(func.max(CaseQuestion.round)).where(CaseQuestion.case_id == case_id).scalar_subquery()
    written = select(func.max(CaseRevision.revision)).where(CaseRevision.case_id == case_id).scalar_subquery()
    latest = and_(CaseRevision.case_id == CaseQuestion.case_id, CaseRevision.revision == written)
    rows = session.execute(
        select(CaseQuestion, CaseRevision)
        .outerjoin(CaseRevision, latest)
        .where(CaseQuestion.case_id == case_id, CaseQuestion.round == asked)
        .order_by(CaseQuestion.id)
    ).all()
    return [row[0] for row in rows], rows[0][1] if rows else None


def _save(case: AssistanceRequest, questions: Sequence[CaseQuestion], command: AnswerQuestions) -> None:
    given = {one.question: (place, one) for place, one in enumerate(command.answers)}
    if not given.keys() <= {one.key for one in questions}:
        raise Stale(case_key=case.key, seen_version=command.version)
    errors = [error for place, one in given.values() for error in _wrong(place, one, command.finished)]
    if command.finished and len(given) < len(questions):
        errors.append(FieldError("answers", "question_unanswered"))
    if errors:
        raise InvalidCommand(*errors)
    for question in questions:
        if question.key in given:
            _, one = given[question.key]
            question.answer, question.cannot_answer = one.answer, one.cannot_answer
            question.correction = one.correction if question.field_path in CORRECTABLE else None


def _wrong(place: int, given: GivenAnswer, finished: bool) -> list[FieldError]:
    if given.answer and given.cannot_answer:
        return [FieldError(f"answers.{place}.cannot_answer", "answered_twice")]
    if finished and not given.complete:
        return [FieldError(f"answers.{place}.answer", "question_unanswered")]
    return []


def _correct(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    questions: Sequence[CaseQuestion],
    before: CaseRevision | None,
) -> None:
    """Write the next revision when the State corrected fields beside its answers."""
    wanted = {
        one.field_path: (place, one.correction) for place, one in enumerate(questions) if one.correction is not None
    }
    if before is None:
        return
    changed = {path: text for path, (_, text) in wanted.items() if text != (raw_value(before.data, path) or "")}
    if not changed:
        return
    data = corrected(before.data, changed)
    _check(data, {path: wanted[path][0] for path in changed})
    session.add(
        CaseRevision(
            case_id=case.id,
            state_id=case.state_id,
            revision=before.revision + 1,
            schema_number=before.schema_number,
            lang=before.lang,
            data=data,
            written_by_id=actor.user_id,
            written_at=now(),
        )
    )
    case.title = data["need"]["title"]


def corrected(data: Mapping[str, Any], changed: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy of `data` with the fields at the paths of `changed` replaced."""
    copy: dict[str, Any] = dict(data)
    for path, text in changed.items():
        head, _dot, rest = path.partition(".")
        copy[head] = corrected(copy.get(head) or {}, {rest: text}) if rest else text
    return copy


def _check(data: Mapping[str, Any], places: Mapping[str, int]) -> None:
    """Refuse a correction that its task does not take, beside the question that it belongs to."""
    errors = []
    for path, place in places.items():
        task, _dot, field = path.partition(".")
        checked = check_task(task, data[task], types_of(data))
        problems = (error for error in (*checked.wrong, *checked.unanswered) if error.path == field)
        errors += [
            FieldError(f"answers.{place}.correction", "correction_wrong", {"why": sentence(problem)})
            for problem in problems
        ]
    if errors:
        raise InvalidCommand(*errors)
