"""Saving the eight checks: only what was judged anew is written, and what it replaces stays to be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.perform import lock_case
from app.casework.vocabulary import ReasonCode
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Stale
from app.triage.checks import findings
from app.triage.commands import JudgeChecks, Judgement
from app.triage.models import ScreeningCheck
from app.triage.vocabulary import REASONS
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, EligibilityCheck, State


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is on record about one check: the judgement in force, and the highest version there ever was."""

    row: ScreeningCheck | None
    last_version: int


@use_case
def judge_checks(session: Session, actor: Actor, command: JudgeChecks) -> None:
    """Save the checks as far as they were judged (requests, Eligibility).

    Each check carries its own version, so that two officers can judge different checks at once.

    Raises:
        Stale: the case has left screening, or somebody judged one of these checks in the meantime.
        Forbidden: this actor does not screen.
        InvalidCommand: a no without its reason, or a yes against what is on record without a remark.
        NotFound: there is none that this actor may see.
    """
    case = lock_case(session, actor, command.key)
    if case.state is not State.SCREENING:
        raise Stale(case_key=case.key, seen_version=command.version)
    if not policy.may(actor, Action.ACCEPT, core_of(session, case, actor)):
        raise Forbidden
    standing = _standing(session, case)
    changed = list(_changed(case, command, standing))
    _refuse_wrong(session, case, {check: judged for check, judged in changed if judged.passed is not None})
    closed = [row.id for check, _judged in changed if (row := standing[check].row) is not None]
    if closed:
        session.execute(update(ScreeningCheck).where(ScreeningCheck.id.in_(closed)).values(superseded_at=now()))
    rows = [_row(case, actor, check, judged, standing[check]) for check, judged in changed if judged.passed is not None]
    if rows:
        session.execute(insert(ScreeningCheck).values(rows))


def _standing(session: Session, case: AssistanceRequest) -> dict[EligibilityCheck, _Standing]:
    found = {check: _Standing(None, 0) for check in EligibilityCheck}
    for row in session.scalars(select(ScreeningCheck).where(ScreeningCheck.case_id == case.id)):
        before = found[row.check]
        in_force = row if row.superseded_at is None else before.row
        found[row.check] = _Standing(in_force, max(before.last_version, row.version))
    return found


def _changed(
    case: AssistanceRequest, command: JudgeChecks, standing: Mapping[EligibilityCheck, _Standing]
) -> Iterator[tuple[EligibilityCheck, Judgement]]:
    """Yield what must be written; what the page left as it is may have been changed by somebody else."""
    for check in EligibilityCheck:
        judged, row = command.of(check), standing[check].row
        if judged.passed is None and (row is None or judged.version == 0):
            continue
        if row is not None and row.judged_at >= case.state_since and _says(row) == _answer(check, judged):
            continue
        if judged.version != (row.version if row is not None else 0):
            raise Stale(case_key=case.key, seen_version=command.version)
        yield check, judged


def _says(row: ScreeningCheck) -> tuple[bool, ReasonCode | None, str]:
    return row.passed, row.reason_code, row.remark


def _answer(check: EligibilityCheck, judged: Judgement) -> tuple[bool | None, ReasonCode | None, str]:
    return judged.passed, _reason(check, judged), judged.remark


def _reason(check: EligibilityCheck, judged: Judgement) -> ReasonCode | None:
    """Return why a check does not pass; None with a yes, or when a reason has yet to be chosen."""
    if judged.passed is not False:
        return None
    possible = REASONS[check]
    return possible[0] if len(possible) == 1 else (judged.reason if judged.reason in possible else None)


def _refuse_wrong(session: Session, case: AssistanceRequest, judged: Mapping[EligibilityCheck, Judgement]) -> None:
    known = findings(session, case).passed if any(one.passed for one in judged.values()) else {}
    errors = []
    for check, one in judged.items():
        against = one.passed and known.get(check) is False
        if one.passed is False and _reason(check, one) is None:
            errors.append(FieldError(f"{check.value}.reason", "reason_needed"))
        elif against and check is EligibilityCheck.E5:
            errors.append(FieldError(f"{check.value}.passed", "no_consent_in_force"))
        elif against and not one.remark:
            errors.append(FieldError(f"{check.value}.remark", "differs_needs_remark"))
    if errors:
        raise InvalidCommand(*errors)


def _row(
    case: AssistanceRequest, actor: Actor, check: EligibilityCheck, judged: Judgement, standing: _Standing
) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "state_id": case.state_id,
        "eligibility_check": check,
        "passed": judged.passed,
        "remark": judged.remark,
        "reason_code": _reason(check, judged),
        "judged_by_id": actor.user_id,
        "judged_at": now(),
        "version": standing.last_version + 1,
    }
