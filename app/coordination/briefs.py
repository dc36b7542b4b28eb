"""What a body is shown of a request: frozen when it is asked, and only what coordination needs (1, 3, 4, 7).

State, types, instruments, summary, earlier assistance, and the documents meant for all. Neither the contact persons nor
the answers about rights, nor anything that the Branch wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content.labels import Row, label_of, language_of, raw_value, value_of
from app.casework.models import CaseRevision
from app.documents.models import Document
from app.documents.vocabulary import DocumentStatus
from app.workflow.vocabulary import Audience

#: What is shown, in this order.
PATHS = (
    "need.types",
    "need.problem",
    "need.urgency",
    "need.urgency_trigger",
    "need.cted_recommendation",
    "instruments.list",
    "instruments.resolutions",
    "instruments.nuclear_wanted",
    "results.expected",
    "results.previous",
    "results.previous_none",
)
_KEPT = (*PATHS, "need.title", "who.working_language")


@dataclass(frozen=True, slots=True)
class BriefView:
    """A brief in the reader's language.

    Attributes:
        rows: answers of the State; what it did not answer is left out.
        documents: key, title and language of each.
    """

    title: str
    lang: str | None
    rows: Sequence[Row]
    documents: Sequence[Mapping[str, Any]]


def freeze(revision: CaseRevision, documents: Sequence[Document]) -> dict[str, Any]:
    """Return the brief as it is stored with a consultation: what the State said at this revision, and no more."""
    data: dict[str, dict[str, Any]] = {}
    for path in _KEPT:
        task, _dot, name = path.partition(".")
        value = raw_value(revision.data, path)
        if value is not None:
            data.setdefault(task, {})[name] = value
    listed = [{"key": one.key, "title": one.title, "lang": one.lang} for one in documents]
    return {"revision": revision.revision, "data": data, "documents": listed}


def documents_for_all(session: Session, case_id: int) -> Sequence[Document]:
    """Return the newest versions of the documents that every body may read: one statement."""
    statement = select(Document).where(
        Document.case_id == case_id,
        Document.audience == Audience.ALL,
        Document.superseded_at.is_(None),
        Document.status == DocumentStatus.ACCEPTED,
    )
    return session.scalars(statement.order_by(Document.id)).all()


def view_of(brief: Mapping[str, Any]) -> BriefView:
    """Return a stored brief as it is shown; call it in a request."""
    data = brief["data"]
    rows = [
        Row(str(label_of(path)), shown, path)
        for path in PATHS
        if raw_value(data, path) not in (None, "", [], False) and (shown := value_of(data, path)) is not None
    ]
    return BriefView(str(raw_value(data, "need.title") or ""), language_of(data), rows, brief["documents"])
