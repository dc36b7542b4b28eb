"""The way through a list from case to case: the list and the case's place in it stand in the address of the case.

The place is where the case stood when the list was shown, so that "next" goes on from there although the case has
changed, or left the list, in the meantime. No page that the browser came from is asked.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from pydantic import ValidationError
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app.foundation.i18n import current_locale
from app.foundation.wiring import Trail
from app.triage.blueprint import READERS
from app.triage.queue import neighbours, place_of
from app.triage.queue_query import Cursor, QueueQuery, entered, place_text, read_place
from app.workflow.actor import Actor

#: Name of the case's place among the parameters of the list.
PLACE = "at"
#: Longest address of a list: every filter set, every state ticked, the longest search.
LONGEST = 2000


def case_urls(query: QueueQuery) -> Callable[[Cursor], str]:
    """Return what gives the address of the case at a place of the list; it carries the list and that place.

    What all rows have in common is put together once. Keys and places consist of letters and digits, which no part of
    an address changes.
    """
    trail = urlencode({**query.address(), PLACE: ""}, doseq=True)
    path, _, carried = url_for("casefile.overview", key="", list=trail).partition("?")
    return lambda place: f"{path}{place.key}?{carried}{place_text(place.value)}"


def read_list(text: str) -> tuple[QueueQuery, MultiDict[str, str]] | None:
    """Read the parameters of a list out of one parameter; None when nobody was given it.

    Args:
        text: as `case_urls` wrote it, with or without a place.
    """
    if len(text) > LONGEST:
        return None
    given = MultiDict(parse_qsl(text))
    try:
        return QueueQuery.model_validate(entered(given, given.getlist("states"))), given
    except ValidationError:
        return None


def trail(session: Session, actor: Actor, case: Any, text: str) -> Trail | None:
    """Return the neighbours of `case` in the list that `text` names: one statement.

    Nothing when the parameter was not written by a list, the case has no place in its order, or the reader has no
    queue.

    Args:
        case: the case's row.
        text: the parameter `list` of the address.
    """
    found = read_list(text) if actor.has(*READERS) else None
    if found is None or found[0].number is not None:
        return None
    query, given = found
    try:
        place = Cursor(read_place(given.get(PLACE, "")), case.key)
        QueueQuery.model_validate({"view": query.view, "sort": query.sort, "after": place})
    except (PydanticCustomError, ValidationError):
        return None
    before, after = neighbours(session, actor, query, place, case.id, current_locale())
    return Trail(
        back_url=url_for("triage.queue", **query.address()),
        previous_url=_case_url(session, query, before),
        next_url=_case_url(session, query, after),
    )


def _case_url(session: Session, query: QueueQuery, row: Any) -> str | None:
    if row is None:
        return None
    return case_urls(query)(place_of(session, row, query))
