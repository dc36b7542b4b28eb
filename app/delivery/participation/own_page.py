"""What an invited State sees: host, title, dates and place of the activity, and its own answer. Nothing of the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.visibility import found
from app.delivery.participation.models import Participation
from app.delivery.participation.page import name_of, place_of
from app.delivery.participation.queries import begun, invitations_to_come, invited, today
from app.delivery.participation.texts import GIVEN
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.foundation.formatting import date_range
from app.workflow.actor import Actor


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation on the home page of the State that was invited; `answer_by` while it has not answered."""

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


def invitations_of(session: Session, actor: Actor) -> Sequence[InvitationLine]:
    """Return the invitations of the actor's State for its home page: one statement."""
    here = today(session)
    return [
        InvitationLine(
            title=row.title,
            lang=row.lang,
            host=name_of(session, row.state_id),
            when=date_range(row.starts_on, row.ends_on),
            where=place_of(row, row.lang),
            url=url_for("participation.invitation", key=row.key),
            status=str(GIVEN[row.answer][0]),
            tone=GIVEN[row.answer][1],
            answer_by=row.answer_by if row.answer is None else None,
            late=row.answer is None and row.answer_by is not None and row.answer_by < here,
        )
        for row in invitations_to_come(session, actor)
    ]


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
