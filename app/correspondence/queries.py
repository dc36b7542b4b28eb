"""What pages read of messages: always what this reader may read, nothing else, and nothing else is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import ngettext
from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.audiences import readable_by, side_of
from app.casework.models import AssistanceRequest
from app.casework.sharing import hangs_on_consent, reached
from app.correspondence.models import Message, MessageRead
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience

#: Messages on one page.
PAGE = 50


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """One page of messages, the newest last.

    Attributes:
        rows: message, its writer, for whom they stood in, who widened it and for whom, whether it is unread.
        older: key of the message before which the page before goes on; None at the beginning.
        newest: whether this is the last page.
    """

    rows: Sequence[Row[Any]]
    older: str | None
    newest: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What the overview says of the messages that its reader may read."""

    total: int
    latest: Message
    writer: str


def readable(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on messages of a visible case that `actor` may read."""
    theirs = Message.audience.in_(readable_by(actor))
    if actor.is_state_side:
        return theirs
    sent = theirs & not_(Message.before_submission)
    if not hangs_on_consent(actor):
        return sent
    meant_at = func.coalesce(Message.widened_at, Message.written_at)
    among_bodies = (Message.audience == Audience.COORDINATION) | Message.written_as.in_(actor.roles)
    return sent & (among_bodies | reached(actor, Message.case_id, meant_at))


def unread(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on messages that `actor` may read and has not read; their own are never unread."""
    seen = exists().where(MessageRead.message_id == Message.id, MessageRead.user_id == actor.user_id)
    return and_(readable(actor), Message.written_by_id != actor.user_id, not_(seen))


def keeps_marks(actor: Actor) -> bool:
    """Tell whether `actor` marks messages as read: an auditor reads everything and leaves no mark."""
    return side_of(actor.roles) is not None


def unread_count(actor: Actor) -> ScalarSelect[int] | None:
    """Return the select of how many messages of a case `actor` has not read; None for who leaves no marks."""
    if not keeps_marks(actor):
        return None
    mine = select(func.count()).select_from(Message).where(Message.case_id == AssistanceRequest.id, unread(actor))
    return mine.correlate(AssistanceRequest).scalar_subquery()


def unread_words(count: int) -> str:
    """Return what the number on the tab means."""
    return str(ngettext("%(num)s unread message", "%(num)s unread messages", count))


def messages_of(session: Session, actor: Actor, case_id: int, before: str | None = None) -> MessagesPage:
    """Return one page of the messages that `actor` may read, the newest last: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
        before: key of the oldest message of the page after; one that the reader may not read gives the newest page.
    """
    statement = _with_people(actor).where(Message.case_id == case_id, readable(actor))
    if before is not None:
        mark = select(Message.id).where(Message.case_id == case_id, Message.key == before, readable(actor))
        edge = mark.correlate(None).scalar_subquery()
        statement = statement.where((Message.id < edge) | edge.is_(None))
    found = session.execute(statement.order_by(Message.id.desc()).limit(PAGE + 1)).all()
    rows = list(reversed(found[:PAGE]))
    return MessagesPage(rows, rows[0].Message.key if len(found) > PAGE else None, newest=before is None)


def _with_people(actor: Actor) -> Select[Any]:
    writer, absent, opener, opened_for = (aliased(User) for _number in range(4))
    return (
        select(
            Message,
            writer.name.label("writer"),
            absent.name.label("absent"),
            opener.name.label("opener"),
            opened_for.name.label("opened_for"),
            (unread(actor) if keeps_marks(actor) else Message.id.is_(None)).label("unread"),
        )
        .join(writer, writer.id == Message.written_by_id)
        .outerjoin(absent, absent.id == Message.on_behalf_of_id)
        .outerjoin(opener, opener.id == Message.widened_by_id)
        .outerjoin(opened_for, opened_for.id == Message.widened_for_id)
    )


def message_of(session: Session, actor: Actor, case_id: int, key: str) -> Message | None:
    """Return the message `key` of a visible case; None when there is none that `actor` may read."""
    wanted = select(Message).where(Message.case_id == case_id, Message.key == key, readable(actor))
    return session.scalars(wanted).first()


def summary_of(session: Session, actor: Actor, case_id: int) -> Summary | None:
    """Return the latest message that `actor` may read and how many there are; None when there is none."""
    total = func.count().over()
    latest = (
        select(total, Message, User.name)
        .join(User, User.id == Message.written_by_id)
        .where(Message.case_id == case_id, readable(actor))
        .order_by(Message.id.desc())
        .limit(1)
    )
    row = session.execute(latest).first()
    return Summary(*row) if row is not None else None
