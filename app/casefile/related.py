"""Which request a case follows, which follow it, and what of the earlier one it takes up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Row, union_all
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.page import CasePage, status_text
from app.casework.visibility import visible_cases
from app.decision.queries import DecidedType, decisions_on
from app.delivery.queries import renewed_by
from app.funding.queries import HoldView, hold_on
from app.triage.merging import day_of_receipt, is_merged_into, merged_ids
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.guards.related import follow_up_refusal
from app.workflow.vocabulary import Action, State

C = AssistanceRequest
#: Requests before, after and merged into one that its page lists.
MOST = 20


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """A request before or after this one, as the reader may see it; `number` is None for a draft."""

    relation: str
    url: str
    number: str | None
    title: str
    lang: str
    status: str


@dataclass(frozen=True, slots=True)
class Related:
    """What stands around a case.

    Attributes:
        cases: the request that it follows, then those that follow it.
        renewed: recommendations of the earlier request that it takes up again: rows of text, lang, owner, due_on.
        may_follow_up: whether the reader can begin a follow-up of it now.
        counts_from: the earlier day from which it counts because of one that was merged into it.
        merged: requests that were merged into it and still are: rows of key, number, title, lang, submitted_at.
    """

    cases: Sequence[RelatedCase]
    renewed: Sequence[Row[Any]]
    may_follow_up: bool
    merged: Sequence[Row[Any]]
    counts_from: date | None


def related_of(session: Session, actor: Actor, page: CasePage) -> Related:
    """Return what the reader may see around a case: one statement, and one more for a follow-up."""
    case = page.case
    follows = case.parent_id is not None
    around = [visible_cases(actor, C.id).where(C.parent_id == case.id), merged_ids(case.id)]
    if follows:
        around.append(visible_cases(actor, C.id).where(C.id == case.parent_id))
    joined = is_merged_into(case.id).label("joined")
    columns = (C.id, C.key, C.number, C.title, C.lang, C.state, C.approved_at, C.parent_id, C.submitted_at, joined)
    wanted = (C.id.in_(union_all(*around)), C.state != State.DISCARDED)
    rows = session.execute(visible_cases(actor, *columns).where(*wanted).order_by(C.id).limit(MOST)).all()
    linked = [row for row in rows if row.id == case.parent_id or row.parent_id == case.id]
    return Related(
        cases=[_related(row, actor, case.parent_id) for row in linked],
        renewed=renewed_by(session, case.id) if follows else (),
        may_follow_up=policy.may(actor, Action.REQUEST_FOLLOW_UP) and follow_up_refusal(page.core) is None,
        merged=[row for row in rows if row.joined],
        counts_from=day_of_receipt(session, case) if case.counts_from is not None else None,
    )


def _related(row: Row[Any], actor: Actor, parent_id: int | None) -> RelatedCase:
    return RelatedCase(
        relation=_("Follows") if row.id == parent_id else _("Followed by"),
        url=url_for("casefile.overview", key=row.key),
        number=row.number,
        title=row.title or _("Untitled draft"),
        lang=row.lang,
        status=status_text(row, actor),
    )


def told_to_state(session: Session, actor: Actor, page: CasePage) -> tuple[Sequence[DecidedType], HoldView | None]:
    """Return what was decided on each type and why the request rests, for the people of its State: two statements.

    Everybody else reads it on the pages of decisions and holds.
    """
    if not actor.is_state_side:
        return (), None
    return decisions_on(session, actor, page.case), hold_on(session, actor, page.case)
