"""What an invited State sees: host, title, dates and place of the activity, and its own answer. Nothing of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.visibility import found
from app.delivery.participation.models import Participation
from app.delivery.participation.page import name_of, place_of
from app.delivery.participation.queries import begun, invitations_to_come, invited, past_invitations, today
from app.delivery.participation.texts import GIVEN
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.foundation.formatting import date_range
from app.workflow.actor import Actor

#: Rows of one page of past invitations.
PAGE = 25


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation in a list of the State that was invited; `answer_by` while it has not answered.

    Attributes:
        ended: why it is past; None of one to come.
    """

    title: str
    lang: str
    host: str
    when: Markup
    where: Markup | None
    url: str
    status: str
    tone: str
    answer_by: date | None
    late: bool
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class InvitationsToCome:
    """What the home page shows; `past_url` is None while no invitation is past."""

    lines: Sequence[InvitationLine]
    past_url: str | None


@dataclass(frozen=True, slots=True)
class PastInvitations:
    """One page of the invitations that are past; `older_url` leads to the next."""

    lines: Sequence[InvitationLine]
    first_url: str | None
    older_url: str | None


@dataclass(frozen=True, slots=True)
class OwnInvitation:
    """The page of one invitation.

    Attributes:
        seen: the version that the form carries.
        closed: the terms were given up.
        over: the activity has begun.
    """

    key: str
    seen: int
    title: str
    lang: str
    host: str
    when: Markup
    where: Markup | None
    answer: ParticipationAnswer | None
    status: str
    tone: str
    answer_by: date | None
    answered_at: datetime | None
    closed: bool
    over: bool
    remark: str
    nominees: Sequence[dict[str, Any]]

    @property
    def open(self) -> bool:
        """Whether an answer can be given or changed."""
        return not self.closed and not self.over

    @property
    def data(self) -> dict[str, Any]:
        """What the form shows at first: the answer that stands."""
        answer = self.answer.value if self.answer is not None else None
        return {"answer": answer, "remark": self.remark, "nominees": self.nominees}


def invitations_of(session: Session, actor: Actor) -> InvitationsToCome:
    """Return the invitations of the actor's State for its home page: one statement."""
    here = today(session)
    rows, past = invitations_to_come(session, actor)
    return InvitationsToCome(
        [_line(session, row, here) for row in rows], url_for("participation.past") if past else None
    )


def past_of(session: Session, actor: Actor, after: str | None) -> PastInvitations:
    """Return a page of the past invitations of the actor's State: one statement.

    Args:
        after: key of the last one of the page before.
    """
    rows = past_invitations(session, actor, after, PAGE + 1)
    shown = rows[:PAGE]
    here = today(session)
    return PastInvitations(
        [_line(session, row, here) for row in shown],
        first_url=url_for("participation.past") if after else None,
        older_url=url_for("participation.past", after=shown[-1].key) if len(rows) > PAGE else None,
    )


def _line(session: Session, row: Participation, here: date) -> InvitationLine:
    closed, over = row.closed_at is not None, row.ends_on < here
    waits = row.answer is None and not closed and not over
    return InvitationLine(
        title=row.title,
        lang=row.lang,
        host=name_of(session, row.state_id),
        when=date_range(row.starts_on, row.ends_on),
        where=place_of(row, row.lang),
        url=url_for("participation.invitation", key=row.key),
        status=str(GIVEN[row.answer][0]),
        tone=GIVEN[row.answer][1],
        answer_by=row.answer_by if waits else None,
        late=waits and row.answer_by is not None and row.answer_by < here,
        ended=(_("Changed or called off") if closed else _("Over")) if closed or over else None,
    )


def own_invitation(session: Session, actor: Actor, key: str) -> OwnInvitation:
    """Return one invitation of the actor's State: one statement.

    Raises:
        NotFound: the State was not asked this.
    """
    row: Participation = found(session.scalars(invited(actor).where(Participation.key == key)).first())
    words, tone = GIVEN[row.answer]
    return OwnInvitation(
        key=row.key,
        seen=row.version,
        title=row.title,
        lang=row.lang,
        host=name_of(session, row.state_id),
        when=date_range(row.starts_on, row.ends_on),
        where=place_of(row, row.lang),
        answer=row.answer,
        status=str(words),
        tone=tone,
        answer_by=row.answer_by if row.answer is None else None,
        answered_at=row.answered_at,
        closed=row.closed_at is not None,
        over=begun(session, row),
        remark=row.remark,
        nominees=row.nominees,
    )
