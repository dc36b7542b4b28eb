"""Writing an assessment: part by part, its signature, and another look. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.assessment.answers import PartModel, RightsReviewed, questions_of
from app.assessment.commands import ReopenAssessment, SavePart, SignAssessment, answers_in
from app.assessment.earlier import on_record
from app.assessment.models import Assessment, RightsReview, SavedPart, ScoreRow
from app.assessment.reading import Look, look_at
from app.assessment.score import Score, advice
from app.assessment.scoring import score_now
from app.assessment.vocabulary import Part, Priority, RightsQuestion
from app.casework.audiences import Readership
from app.casework.content import task_model, types_of
from app.casework.content.tasks import RightsConfirmation
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, lock_case, record
from app.casework.queries import latest_revision
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Refused, Stale
from app.reference.settings import PRIORITY_BANDS, setting
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.refusals import RefusalCode
from app.workflow.vocabulary import Action, State


class PartChanged(Stale):
    """Somebody else saved the part after the page was shown; what was typed can be saved over it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The request that is assessed, as the parts need it."""

    case: AssistanceRequest
    data: Mapping[str, Any]

    @property
    def confirms(self) -> bool:
        """Whether one confirmation stands for the six rights questions."""
        return confirms(self.data)


def confirms(data: Mapping[str, Any]) -> bool:
    """Tell whether a request is for only tools or an online course, and gives one confirmation."""
    return task_model("rights", types_of(data)) is RightsConfirmation


@use_case
def save_part(session: Session, actor: Actor, part: Part, command: SavePart) -> None:
    """Save one part of the current look; the row that it replaces stays.

    Raises:
        PartChanged: somebody saved this part since the page was shown.
        Stale: the case is no longer in review, or the assessment was signed in the meantime.
        InvalidCommand: it is meant to be complete, and something is open.
        NotFound, Forbidden: see `lock_case`; only the assigned officer assesses.
    """
    case, look = _to_write(session, actor, command.key)
    held = look.parts.get(part)
    if command.version != (held.row.version if held else 0):
        raise PartChanged(case_key=case.key, seen_version=case.version)
    asked = _asked(session, case)
    answers = _shaped(part, answers_in(part, command), asked)
    errors = list(open_in(session, actor, asked.case, asked.data, look, part, answers))
    if command.finished and errors:
        raise InvalidCommand(*errors)
    if held is not None and held.answers == answers and held.row.complete == (not errors):
        return
    row = _current(session, case, actor, look)
    if held is not None:
        held.row.superseded_at = now()
        session.flush()
    row.version += 1
    _store(session, row, part, answers, actor, version=held.row.version + 1 if held else 1, complete=not errors)


@use_case
def sign(session: Session, actor: Actor, command: SignAssessment) -> None:
    """Sign the assessment as the page showed it; what the score gave, and why, is kept with it.

    Whoever signs is not independent on this case any more (process, People).

    Raises:
        Stale: a part was saved since, it is signed already, or the case is no longer in review.
        Refused: a part is missing.
        InvalidCommand: the priority departs from what the score advises now, without a reason.
        NotFound, Forbidden: see `lock_case`; only the assigned officer assesses.
    """
    case, look = _to_write(session, actor, command.key)
    row = look.row
    if look.open_parts or row is None:
        raise Refused([(f"refusal.{RefusalCode.ASSESSMENT_INCOMPLETE.value}", {})])
    if row.version != command.version:
        raise Stale(case_key=case.key, seen_version=case.version)
    judged, score = look.answers(Part.PRIORITY), _score(session, actor, case, _asked(session, case).data, look)
    advised = advised_by(session, score)
    if judged.priority is not advised and not judged.reason:
        raise InvalidCommand(FieldError("version", "departure_needs_reason"))
    case.score = score.total
    said = Said({"assessment": row.number, "score": score.total}, seen_by=Readership.TPB_ONLY)
    record(session, case, Action.ASSESS, actor, said, bump=True)
    _write_signature(row, actor, case.history_seq, look, score, advised)
    session.execute(insert(ScoreRow).values([_score_row(row, one) for one in score.parts]))


@use_case
def reopen(session: Session, actor: Actor, command: ReopenAssessment) -> None:
    """Take a signed assessment up again: the signed one stays as it is, a copy of it can be changed and signed anew.

    Raises:
        Stale: it was taken up again already, or the case is no longer in review.
        NotFound, Forbidden: see `lock_case`; only the assigned officer assesses.
    """
    case, look = _to_write(session, actor, command.key, signed=True)
    if look.row is None or look.row.version != command.version:
        raise Stale(case_key=case.key, seen_version=case.version - 1)
    case.score = None
    said = Said({"assessment_reopened": look.row.number}, seen_by=Readership.TPB_ONLY)
    record(session, case, Action.ASSESS, actor, said, bump=True)
    _take_over(session, _next(session, look.row, actor), look)


def begin_again(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of `reassess` and `reconsider`: a new look begins, in which nothing is found yet; the old one stays."""
    del command
    held = session.scalars(
        select(Assessment).where(Assessment.case_id == case.id, Assessment.closed_at.is_(None))
    ).one_or_none()
    case.score = None
    if held is not None:
        _next(session, held, actor)


def open_in(
    session: Session,
    actor: Actor,
    case: AssistanceRequest,
    data: Mapping[str, Any],
    look: Look,
    part: Part,
    answers: Any,
) -> Iterator[FieldError]:
    """Yield what is open in `answers` to `part`, by itself and beside what is on record."""
    yield from answers.open_answers()
    had_none = part is Part.EARLIER_ASSISTANCE and answers.similar is False and not answers.remark
    if had_none and on_record(session, actor, case, types_of(data)).similar_lately:
        yield FieldError("remark", "record_says_otherwise")
    if part is Part.PRIORITY and answers.priority is not None and not answers.reason:
        score = score_now(session, actor, case, data, look.answers(Part.EARLIER_ASSISTANCE), answers)
        if answers.priority is not advised_by(session, score):
            yield FieldError("reason", "departure_needs_reason")


def advised_by(session: Session, score: Score) -> Priority:
    """Return the priority that a score advises by the bands in force."""
    bands: dict[str, int] = setting(session, PRIORITY_BANDS)
    return advice(score.total, bands)


def _to_write(session: Session, actor: Actor, key: str, *, signed: bool = False) -> tuple[AssistanceRequest, Look]:
    """Lock the case and read its current look, which must be signed or not as `signed` says."""
    case = lock_case(session, actor, key)
    if case.state is not State.IN_REVIEW:
        raise Stale(case_key=case.key, seen_version=case.version - 1)
    if not policy.may(actor, Action.ASSESS, core_of(session, case, actor)):
        raise Forbidden
    look = look_at(session, case.id)
    if look.signed is not signed:
        raise Stale(case_key=case.key, seen_version=case.version - 1)
    return case, look


def _asked(session: Session, case: AssistanceRequest) -> _Asked:
    revision = latest_revision(session, case.id)
    return _Asked(case, revision.data if revision else {})


def _shaped(part: Part, answers: PartModel, asked: _Asked) -> PartModel:
    """Leave of the rights review what is asked of this request."""
    if part is Part.RIGHTS_REVIEW and isinstance(answers, RightsReviewed):
        return answers.asking(questions_of(confirms=asked.confirms))
    return answers


def _score(session: Session, actor: Actor, case: AssistanceRequest, data: Mapping[str, Any], look: Look) -> Score:
    earlier, judged = look.answers(Part.EARLIER_ASSISTANCE), look.answers(Part.PRIORITY)
    return score_now(session, actor, case, data, earlier, judged)


def _current(session: Session, case: AssistanceRequest, actor: Actor, look: Look) -> Assessment:
    if look.row is not None:
        return look.row
    row = Assessment(case_id=case.id, state_id=case.state_id, begun_by_id=actor.user_id, version=0)
    session.add(row)
    return row


def _next(session: Session, held: Assessment, actor: Actor) -> Assessment:
    """Close a look and begin the next."""
    session.execute(update(Assessment).where(Assessment.id == held.id).values(closed_at=now()))
    following = select(func.max(Assessment.number) + 1).where(Assessment.case_id == held.case_id).scalar_subquery()
    row = Assessment(
        case_id=held.case_id, state_id=held.state_id, number=following, begun_by_id=actor.user_id, version=1
    )
    session.add(row)
    session.flush()
    return row


def _store(
    session: Session, row: Assessment, part: Part, answers: PartModel, actor: Actor, *, version: int, complete: bool
) -> None:
    session.flush()
    saved = SavedPart(
        case_id=row.case_id,
        state_id=row.state_id,
        assessment_id=row.id,
        part=part,
        version=version,
        complete=complete,
        data=_data(answers),
        saved_by_id=actor.user_id,
    )
    session.add(saved)
    session.flush()
    _store_findings(session, saved.id, row, answers)


def _take_over(session: Session, row: Assessment, look: Look) -> None:
    """Copy the parts of `look` into a new one: who saved them and when stays with them."""
    kept = ("case_id", "state_id", "part", "complete", "data", "saved_by_id", "saved_at")
    parts = [{name: getattr(one.row, name) for name in kept} for one in look.parts.values()]
    session.execute(insert(SavedPart).values([one | {"assessment_id": row.id, "version": 1} for one in parts]))
    rights = select(SavedPart.id).where(SavedPart.assessment_id == row.id, SavedPart.part == Part.RIGHTS_REVIEW)
    _store_findings(session, session.scalars(rights).one(), row, look.answers(Part.RIGHTS_REVIEW))


def _data(answers: PartModel) -> dict[str, Any]:
    findings = set(RightsQuestion) if isinstance(answers, RightsReviewed) else set()
    return answers.model_dump(mode="json", exclude={question.value for question in findings})


def _store_findings(session: Session, part_id: int, row: Assessment, answers: PartModel) -> None:
    if not isinstance(answers, RightsReviewed):
        return
    children = {"case_id": row.case_id, "state_id": row.state_id, "part_id": part_id}
    found = [
        children | {"question": question, "finding": one.finding, "remark": one.remark}
        for question, one in answers.findings.items()
    ]
    session.execute(insert(RightsReview).values(found))


def _write_signature(row: Assessment, actor: Actor, seq: int, look: Look, score: Score, advised: Priority) -> None:
    cost = look.answers(Part.COST_ESTIMATE).value
    row.signed_at, row.signed_by_id, row.signed_seq = now(), actor.user_id, seq
    row.on_behalf_of_id = actor.on_behalf_of.user_id if actor.on_behalf_of else None
    row.priority, row.advised, row.score = look.answers(Part.PRIORITY).priority, advised, score.total
    row.cost_minor, row.cost_currency = cost.minor, cost.currency


def _score_row(row: Assessment, one: Any) -> dict[str, Any]:
    return {
        "case_id": row.case_id,
        "state_id": row.state_id,
        "assessment_id": row.id,
        "part": one.part,
        "points": one.points,
        "most": one.most,
        "why": {"code": one.code, "params": dict(one.params)},
    }
