"""What other slices call inside their use cases: file a document with a case, find those that a person may read.

A page receives an upload first, outside the transaction (`documents.receiving.receive`), and hands the `StoredFile`
over in its command. The use case locks the case and calls `add_document`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import ColumnElement, Select, delete, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.audiences import Readership, readable_by
from app.casework.content.details import MOST_ROWS, DocumentRef
from app.casework.content.tasks import Language
from app.casework.drafts import TEXTS, set_document_refs
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, record
from app.casework.sharing import hangs_on_consent, reached
from app.casework.visibility import found, visible_cases
from app.documents.models import Document
from app.documents.notices import tell_of
from app.documents.receiving import StoredFile
from app.documents.vocabulary import DocumentKind, DocumentStatus
from app.foundation.clock import now
from app.foundation.db import new_public_key
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Action, Audience, Role, State


class Details(TypedDict):
    """What is said of a document when it is filed.

    Attributes:
        kind: what it is to the request.
        lang: code of its language; "und" when it is none of the list.
        title: a short name in the person's own words.
        audience: who may read it; of a new version always that of the version before.
        field_path: the field of the request to which it belongs, such as `drafting.texts`.
        replaces: the newest version of the same document, from `document_for`.
    """

    kind: DocumentKind
    lang: str
    title: str
    audience: Audience
    field_path: NotRequired[str | None]
    replaces: NotRequired[Document | None]


@dataclass(frozen=True, slots=True)
class Listed:
    """One version of a document, with the name of who brought it; None for what the system made."""

    document: Document
    by: str | None


def add_document(
    session: Session, case: AssistanceRequest, actor: Actor, stored: StoredFile, **details: Unpack[Details]
) -> Document:
    """Attach a stored file to a case and record the act: `attach`, or in a draft `edit_draft` (process, Acts).

    Args:
        session: of a use case.
        case: locked by `lock_case`.
        actor: who attaches.
        stored: from `receive`, `store_bytes`, or kept from an earlier try.
        details: see `Details`.

    Returns:
        The new row; flushed, so that its key can be used.

    Raises:
        Forbidden: this actor may not attach to the case where it stands.
        InvalidCommand: the audience is none of the actor's, or the version before is not the newest or not theirs.
    """
    document = file_document(session, case, actor, stored, **details)
    act = Action.EDIT_DRAFT if case.state is State.DRAFT else Action.ATTACH
    readers = Readership(document.audience.value)
    record(session, case, act, actor, Said(payload_of(document), seen_by=readers), bump=False)
    _name_in_draft(session, case, actor, document)
    tell_of(session, case, actor, document)
    return document


def file_document(
    session: Session, case: AssistanceRequest, actor: Actor, stored: StoredFile, **details: Unpack[Details]
) -> Document:
    """Write the row of a document without an entry of its own in history.

    For steps and acts that bring a document with them (a scan, a letter): they put `payload_of` of it, or its key, into
    their own entry. Arguments, result and errors are those of `add_document`; whether the actor may do it is decided by
    the step.
    """
    if details["audience"] not in readable_by(actor):
        raise InvalidCommand(FieldError("audience", "not_offered"))
    former = details.pop("replaces", None)
    key = new_public_key()
    document = Document(
        key=key,
        series=key,
        version=1,
        case_id=case.id,
        state_id=case.state_id,
        uploaded_as=role_of(actor),
        uploaded_by_id=actor.user_id,
        **details,
        **stored.model_dump(),
    )
    if former is not None:
        _supersede(former, actor, document)
        session.flush()
    session.add(document)
    session.flush()
    return document


def payload_of(document: Document) -> dict[str, Any]:
    """Return what history keeps of a document: keys and codes, never its title or name."""
    return {
        "document": document.key,
        "version": document.version,
        "kind": document.kind.value,
    }


def documents_of(session: Session, actor: Actor, case_id: int, *, field_path: str | None = None) -> Sequence[Listed]:
    """Return the documents of a case that `actor` may read, each with its versions, the newest first: one statement.

    Args:
        session: of a reader or writer.
        case_id: any case; of one that the actor may not see there are no documents.
        field_path: only those that belong to this field.
    """
    statement = _readable(actor).where(AssistanceRequest.id == case_id)
    if field_path is not None:
        statement = statement.where(Document.field_path == field_path)
    ordered = statement.order_by(Document.series, Document.version.desc())
    return [Listed(document, name) for document, name in session.execute(ordered)]


def document_for(session: Session, actor: Actor, key: str, *, case_key: str | None = None) -> Document:
    """Return the document with the public key `key`: one statement.

    Args:
        case_key: public key of the case to which it must belong; None for any.

    Raises:
        NotFound: there is none that this actor may read; a case or document of others answers the same.
    """
    wanted = _readable(actor).where(Document.key == key)
    if case_key is not None:
        wanted = wanted.where(AssistanceRequest.key == case_key)
    document: Document = found(session.scalars(wanted).first())
    return document


def remove_from_draft(session: Session, case: AssistanceRequest, actor: Actor, document: Document) -> None:
    """Take a document with all its versions out of a draft; its files are collected later.

    Raises:
        Forbidden: the case is no draft, or not the actor's.
    """
    payload = payload_of(document) | {"removed": True}
    session.execute(delete(Document).where(Document.series == document.series, Document.case_id == case.id))
    record(session, case, Action.EDIT_DRAFT, actor, Said(payload), bump=False)
    _name_in_draft(session, case, actor, document)


def role_of(actor: Actor) -> Role:
    """Return the role in which `actor` brings a document.

    Raises:
        Forbidden: in none; an auditor only reads.
    """
    roles = actor.roles & (STATE_ROLES | TPB_ROLES | LIAISON_ROLES | {Role.SYSTEM})
    if not roles:
        raise Forbidden
    return min(roles)


def may_replace(actor: Actor, document: Document) -> bool:
    """Tell whether a next version is the actor's to bring: their side brought it, each body for itself."""
    sides = (STATE_ROLES, TPB_ROLES | {Role.SYSTEM}, *({role} for role in LIAISON_ROLES))
    return any(document.uploaded_as in side and actor.roles & side for side in sides)


def _name_in_draft(session: Session, case: AssistanceRequest, actor: Actor, document: Document) -> None:
    """Let a draft name the texts that are attached to it now, when `document` came or went as one of them."""
    if document.field_path != TEXTS or case.state is not State.DRAFT:
        return
    newest = select(Document).where(
        Document.case_id == case.id,
        Document.field_path == TEXTS,
        Document.superseded_at.is_(None),
        Document.status == DocumentStatus.ACCEPTED,
    )
    texts = session.scalars(newest.order_by(Document.id)).all()
    if len(texts) > MOST_ROWS:
        raise InvalidCommand(FieldError("file", "document.too_many", {"most": MOST_ROWS}))
    refs = [
        DocumentRef(key=text.key, name=text.title, language=language_of(text), sha256=text.sha256) for text in texts
    ]
    set_document_refs(session, case, actor, refs)


def language_of(document: Document) -> Language:
    """Return the language of a document; what is none of the list is "other"."""
    return Language(document.lang) if document.lang in set(Language) else Language.OTHER


def _supersede(former: Document, actor: Actor, document: Document) -> None:
    """Make `document` the next version of `former`."""
    if former.superseded_at is not None:
        raise InvalidCommand(FieldError("replaces", "document.newer_version"))
    if not may_replace(actor, former):
        raise InvalidCommand(FieldError("replaces", "document.not_yours"))
    if document.audience is not former.audience:
        raise InvalidCommand(FieldError("audience", "not_offered"))
    former.superseded_at = now()
    document.series, document.version = former.series, former.version + 1
    document.field_path = former.field_path


def _readable(actor: Actor) -> Select[Any]:
    """Return a select over documents and the names of those who brought them."""
    return (
        visible_cases(actor, Document, User.name)
        .select_from(AssistanceRequest)
        .join(Document, Document.case_id == AssistanceRequest.id)
        .outerjoin(User, User.id == Document.uploaded_by_id)
        .where(*readable_documents(actor))
    )


def readable_documents(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on `documents`, joined with `cases`, under which `actor` may read them."""
    audiences = Document.audience.in_(readable_by(actor))
    if actor.is_state_side or actor.is_system:
        return (audiences,)
    if not hangs_on_consent(actor):
        return audiences, was_sent()
    shared = reached(actor, Document.case_id, func.coalesce(Document.widened_at, Document.uploaded_at))
    return audiences, was_sent(), Document.uploaded_as.in_(actor.roles) | shared


def was_sent() -> ColumnElement[bool]:
    """Return the condition on `documents`, joined with `cases`, that a version left the State at all.

    What was replaced before the State submitted was never sent: it stays with that State (docs/decisions/0003).
    """
    kept = or_(Document.superseded_at.is_(None), Document.superseded_at >= AssistanceRequest.submitted_at)
    return AssistanceRequest.submitted_at.is_not(None) & kept
