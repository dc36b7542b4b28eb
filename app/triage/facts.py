"""What the guards ask of a screening."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from app.casework.models import ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.reference import cache
from app.reference.agreements import standing_types
from app.triage.models import ScreeningCheck
from app.workflow.facts import CaseCore, ScreeningFacts
from app.workflow.vocabulary import Body, EligibilityCheck, State


def screening_facts(session: Session, case_id: int, core: CaseCore) -> ScreeningFacts:
    """Provide `Section.SCREENING`: the checks as they were judged in this screening, by one statement.

    What was judged before the State's last answer does not count until the officer confirms it: the request may be
    another. The check of the consent to share with CTC (1, 3, 4, 7) holds only while that consent is in force.

    The cost of a supply is estimated in its own form: nothing on record says that it is too high, and `supply` tells
    the guard what was entered.
    """
    judged = select(ScreeningCheck.check, ScreeningCheck.passed, consent_in_force(case_id), cache.token_column()).where(
        ScreeningCheck.case_id == case_id, ScreeningCheck.superseded_at.is_(None)
    )
    if core.state is State.SCREENING:
        judged = judged.where(ScreeningCheck.judged_at >= core.state_since)
    rows = session.execute(judged).all()
    checks = {check: passed and (check is not EligibilityCheck.E5 or consented) for check, passed, consented, _ in rows}
    if rows:
        # says whether the agreements in memory are still right
        cache.trust(session, rows[0][-1])
    standing = standing_types(session, Body.CTC_CTED, now())
    return ScreeningFacts(checks=checks, cost_below_fast_lane=True, standing_no_objection=standing)


def consent_in_force(case_id: int) -> ColumnElement[bool]:
    """Return whether the State's consent to share the case with CTC is in force, as a column."""
    return exists().where(
        ConsentRecord.case_id == case_id,
        ConsentRecord.kind == ConsentKind.CTC,
        ConsentRecord.withdrawn_at.is_(None),
    )
