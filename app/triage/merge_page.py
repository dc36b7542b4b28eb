"""What the pages of merges show: the letter before it is sent, two requests side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseType
from app.casework.page import CasePage
from app.casework.steps import StepForm, reasons_against, shows, told_of
from app.casework.texts import TYPE_TEXTS, state_text
from app.documents.letters import Draft
from app.triage.checks import possible_duplicates
from app.triage.merge_letters import merged, subject_of, unmerged
from app.triage.merging import check_target, day_of_receipt
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Compared:
    """One of two requests side by side."""

    case: AssistanceRequest
    status: str
    types: Sequence[str]
    received_on: date


@dataclass(frozen=True, slots=True)
class MergeShown:
    """What the page of a merge or its undoing shows beside its form.

    Attributes:
        reasons: why it cannot be done now; its button is then disabled.
        letter: as the State will get it.
        told: whom it notifies, in words.
        candidates: requests that may ask for the same.
        pair: this request and the one that goes on.
        earlier: the date that will count.
    """

    reasons: Sequence[str]
    letter: Draft | None = None
    told: Sequence[str] = ()
    candidates: Sequence[Row[Any]] = ()
    pair: Sequence[Compared] = ()
    earlier: date | None = None


def shown_unmerge(session: Session, actor: Actor, page: CasePage, form: StepForm) -> MergeShown:
    """Return what stands beside the form that undoes a merge, and fill the form's version.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    reasons = reasons_against(session, actor, page, Action.UNMERGE)
    shows(form, page)
    letter = unmerged(subject_of(session, actor, page.case.key), actor)
    return MergeShown(reasons, letter=letter, told=told_of(session, actor, page.case, Action.UNMERGE))


def shown_merge(session: Session, actor: Actor, page: CasePage, form: Any) -> MergeShown:
    """Return the candidates, or this request and the one whose number is in the form, side by side.

    A number under which no merge is possible gets its error beside the field.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    reasons = reasons_against(session, actor, page, Action.MERGE)
    shows(form, page)
    number = (form.number.data or "").strip().upper()
    subject = subject_of(session, actor, page.case.key, number) if number else None
    target = subject.target if subject else None
    if number and not form.number.errors:
        form.submit(lambda: check_target(session, actor, page.case, target))
    if subject is None or target is None or form.number.errors:
        return MergeShown(reasons, candidates=possible_duplicates(session, actor, page.case))
    pair = _pair(session, page.case, target)
    return MergeShown(
        reasons,
        letter=merged(subject, target, actor),
        told=told_of(session, actor, page.case, Action.MERGE),
        pair=pair,
        earlier=min(one.received_on for one in pair),
    )


def _pair(session: Session, case: AssistanceRequest, target: AssistanceRequest) -> list[Compared]:
    both = (case, target)
    rows = session.execute(
        select(CaseType.case_id, CaseType.type).where(CaseType.case_id.in_([one.id for one in both]))
    )
    types: dict[int, list[str]] = {one.id: [] for one in both}
    for case_id, kind in rows:
        types[case_id].append(str(TYPE_TEXTS[kind]))
    return [Compared(one, state_text(one.state), sorted(types[one.id]), day_of_receipt(session, one)) for one in both]
