"""Documents on cases, without pages: what a test needs to be there."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from werkzeug.datastructures import FileStorage

from app.casework.perform import lock_case
from app.documents.models import Document
from app.documents.receiving import StoredFile, receive
from app.documents.services import add_document, document_for
from app.documents.vocabulary import DocumentKind
from app.foundation.db import write_transaction
from app.foundation.db.scope import scope_of
from app.workflow.vocabulary import Audience
from tests.factories.cases import Made
from tests.factories.people import Member
from tests.support import files


def stored_file(app: Flask, name: str = "law.pdf", content: bytes = files.GOOD["pdf"]) -> StoredFile:
    """A file in the store, received as an upload is."""
    with app.test_request_context():
        return receive(FileStorage(io.BytesIO(content), name))


def attach(
    app: Flask,
    person: Member,
    case: Made,
    stored: StoredFile | None = None,
    *,
    replaces: Document | None = None,
    **details: Any,
) -> Document:
    """Attach a file to a case as `person`, in a transaction of its own; returns the row, detached."""
    said: dict[str, Any] = {
        "kind": DocumentKind.DRAFT_LAW,
        "lang": "en",
        "title": "Draft law on mutual legal assistance",
        "audience": Audience.ALL,
    }
    received = stored or stored_file(app)
    with app.app_context(), write_transaction(scope_of(person.actor)) as session:
        locked = lock_case(session, person.actor, case.key)
        if replaces is not None:
            said["replaces"] = document_for(session, person.actor, replaces.key)
        document = add_document(session, locked, person.actor, received, **(said | details))
        session.flush()
        session.expunge(document)
    return document
