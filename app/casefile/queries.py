"""What the overview and the history of a case show, to this reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.content.labels import Row as ContentRow
from app.casework.content.labels import rows_of
from app.casework.entries import EntryView, history_for
from app.casework.exchange import MOST, Exchange, exchange_of, exchange_rows
from app.casework.models import CaseRevision
from app.casework.models.case import UNSENT
from app.casework.page import CasePage
from app.casework.queries import draft_of, latest_revision
from app.casework.sharing import shared_until
from app.correspondence.queries import Summary, summary_of
from app.triage.merging import goes_on_as
from app.triage.paper.queries import paper_section
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, State

#: Entries on the overview, and on one page of the history.
LATEST = 6
PAGE = 50


@dataclass(frozen=True, slots=True)
class Overview:
    """The request, what was asked about it, the latest of its history and of the messages that this reader may read.

    Attributes:
        has_receipt: the reader's State was given one.
        goes_on_as: the requests under which a merged one goes on, the nearest first.
    """

    exchange: Exchange
    sections: Sequence[tuple[str, Sequence[ContentRow]]]
    entries: Sequence[EntryView]
    has_receipt: bool
    messages: Summary | None
    goes_on_as: Sequence[Any]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of the history; `older` is the sequence number to go on before, None on the last page."""

    entries: Sequence[EntryView]
    older: int | None


def overview_of(session: Session, actor: Actor, page: CasePage) -> Overview:
    """Return the request as it was last submitted (or drafted), the latest entries and message: five at most, and
    one more for what is known of the paper on which it came.
    """
    has_receipt = actor.is_state_side and page.case.number is not None
    data, revision = _content(session, actor, page)
    exchange = exchange_of(session, actor, page.case, revision)
    # the messages stand in a place of their own; a lively exchange must not push the steps out of sight
    entries = history_for(session, actor, page, LATEST, without=(Action.WRITE,))
    # about a draft nobody writes; what was written before it came back stands behind the tab
    messages = None if page.case.state is State.DRAFT else summary_of(session, actor, page.case.id)
    merged = goes_on_as(session, actor, page.case) if page.case.state is State.MERGED else ()
    sections = [*paper_section(session, actor, page.case), *rows_of(data)]
    return Overview(exchange, sections, entries, has_receipt, messages, merged)


def sections_of(session: Session, actor: Actor, page: CasePage) -> list[tuple[str, Sequence[ContentRow]]]:
    """Return the whole request, after everything that was asked and answered, for paper: two statements, or three."""
    data, revision = _content(session, actor, page)
    exchange = exchange_of(session, actor, page.case, revision, limit=MOST)
    asked = [(str(_("Questions and answers")), list(exchange_rows(exchange)))] if exchange else []
    return [*asked, *paper_section(session, actor, page.case), *rows_of(data)]


def _content(session: Session, actor: Actor, page: CasePage) -> tuple[Mapping[str, Any], CaseRevision | None]:
    """Return what the request holds, and the revision that it stands in once it was submitted."""
    if page.case.state in UNSENT:
        return {name: task.data for name, task in draft_of(session, page.case.id).items()}, None
    revision = latest_revision(session, page.case.id, shared_until(session, actor, page.case))
    return (revision.data if revision else {}), revision


def whole_history(session: Session, actor: Actor, page: CasePage, before: int | None) -> HistoryPage:
    """Return one page of the history, newest first.

    Args:
        before: only entries with a lower sequence number.
    """
    found = history_for(session, actor, page, PAGE + 1, before)
    return HistoryPage(found[:PAGE], found[PAGE - 1].seq if len(found) > PAGE else None)
