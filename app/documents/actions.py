"""The use cases of documents: add, add a version, open to more readers, take out of a draft."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.audiences import Readership, sides_of, widenings, writable_by
from app.casework.perform import Said, lock_case, record
from app.documents.commands import AddDocument, AddVersion, RemoveDocument, WidenDocument
from app.documents.notices import tell_readers
from app.documents.services import add_document, document_for, payload_of, remove_from_draft
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@use_case
def add(session: Session, actor: Actor, command: AddDocument) -> None:
    """Attach a document to a case and tell those around it who may read it.

    Raises:
        InvalidCommand: the audience is none of the actor's.
        NotFound, Forbidden: see `add_document`.
    """
    if command.readers not in writable_by(actor, before_submission=False):
        raise InvalidCommand(FieldError("readers", "not_offered"))
    case = lock_case(session, actor, command.key)
    add_document(
        session,
        case,
        actor,
        command.file,
        kind=command.kind,
        lang=command.lang.value,
        title=command.title,
        audience=command.readers.audience,
        field_path=command.field_path,
    )


@use_case
def add_version(session: Session, actor: Actor, command: AddVersion) -> None:
    """Add the next version of a document, for the readers of the version before.

    Raises:
        InvalidCommand: there is a newer version already, or the document is not theirs to renew.
        NotFound, Forbidden: see `add_document`.
    """
    case = lock_case(session, actor, command.key)
    former = document_for(session, actor, command.document, case_key=case.key)
    add_document(
        session,
        case,
        actor,
        command.file,
        kind=former.kind,
        lang=command.lang.value,
        title=command.title,
        audience=former.audience,
        replaces=former,
    )


@use_case
def widen(session: Session, actor: Actor, command: WidenDocument) -> None:
    """Open one version of a document to more readers and tell those who newly read it; never the other way.

    The act is `attach`: it is the one by which a document reaches its readers (docs/decisions/0012).

    Raises:
        NotFound: there is no such document that this actor may read.
        Forbidden: this actor may not open it so far.
        InvalidCommand: somebody opened it meanwhile.
    """
    case = lock_case(session, actor, command.key)
    document = document_for(session, actor, command.document, case_key=case.key)
    before = Readership(document.audience.value)
    if before is not command.seen:
        raise InvalidCommand(FieldError("seen", "document.opened_meanwhile"))
    if command.readers not in widenings(actor, before, document.uploaded_as):
        raise Forbidden
    document.audience, document.widened_at, document.widened_by_id = command.readers.audience, now(), actor.user_id
    payload = payload_of(document) | {"widened_from": before.value}
    record(session, case, Action.ATTACH, actor, Said(payload, seen_by=command.readers), bump=False)
    tell_readers(session, case, actor, document, sides_of(command.readers) - sides_of(before))


@use_case
def remove(session: Session, actor: Actor, command: RemoveDocument) -> None:
    """Take a document with all its versions out of a draft.

    Raises:
        NotFound: there is no such document that this actor may read.
        Forbidden: the case is no draft any more; then documents stay.
    """
    case = lock_case(session, actor, command.key)
    remove_from_draft(session, case, actor, document_for(session, actor, command.document, case_key=case.key))
