"""The use cases of messages: write, open to more readers, mark as read."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership, Side, sides_of, widenings, writable_by
from app.casework.models import AssistanceRequest
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Said, lock_case, record
from app.casework.visibility import found
from app.correspondence.commands import MarkRead, WidenMessage, WriteMessage
from app.correspondence.models import Message, MessageRead
from app.correspondence.queries import keeps_marks, message_of, unread
from app.foundation.clock import now
from app.foundation.db import new_public_key, use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Role

#: In which role somebody with several writes, the one with the most to say first.
_PRECEDENCE: Final = (
    Role.MISSION,
    Role.FOCAL_POINT,
    Role.BRANCH_CHIEF,
    Role.CASE_OFFICER,
    Role.INTAKE_OFFICER,
    Role.PROGRAMME_SUPPORT,
    Role.MANAGER,
    Role.CTC_LIAISON,
    Role.OLA_LIAISON,
)


@use_case
def write_message(session: Session, actor: Actor, command: WriteMessage) -> None:
    """Write a message about a case and tell those around it who may read it.

    The case's version does not rise, and the history keeps that it was written and for whom, never what it says.

    Raises:
        InvalidCommand: the writer may not write to these readers (any more): the request was submitted meanwhile, say.
        NotFound, Forbidden: see `record`.
    """
    case, key = lock_case(session, actor, command.key), new_public_key()
    payload = {"message": key, "audience": command.readers.audience.value}
    record(session, case, Action.WRITE, actor, Said(payload, seen_by=command.readers), bump=False)
    if command.readers not in writable_by(actor, before_submission=case.submitted_at is None):
        raise InvalidCommand(FieldError("readers", "readers_changed"))
    message = {
        "key": key,
        "case_id": case.id,
        "state_id": case.state_id,
        "audience": command.readers.audience,
        "before_submission": command.readers is Readership.OWN_STATE,
        "lang": command.lang.value,
        "text": command.text,
        "written_as": role_of(actor, is_officer=case.officer_id in actor.person_ids),
        "written_by_id": actor.user_id,
        "on_behalf_of_id": actor.on_behalf_of.user_id if actor.on_behalf_of else None,
        "written_at": now(),
    }
    session.execute(insert(Message).values(message))
    _tell(session, case, actor, command.readers, sides_of(command.readers))


@use_case
def widen_message(session: Session, actor: Actor, command: WidenMessage) -> None:
    """Open a message to more readers and tell those who newly read it; never the other way.

    Raises:
        NotFound: there is no such message that this actor may read.
        Forbidden: this actor may not open it so far; see also `record`.
        InvalidCommand: somebody opened it meanwhile.
    """
    case = lock_case(session, actor, command.key)
    message = found(message_of(session, actor, case.id, command.message))
    if message.readership is not command.seen:
        raise InvalidCommand(FieldError("seen", "opened_meanwhile"))
    if command.readers not in widenings(actor, message.readership, message.written_as):
        raise Forbidden
    newcomers = sides_of(command.readers) - sides_of(message.readership)
    payload = {
        "message": message.key,
        "audience": command.readers.audience.value,
        "widened_from": message.audience.value,
    }
    message.audience, message.widened_at, message.widened_by_id = command.readers.audience, now(), actor.user_id
    message.widened_for_id = actor.on_behalf_of.user_id if actor.on_behalf_of else None
    record(session, case, Action.WRITE, actor, Said(payload, seen_by=command.readers), bump=False)
    _tell(session, case, actor, command.readers, newcomers)


@use_case
def mark_read(session: Session, actor: Actor, command: MarkRead) -> None:
    """Mark the messages up to the newest that was shown as read by this person.

    Raises:
        NotFound: there is no such message that this actor may read.
        Forbidden: this actor leaves no marks.
    """
    case = lock_case(session, actor, command.key)
    if not keeps_marks(actor):
        raise Forbidden
    newest = found(message_of(session, actor, case.id, command.newest))
    columns = (Message.id, literal(actor.user_id), Message.case_id, Message.state_id, literal(now()))
    shown = select(*columns).where(Message.case_id == case.id, Message.id <= newest.id, unread(actor))
    session.execute(insert(MessageRead).from_select(["message_id", "user_id", "case_id", "state_id", "read_at"], shown))


def role_of(actor: Actor, *, is_officer: bool) -> Role:
    """Return the role in which `actor` writes: the case's officer as such, everybody else in the first they hold."""
    if is_officer and actor.has(Role.CASE_OFFICER):
        return Role.CASE_OFFICER
    return next(role for role in _PRECEDENCE if role in actor.roles)


def _tell(
    session: Session, case: AssistanceRequest, actor: Actor, readers: Readership, sides: Collection[Side]
) -> None:
    """Tell the people of `sides` who are around the case, each once, but nobody of what they did themselves."""
    circles = {circle for side in sides for circle in _circles(case, side)}
    code = "case.message_in_state" if readers is Readership.OWN_STATE else "case.message"
    tell_circles(session, case, circles, code, {}, readers.audience, actor.person_ids)


def _circles(case: AssistanceRequest, side: Side) -> tuple[Circle, ...]:
    if side is Side.STATE:
        return (Circle.FOCAL_POINTS, Circle.MISSION)
    if side is Side.BODIES:
        return (Circle.LIAISONS,)
    return (Circle.OFFICER,) if case.officer_id is not None else (Circle.INTAKE,)
