"""What pages show of proposed drafts: to their State everything, to their proposer only what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.models import AssistanceRequest
from app.casework.texts import party_text
from app.casework.visibility import visible_cases
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.requests.models import Proposal
from app.requests.vocabulary import ProposalAnswer
from app.workflow.actor import Actor
from app.workflow.vocabulary import Body, Party

#: Proposals on one page of the list.
PAGE = 25
_PARTY_OF_BODY = {None: Party.TPB, Body.CTC_CTED: Party.CTC_CTED}
_TONES = {None: "info", ProposalAnswer.ADOPTED: "success", ProposalAnswer.NOT_ADOPTED: "neutral"}


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who proposed a draft to its State, when and why."""

    by: str
    party: str
    at: datetime
    reason: str
    lang: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal as its proposer sees it; with a number only when they see the request."""

    state: str
    title: str
    lang: str
    at: datetime
    status: str
    tone: str
    number: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """What somebody proposed, newest first; `older_url` leads on, None on the last page."""

    lines: Sequence[ProposalLine]
    older_url: str | None


def proposed_of(session: Session, case_id: int) -> Proposed | None:
    """Return who proposed a draft that waits to be adopted; None when nobody did: one statement.

    Args:
        case_id: a case of the reader's State that the caller got from `visible_cases`.
    """
    statement = (
        select(Proposal.proposed_at, Proposal.reason, Proposal.lang, User.name, User.body)
        .join(User, User.id == Proposal.proposed_by_id)
        .where(Proposal.case_id == case_id, Proposal.answer.is_(None))
    )
    row = session.execute(statement).first()
    if row is None:
        return None
    return Proposed(row.name, party_text(_PARTY_OF_BODY[row.body]), row.proposed_at, row.reason, row.lang)


def proposals_page(session: Session, actor: Actor, before: str | None) -> ProposalsPage:
    """Return what the actor proposed, and for a stand-in also what the absent person did: one statement.

    What a State does with a draft before it is submitted is its own affair: the list says yes or no and never more.

    Args:
        before: key of the last proposal of the page before; one that is not the actor's gives an empty page.
    """
    seen = visible_cases(actor, AssistanceRequest.id, AssistanceRequest.key, AssistanceRequest.number).subquery()
    mine = Proposal.proposed_by_id.in_(actor.person_ids)
    columns = (Proposal.key, Proposal.title, Proposal.lang, Proposal.state_id, Proposal.proposed_at, Proposal.answer)
    statement = (
        select(*columns, seen.c.key.label("case_key"), seen.c.number)
        .outerjoin(seen, seen.c.id == Proposal.case_id)
        .where(mine)
    )
    if before is not None:
        last = select(Proposal.id).where(mine, Proposal.key == before).scalar_subquery()
        statement = statement.where(Proposal.id < last)
    rows = session.execute(statement.order_by(Proposal.id.desc()).limit(PAGE + 1)).all()
    older = url_for("requests.proposals", before=rows[PAGE - 1].key) if len(rows) > PAGE else None
    return ProposalsPage([_line(session, row) for row in rows[:PAGE]], older)


def _line(session: Session, row: Row[Any]) -> ProposalLine:
    words = {
        None: _("Waits for the State"),
        ProposalAnswer.ADOPTED: _("Adopted"),
        ProposalAnswer.NOT_ADOPTED: _("Not adopted"),
    }
    return ProposalLine(
        state=state_name(state_by_id(session, row.state_id), current_locale()),
        title=row.title,
        lang=row.lang,
        at=row.proposed_at,
        status=_("Submitted") if row.number else words[row.answer],
        tone=_TONES[row.answer],
        number=row.number,
        url=url_for("casefile.overview", key=row.case_key) if row.number else None,
    )
