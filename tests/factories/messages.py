"""Messages on a case: written as the product does it, or put there without its rules."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import select

from app.casework.audiences import Readership
from app.casework.content.tasks import Language
from app.correspondence import services
from app.correspondence.commands import WriteMessage
from app.correspondence.models import Message, MessageRead
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import Audience
from tests.factories.cases import Made
from tests.factories.people import Member
from tests.factories.reading import rows


def write(
    app: Flask, writer: Member, case: Made, text: str, readers: Readership, lang: Language = Language.EN
) -> Message:
    """Write a message with everything that follows from it: history, notices, mails."""
    with app.app_context():
        services.write_message(writer.actor, WriteMessage(key=case.key, readers=readers, text=text, lang=lang))
    return latest(app, case)


def put(
    app: Flask,
    case: Made,
    writer: Member,
    text: str,
    *,
    audience: Audience = Audience.STATE_TPB,
    read_by: Sequence[Member] = (),
    number: int = 1,
) -> None:
    """Put `number` messages on the case, in any state, and mark them as read by some."""
    of_case = {"case_id": case.id, "state_id": case.state_id}
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        for place in range(number):
            message = Message(
                **of_case,
                audience=audience,
                before_submission=case.number is None,
                lang="en",
                text=f"{text} {place}",
                written_as=next(iter(writer.actor.roles)),
                written_by_id=writer.id,
            )
            session.add(message)
            session.flush()
            session.add_all(MessageRead(**of_case, message_id=message.id, user_id=reader.id) for reader in read_by)


def latest(app: Flask, case: Made) -> Message:
    """The newest message of the case, as it is stored."""
    found: Message = rows(app, select(Message).where(Message.case_id == case.id).order_by(Message.id.desc()))[0][0]
    return found
