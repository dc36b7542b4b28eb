"""What became of the assistance: the State answers half a year and a year after its request was closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.audiences import Readership
from app.casework.content.display import joined, text
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, CaseType
from app.casework.page import CasePage
from app.casework.perform import Said, lock_case, record
from app.casework.texts import TYPE_TEXTS
from app.delivery.evaluation.commands import AnswerLookBack
from app.delivery.evaluation.models import LookBack
from app.delivery.evaluation.texts import BECAME_TEXTS
from app.delivery.evaluation.vocabulary import Became
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.foundation.formatting import number
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, AssistanceType


@dataclass(frozen=True, slots=True)
class LookBackView:
    """One look-back in words; without rows while the State has not answered."""

    row: LookBack
    by: str | None
    rows: Sequence[Mapping[str, Any]]


@use_case
def answer_look_back(session: Session, actor: Actor, command: AnswerLookBack) -> None:
    """Keep what the State says of the latest look-back for which it was asked; earlier open ones are settled with it.

    Raises:
        InvalidCommand: a type of assistance of the request is missing.
        NotFound, Stale, Forbidden, Refused: see `lock_case` and `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    if not policy.may(actor, Action.ANSWER_LOOK_BACK, core_of(session, case, actor)):
        raise Forbidden
    asked = session.scalars(_open(case).order_by(LookBack.since, LookBack.number)).all()
    said = Said({"look_backs": [one.number for one in asked]}, seen_by=Readership.STATE_TPB)
    record(session, case, Action.ANSWER_LOOK_BACK, actor, said, bump=True)
    if {one.type for one in command.measures} != set(types_of(session, case.id)):
        raise InvalidCommand(FieldError("", "look_back.all_needed"))
    for row in asked:
        row.answered_at, row.answered_by_id = now(), actor.user_id
    if asked:
        asked[-1].measures = [one.model_dump(mode="json") for one in command.measures]
        asked[-1].remark = command.remark


def types_of(session: Session, case_id: int) -> list[AssistanceType]:
    """Return the types of assistance of a case: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
    """
    found = set(session.scalars(select(CaseType.type).where(CaseType.case_id == case_id)))
    return [one for one in AssistanceType if one in found]


def look_backs_of(session: Session, case_id: int) -> list[LookBackView]:
    """Return the look-backs of a case that were asked, the latest first: one statement.

    Args:
        case_id: a case that somebody of its State, of the Branch, or an auditor, got from `visible_cases`.
    """
    statement = select(LookBack, User.name).outerjoin(User, User.id == LookBack.answered_by_id)
    ordered = statement.where(LookBack.case_id == case_id).order_by(LookBack.since.desc(), LookBack.number.desc())
    return [
        LookBackView(row, by, [_row(one, row.lang) for one in row.measures]) for row, by in session.execute(ordered)
    ]


def look_backs_beside(session: Session, actor: Actor, page: CasePage) -> Mapping[str, Any]:
    """Return what stands beside the form of a look-back."""
    del actor
    return {"types": types_of(session, page.case.id), "look_backs": look_backs_of(session, page.case.id)}


def _row(measure: Mapping[str, Any], lang: str) -> dict[str, Any]:
    counted, words = measure.get("number"), measure.get("words")
    parts = [BECAME_TEXTS[Became(measure["answer"])]]
    parts += [_("Number: %(number)s", number=number(counted))] if counted is not None else []
    parts += [text(words, lang)] if words else []
    return {"key": str(TYPE_TEXTS[AssistanceType(measure["type"])]), "value": joined(*parts)}


def _open(case: AssistanceRequest) -> Any:
    return select(LookBack).where(LookBack.case_id == case.id, LookBack.answered_at.is_(None))
