"""What the page of invitations of a case shows to the host and to the Branch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.content.display import joined, line, state
from app.casework.page import CasePage
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import ASKED_IN, Named, dues_of, named_in_plan, standing, status_of, unmatched
from app.delivery.participation.texts import STATUSES
from app.delivery.participation.vocabulary import LEAVABLE, InvitationStatus
from app.foundation.fields import choice
from app.foundation.formatting import bdi, date_range
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.calendar import Due
from app.workflow.vocabulary import Action, State


@dataclass(frozen=True, slots=True)
class InvitationShown:
    """One State in one activity.

    Attributes:
        key: of the invitation; None while there is none.
        due: by when the State was asked to answer.
        leavable: the plan may go on without the State.
    """

    key: str | None
    guest: str
    title: str
    lang: str
    when: Markup | str
    where: Markup | None
    status: InvitationStatus
    words: str
    tone: str
    due: date | None = None
    answered_at: datetime | None = None
    remark: str = ""
    nominees: Sequence[Mapping[str, str]] = ()
    leavable: bool = False


@dataclass(frozen=True, slots=True)
class InvitationsShown:
    """The page.

    Attributes:
        rows: by first day.
        choices: what the host can agree to now, for its form.
        may_put: the reader can put what is not put to the host yet.
        may_leave: the reader can let the plan go on without a State.
    """

    rows: Sequence[InvitationShown]
    choices: Sequence[Any]
    may_put: bool
    may_leave: bool


def invitations_shown(session: Session, actor: Actor, page: CasePage) -> InvitationsShown:
    """Return the invitations of a case: two statements, and for the Branch one more, of what only its draft names."""
    case = page.case
    rows = standing(session, case.id)
    dues = dues_of(session, case) if rows else {}
    unput = [] if actor.is_state_side else unmatched(named_in_plan(session, case.id), rows)
    drafts = policy.may(actor, Action.DRAFT_PLAN, page.core)
    shown = [_shown(session, row, dues.get(row.key)) for row in rows]
    undisclosed = [row for row in rows if row.disclosed_at is None]
    agrees = policy.may(actor, Action.GIVE_CONSENT, page.core) and case.state in ASKED_IN
    return InvitationsShown(
        rows=[*shown, *(_unput(session, one) for one in unput)],
        choices=list(_choices(session, undisclosed)) if agrees else [],
        may_put=drafts and bool(unput) and case.state is State.PLANNING,
        may_leave=drafts,
    )


def name_of(session: Session, state_id: int) -> str:
    """Return the name of a State in the reader's language."""
    return state_name(state_by_id(session, state_id), current_locale())


def place_of(row: Participation | Any, lang: str) -> Markup | None:
    """Return where an activity is held; None for one that is held remotely."""
    return joined(line(row.city, lang), state(row.country, lang)) or None


def _shown(session: Session, row: Participation, due: Due | None) -> InvitationShown:
    status = status_of(row, due)
    words, tone = STATUSES[status]
    return InvitationShown(
        key=row.key,
        guest=name_of(session, row.participant_id),
        title=row.title,
        lang=row.lang,
        when=date_range(row.starts_on, row.ends_on),
        where=place_of(row, row.lang),
        status=status,
        words=str(words),
        tone=tone,
        due=due.due_on if due is not None else None,
        answered_at=row.answered_at,
        remark=row.remark,
        nominees=row.nominees,
        leavable=status in LEAVABLE,
    )


def _unput(session: Session, one: Named) -> InvitationShown:
    words, tone = STATUSES[InvitationStatus.NOT_PUT]
    activity = one.activity
    starts_on, ends_on = activity.starts_on, activity.ends_on
    return InvitationShown(
        key=None,
        guest=name_of(session, one.participant_id),
        title=activity.title,
        lang=one.lang,
        when=date_range(starts_on, ends_on) if starts_on and ends_on else "",
        where=place_of(activity, one.lang),
        status=InvitationStatus.NOT_PUT,
        words=str(words),
        tone=tone,
    )


def _choices(session: Session, rows: Sequence[Participation]) -> Iterator[Any]:
    for row in rows:
        told = joined(line(row.title, row.lang), date_range(row.starts_on, row.ends_on), place_of(row, row.lang))
        yield choice(row.key, bdi(name_of(session, row.participant_id)), told)
