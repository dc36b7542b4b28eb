"""The home of a State's people: what waits for them, then the requests of their State."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Row

from app.casework.page import TONES, due_known_to, is_overdue, status_text, why_it_rests
from app.casework.texts import action_text, party_text
from app.foundation.db import read_session
from app.foundation.wiring import wiring
from app.requests.progress import complete_words
from app.requests.queries import PAGE, View, answers_by_case, counts_of, listing, to_do
from app.workflow.actor import Actor
from app.workflow.states import ENDED
from app.workflow.vocabulary import Action, Party, State

#: Where the reader goes from here, by state; everything else leads to the page of the request.
_ENDPOINTS = {
    State.DRAFT: ("requests.tasks", Action.EDIT_DRAFT),
    State.AWAITING_MISSION: ("requests.confirm", Action.CONFIRM_REQUEST),
    State.RETURNED: ("requests.answer", Action.ANSWER),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One request of the list, or one thing to do.

    Attributes:
        rests: why it is on hold; None where it is not.
        asks: why it waits for the reader; None in the list.
        act: what the link does; None in the list.
        progress: how many tasks of a draft are complete; None for everything else and in the list.
    """

    title: str | None
    lang: str
    number: str | None
    url: str
    status: str
    tone: str
    holder: str
    due_on: date | None
    overdue: bool
    paused: bool
    rests: str | None
    asks: str | None = None
    act: str | None = None
    progress: str | None = None


@dataclass(frozen=True, slots=True)
class ViewLink:
    """One view of the list with its count."""

    label: str
    url: str
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the page shows; `invitations` are to activities of other States (`wiring().invitations`)."""

    to_do: Sequence[Line]
    invitations: Any
    lines: Sequence[Line]
    views: Sequence[ViewLink]
    view: View
    total: int
    newer_url: str | None
    older_url: str | None


def home_page(actor: Actor, asked: Mapping[str, str]) -> HomePage:
    """Return the home page: five statements (invitations of other States are one), and one more for drafts to finish.

    Args:
        actor: one of a State's people.
        asked: the query of the address: `view`, `after`, `before`; what is not understood is left out.
    """
    session = read_session()
    view = next((one for one in View if one.value == asked.get("view")), View.OPEN)
    counts = counts_of(session, actor)
    page = listing(session, actor, view, after=asked.get("after"), before=asked.get("before"))
    waiting = to_do(session, actor)
    drafts = answers_by_case(session, [row.key for row in waiting if row.state is State.DRAFT])
    invitations = wiring().invitations
    return HomePage(
        invitations=invitations(session, actor) if invitations is not None else None,
        to_do=[line for row in waiting for line in _lines_to_do(row, actor, drafts)],
        lines=[_line(row, actor) for row in page.rows],
        views=[
            ViewLink(label, url_for("requests.home", view=one.value), one is view, counts[one])
            for one, label in ((View.OPEN, _("Open")), (View.ENDED, _("Ended")), (View.ALL, _("All")))
        ],
        view=view,
        total=counts[View.ALL],
        newer_url=url_for("requests.home", view=view.value, before=page.newer) if page.newer else None,
        older_url=url_for("requests.home", view=view.value, after=page.older) if page.older else None,
    )


def _line(row: Row[Any], actor: Actor, url: str | None = None, asks: str | None = None, act: str | None = None) -> Line:
    ended = row.state in ENDED
    return Line(
        title=row.title,
        lang=row.lang,
        number=row.number,
        url=url or url_for(*_page_of(row.state), key=row.key),
        status=status_text(row, actor),
        tone=TONES.get(row.state, "neutral"),
        holder="" if ended else _holder(row),
        due_on=due_known_to(actor, row),
        overdue=is_overdue(actor, row),
        paused=row.paused,
        rests=why_it_rests(row.hold_reason),
        asks=asks,
        act=act,
    )


def _page_of(state: State) -> tuple[str]:
    return ("requests.tasks" if state is State.DRAFT else "casefile.overview",)


def _to_do(row: Row[Any], actor: Actor, drafts: Mapping[str, Mapping[str, Any]]) -> Line:
    if row.to_adopt:
        return _line(row, actor, url_for("requests.adopt_draft", key=row.key), _asks(row), _("Read and adopt"))
    endpoint, action = _ENDPOINTS.get(row.state, ("casefile.overview", None))
    act = action_text(action) if action else str(_("Open the request"))
    line = _line(row, actor, url_for(endpoint, key=row.key), _asks(row), act)
    return replace(line, progress=complete_words(drafts.get(row.key, {}))) if row.state is State.DRAFT else line


def _lines_to_do(row: Row[Any], actor: Actor, drafts: Mapping[str, Mapping[str, Any]]) -> Iterator[Line]:
    """Yield why a request waits for the reader: while a question stops the work, it waits for nothing else."""
    if row.asked:
        yield _question_line(row, actor)
    if row.to_disclose:
        yield _disclosure_line(row, actor)
    if row.holder is Party.STATE and not row.blocking:
        yield _to_do(row, actor, drafts)


def _question_line(row: Row[Any], actor: Actor) -> Line:
    """Return one request with questions for the State; what it would help to answer is never overdue."""
    url, act = url_for("requests.answer", key=row.key), action_text(Action.ANSWER_QUESTION)
    if row.blocking:
        return _line(row, actor, url, str(_("Has a question that the work waits for")), act)
    words = ngettext("Has %(num)s question; the work goes on", "Has %(num)s questions; the work goes on", row.asked)
    return replace(_line(row, actor, url, words, act), due_on=row.answer_by, overdue=False)


def _disclosure_line(row: Row[Any], actor: Actor) -> Line:
    """Return one request whose invitations wait for the State's word; no limit runs for that."""
    url = url_for("participation.invitations", key=row.key)
    asks = str(_("Say which other States may be told of an activity"))
    return replace(_line(row, actor, url, asks, str(_("Open the request"))), due_on=None, overdue=False)


def _asks(row: Row[Any]) -> str:
    if row.to_adopt:
        return str(_("Proposed to your State by %(name)s", name=row.proposer))
    if row.state is State.DRAFT and row.last_step == Action.RETURN_TO_DRAFT.value:
        return str(_("Returned to you with what should change"))
    words: dict[State, str] = {
        State.DRAFT: _("A draft to finish"),
        State.AWAITING_MISSION: _("Waits for your confirmation"),
        State.RETURNED: _("Has questions for you to answer"),
    }
    return words.get(row.state, str(_("Waits for your State")))


def _holder(row: Row[Any]) -> str:
    if row.state is State.AWAITING_MISSION:
        return str(_("Your Permanent Mission"))
    if row.holder is Party.STATE:
        return str(_("Your State"))
    if row.state is State.DECISION:
        return str(_("Chief of the Branch"))
    return str(row.officer) if row.holder is Party.TPB and row.officer else party_text(row.holder)


__all__ = ["PAGE", "HomePage", "Line", "ViewLink", "home_page"]
