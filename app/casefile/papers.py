"""The receipt and the whole request as PDF: what the reader's pages say, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casefile.queries import sections_of
from app.casework.content.labels import value_of
from app.casework.entries import EntryView, history_for
from app.casework.page import CasePage, state_name
from app.casework.queries import latest_revision
from app.casework.texts import channel_text
from app.documents.services import documents_of
from app.foundation.clock import now
from app.foundation.errors import NotFound
from app.foundation.formatting import bdi, date_filter, moment_filter, one_line, plain_text
from app.foundation.i18n import current_locale
from app.papers import Line, Paper, Part, document
from app.workflow.actor import Actor

#: Entries of the history that one paper holds; the page goes on where it ends.
MOST_ENTRIES = 500
Row = tuple[str, Markup | str | None]


def receipt(session: Session, page: CasePage) -> Paper:
    """Return the receipt of a submitted request: its number, what happens next and by when.

    Raises:
        NotFound: it was not submitted.
    """
    if page.case.number is None:
        raise NotFound
    revision = latest_revision(session, page.case.id)
    types = value_of(revision.data, "need.types") if revision else None
    asked = [*_about(page), (_("Title"), _title(page)), (_("Types of assistance"), types), *_received(page)]
    return document(
        _("Your request was received"),
        [
            Part(words=_("Please quote the number whenever you write to the Terrorism Prevention Branch."), rows=asked),
            Part(_("What happens now"), rows=list(_next(page))),
        ],
        kind=_("Receipt"),
        reference=page.case.number,
        dated=_today(),
    )


def whole_request(session: Session, actor: Actor, page: CasePage) -> Paper:
    """Return everything that the pages of the case show to `actor`: answers, questions, the steps of its history.

    What was not submitted says so on each page.
    """
    entries = history_for(session, actor, page, MOST_ENTRIES)
    parts = [
        Part(rows=[*_about(page), *_received(page), *_next(page)]),
        *(
            Part(str(title), rows=[(row.key, row.value) for row in rows])
            for title, rows in sections_of(session, actor, page)
        ),
        *_documents(session, actor, page),
        Part(_("History"), lines=[_line(entry) for entry in entries]),
    ]
    return document(
        _title(page),
        parts,
        kind=_("Request for technical assistance"),
        reference=page.case.number,
        dated=_today(),
        mark=None if page.case.number else _("Draft, not submitted"),
    )


def file_name(page: CasePage, kind: str) -> str:
    """Return the name of a file about the case, without ending, such as `TPB-2026-0001-receipt`."""
    return f"{page.case.number or 'draft'}-{kind}"


def _about(page: CasePage) -> Iterator[Row]:
    if page.case.number:
        yield _("Number"), bdi(page.case.number)
    yield _("State"), bdi(state_name(page.header.member_state, str(current_locale())))


def _received(page: CasePage) -> Iterator[Row]:
    case = page.case
    if case.submitted_at is not None:
        yield _("Received on"), date_filter(case.received_on or case.submitted_at)
        yield _("Submitted by"), channel_text(case.channel)


def _next(page: CasePage) -> Iterator[Row]:
    yield _("Status"), page.status
    yield _("What happens now"), page.now.what
    yield _("Who has it"), bdi(page.now.who)
    if page.now.due is not None:
        yield _("By when"), date_filter(page.now.due)
    if page.now.then is not None:
        yield _("Then"), page.now.then
    if page.now.contact is not None:
        yield _("Contact"), bdi(page.now.contact)


def _title(page: CasePage) -> Markup | str:
    return one_line(page.case.title, page.case.lang) if page.case.title else _("Untitled draft")


def _line(entry: EntryView) -> Line:
    meta = moment_filter(entry.at)
    if entry.by:
        meta = Markup("{} · {}").format(meta, bdi(entry.by))
    return Line(entry.text, meta, plain_text(entry.note) if entry.note else None)


def _documents(session: Session, actor: Actor, page: CasePage) -> Iterator[Part]:
    """Yield the list of the files that the reader may have, each with its hash; nothing when there are none."""
    listed = documents_of(session, actor, page.case.id)
    lines = [
        Line(
            one_line(one.document.title, one.document.lang),
            Markup(" · ").join((bdi(one.document.file_name), moment_filter(one.document.uploaded_at))),
            Markup("SHA-256 {}").format(one.document.sha256),
        )
        for one in listed
    ]
    if lines:
        yield Part(_("Documents"), lines=lines)


def _today() -> date:
    return now().date()
