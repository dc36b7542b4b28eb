"""What the pages of messages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.casework.audiences import Readership, widenings, writable_by
from app.casework.opening import Opening, WidenForm, openings
from app.casework.page import CasePage
from app.casework.texts.audiences import TONES, readership_text
from app.casework.visibility import found
from app.correspondence.forms import MessageForm, ReadForm
from app.correspondence.models import Message
from app.correspondence.queries import message_of, messages_of
from app.correspondence.texts import meaning_text, send_text
from app.foundation.errors import Forbidden
from app.foundation.formatting import plain_text
from app.foundation.texts import text
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Line:
    """One message.

    Attributes:
        absent: for whom its writer stood in; None for nobody.
        role: in which role it was written, in words.
        readers: who reads it, in words.
        opener: who opened it to more readers, at `opened_at`; for `opened_for` if they stood in.
        widen_url: where it can be opened to more readers; None when this reader may not.
    """

    key: str
    words: Markup
    writer: str
    absent: str | None
    role: str
    at: datetime
    readers: str
    tone: str
    unread: bool
    opener: str | None
    opened_for: str | None
    opened_at: datetime | None
    widen_url: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One audience that the writer may choose."""

    value: str
    readers: str
    send: str
    meaning: str


@dataclass(frozen=True, slots=True)
class MessagesShown:
    """The page of messages.

    Attributes:
        older_url: the page before; None at the beginning.
        newest_url: the last page; None on it.
        unread: how many on this page are unread.
        marking: the form that marks them as read; None when there is none.
        chosen: who will read what is being written; None when this reader may not write.
        others: whom the writer may choose instead.
    """

    lines: Sequence[Line]
    older_url: str | None
    newest_url: str | None
    unread: int
    marking: ReadForm | None
    chosen: Choice | None
    others: Sequence[Choice]


def shown(
    session: Session, actor: Actor, page: CasePage, form: MessageForm, *, before: str | None, turned_to: str | None
) -> MessagesShown:
    """Return the messages that `actor` may read, and the form to write another: one statement.

    Args:
        form: the form, as it was sent or new.
        before: key of the oldest message of the page after.
        turned_to: value of the button that chooses other readers, if it was pressed.
    """
    listed = messages_of(session, actor, page.case.id, before)
    may_write = policy.may(actor, Action.WRITE, page.core)
    lines = [_line(actor, row, page.case.key, may_write=may_write) for row in listed.rows]
    offered = writable_by(actor, before_submission=page.case.submitted_at is None) if may_write else ()
    chosen = form.address(offered, turned_to) if offered else None
    unread = sum(line.unread for line in lines)
    here = {"endpoint": "correspondence.messages", "key": page.case.key}
    return MessagesShown(
        lines=lines,
        older_url=url_for(**here, before=listed.older) if listed.older else None,
        newest_url=None if listed.newest else url_for(**here),
        unread=unread,
        marking=ReadForm.up_to(lines[-1].key) if unread else None,
        chosen=_choice(chosen, actor) if chosen else None,
        others=[_choice(one, actor) for one in offered if one is not chosen],
    )


def _line(actor: Actor, row: Row[Any], case_key: str, *, may_write: bool) -> Line:
    message: Message = row.Message
    may_widen = may_write and widenings(actor, message.readership, message.written_as)
    return Line(
        key=message.key,
        words=plain_text(message.text, message.tongue),
        writer=row.writer,
        absent=row.absent,
        role=text(f"role.{message.written_as.value}"),
        at=message.written_at,
        readers=readership_text(message.readership, actor),
        tone=TONES[message.readership],
        unread=row.unread,
        opener=row.opener,
        opened_for=row.opened_for,
        opened_at=message.widened_at,
        widen_url=url_for("correspondence.widen", key=case_key, message=message.key) if may_widen else None,
    )


def _choice(readers: Readership, actor: Actor) -> Choice:
    return Choice(
        value=readers.value,
        readers=readership_text(readers, actor),
        send=send_text(readers, actor),
        meaning=meaning_text(readers, actor),
    )


def opening(
    session: Session, actor: Actor, page: CasePage, key: str, form: WidenForm
) -> tuple[Message, Sequence[Opening]]:
    """Return the message `key` and the ways in which `actor` may open it: one statement.

    Args:
        form: as it was sent; its errors are shown above.

    Raises:
        NotFound: there is no such message that this actor may read.
        Forbidden: this actor may not open it.
    """
    message = found(message_of(session, actor, page.case.id, key))
    wider = widenings(actor, message.readership, message.written_as)
    if not form.errors and not (wider and policy.may(actor, Action.WRITE, page.core)):
        raise Forbidden
    return message, openings(actor, message.readership, wider)
