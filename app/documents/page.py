"""What the pages of documents show: always what this reader may read, nothing else, and nothing else is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership, widenings, writable_by
from app.casework.content.labels import label_of
from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.casework.facts import core_of_seen
from app.casework.models import AssistanceRequest
from app.casework.opening import Opening, WidenForm, openings
from app.casework.page import CasePage
from app.casework.texts.audiences import TONES, readership_text
from app.casework.visibility import found, visible_cases
from app.documents.models import Document
from app.documents.services import (
    Listed,
    document_for,
    documents_of,
    language_of,
    may_replace,
    readable_documents,
)
from app.documents.texts import kind_text
from app.foundation.errors import Forbidden
from app.foundation.formatting import one_line
from app.foundation.wiring import wiring
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.vocabulary import Action, Role, State

#: Documents on one page.
PAGE = 40
#: Digits of the hash that are shown; the rest is in the address of nothing.
HASH_DIGITS = 12


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a document.

    Attributes:
        url: where it is downloaded; None while it is withheld.
        by: who brought it; None for the system.
        digest: the beginning of its hash.
    """

    number: int
    url: str | None
    file_name: str
    size: int
    digest: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document with its newest version; the addresses are None for what this reader may not do."""

    key: str
    title: Markup
    kind: str
    language: str
    readers: str
    tone: str
    widened_at: datetime | None
    newest: VersionView
    older: Sequence[VersionView]
    version_url: str | None
    widen_url: str | None
    remove_url: str | None


@dataclass(frozen=True, slots=True)
class DocumentsShown:
    """The tab: one page of documents, the newest first, and what this reader may do.

    Attributes:
        field: name of the field of a draft whose documents alone are shown; None for all.
        back_url: the page of that field.
        unsent: only the State sees them yet.
    """

    documents: Sequence[DocumentView]
    total: int
    add_url: str | None
    more_url: str | None
    unsent: bool
    field: str | None
    back_url: str | None


def documents_shown(
    session: Session, actor: Actor, page: CasePage, after: str | None, field_path: str | None
) -> DocumentsShown:
    """Return the documents that `actor` may read: one statement.

    Args:
        after: key of the last document of the page before; any other key gives the first page.
        field_path: the field of a draft whose documents alone are shown; None for all.
    """
    listed = documents_of(session, actor, page.case.id, field_path=field_path)
    by_series = [list(versions) for _series, versions in groupby(listed, key=lambda one: one.document.series)]
    by_series.sort(key=lambda versions: versions[0].document.id, reverse=True)
    series = [versions[0].document.series for versions in by_series]
    start = series.index(after) + 1 if after in series else 0
    shown = by_series[start : start + PAGE]
    key, may = page.case.key, may_attach(actor, page.core)
    last = series[start + PAGE - 1] if len(by_series) > start + PAGE else None
    return DocumentsShown(
        documents=[_document(actor, page.core, versions, may_attach=may) for versions in shown],
        total=len(by_series),
        add_url=url_for("documents.add", key=key, field_path=field_path) if may else None,
        more_url=url_for("documents.documents", key=key, field_path=field_path, after=last) if last else None,
        unsent=page.case.submitted_at is None,
        field=str(label_of(field_path)) if field_path else None,
        back_url=field_page(key, field_path),
    )


def field_of_draft(core: CaseCore, wanted: str | None) -> str | None:
    """Return the field that an address names, if it is one of documents and the case is a draft."""
    return wanted if wanted in wiring().field_pages and core.state is State.DRAFT else None


def field_page(key: str, field_path: str | None) -> str | None:
    """Return the page of a draft that holds the field; None for documents of no field."""
    if field_path is None:
        return None
    endpoint, values = wiring().field_pages[field_path]
    named: dict[str, Any] = {"key": key, **values}
    return url_for(endpoint, **named)


def document_count(actor: Actor) -> ScalarSelect[int] | None:
    """Return the select of how many documents of a case `actor` may read, versions of one counted once."""
    if actor.has(Role.ADMINISTRATOR):
        return None
    newest = Document.superseded_at.is_(None)
    mine = select(func.count()).select_from(Document).where(Document.case_id == AssistanceRequest.id, newest)
    return mine.where(*readable_documents(actor)).correlate(AssistanceRequest).scalar_subquery()


def count_words(count: int) -> str:
    """Return what the number on the tab means."""
    return str(ngettext("%(num)s document", "%(num)s documents", count))


def may_attach(actor: Actor, core: CaseCore) -> bool:
    """Tell whether `actor` may attach to the case where it stands; in a draft that is part of editing it."""
    return policy.may(actor, Action.EDIT_DRAFT if core.state is State.DRAFT else Action.ATTACH, core)


def attachable(session: Session, actor: Actor, key: str) -> CaseCore:
    """Return where the case `key` stands, before anything of an upload is looked at.

    Raises:
        NotFound: there is none that this actor may see.
        Forbidden: this actor may not attach to it.
    """
    case = found(session.scalars(visible_cases(actor).where(AssistanceRequest.key == key)).first())
    core = core_of_seen(case, actor)
    if not may_attach(actor, core):
        raise Forbidden
    return core


def renewable(session: Session, actor: Actor, key: str, document: str, *, refused: bool = False) -> Document:
    """Return the newest version of a document to which `actor`, who may attach to its case, may add the next.

    Args:
        refused: the form was sent and says itself why not.

    Raises:
        NotFound: there is none that this actor may read.
        Forbidden: it is not theirs to renew.
    """
    newest = document_for(session, actor, document, case_key=key)
    if not refused and (newest.superseded_at is not None or not may_replace(actor, newest)):
        raise Forbidden
    return newest


def removable(session: Session, actor: Actor, key: str, document: str) -> Document:
    """Return a document that `actor` may take out of a draft.

    Raises:
        NotFound: there is none that this actor may read.
        Forbidden: the case is no draft any more.
    """
    core = attachable(session, actor, key)
    going = document_for(session, actor, document, case_key=key)
    if core.state is not State.DRAFT:
        raise Forbidden
    return going


def offered_readers(actor: Actor) -> tuple[Sequence[Readership], Readership]:
    """Return to whom `actor` may attach, and with whom it starts (process, Audiences)."""
    offered = writable_by(actor, before_submission=False)
    return offered, Readership.ALL if actor.is_state_side else offered[0]


def opening(
    session: Session, actor: Actor, page: CasePage, key: str, form: WidenForm
) -> tuple[Document, list[Opening]]:
    """Return the document `key` and the ways in which `actor` may open it: one statement.

    Args:
        form: as it was sent; its errors are shown above.

    Raises:
        NotFound: there is no such document that this actor may read.
        Forbidden: this actor may not open it.
    """
    document = document_for(session, actor, key, case_key=page.case.key)
    now = Readership(document.audience.value)
    wider = widenings(actor, now, document.uploaded_as) if policy.may(actor, Action.ATTACH, page.core) else ()
    if not wider and not form.errors:
        raise Forbidden
    return document, openings(actor, now, wider)


def _document(actor: Actor, core: CaseCore, versions: Sequence[Listed], *, may_attach: bool) -> DocumentView:
    newest = versions[0].document
    readers, language = Readership(newest.audience.value), language_of(newest)

    def page_of(name: str) -> str:
        return url_for(f"documents.{name}", key=core.key, document=newest.key)

    may_open = may_attach and core.state is not State.DRAFT and widenings(actor, readers, newest.uploaded_as)
    return DocumentView(
        key=newest.key,
        title=one_line(newest.title, None if language is Language.OTHER else language.value),
        kind=kind_text(newest.kind),
        language=str(LANGUAGES[language]),
        readers=readership_text(readers, actor),
        tone=TONES[readers],
        widened_at=newest.widened_at,
        newest=_version(core.key, versions[0]),
        older=[_version(core.key, one) for one in versions[1:]],
        version_url=page_of("add_version") if may_attach and may_replace(actor, newest) else None,
        widen_url=page_of("widen") if may_open else None,
        remove_url=page_of("remove") if may_attach and core.state is State.DRAFT else None,
    )


def _version(case_key: str, one: Listed) -> VersionView:
    document = one.document
    return VersionView(
        number=document.version,
        url=url_for("documents.download", key=case_key, document=document.key) if document.is_readable else None,
        file_name=document.file_name,
        size=document.size,
        digest=document.sha256[:HASH_DIGITS],
        by=one.by,
        at=document.uploaded_at,
    )
