"""A list of participants, checked against the activity to which they came."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from app.delivery.activities.lists.reading import Fault, ReadList, normalized, read_list
from app.delivery.activities.lists.words import words_of
from app.delivery.activities.models import Activity
from app.delivery.activities.recording import coming_from
from app.reference.states import all_states


def found_by(session: Session, row: Activity, content: bytes) -> ReadList:
    """Return what a file says of the people who came to an activity: one statement.

    People of a State that takes no part in it are no good lines, whatever else stands in them.
    """
    words = words_of(all_states(session, include_demo=True))
    coming = coming_from(session, row)
    known = {name: code for name, code in words.states.items() if code in coming}
    strange = {name for name, code in words.states.items() if code not in coming}
    found = read_list(content, replace(words, states=known))
    return replace(found, faults=[_named(one, strange) for one in found.faults])


def _named(fault: Fault, strange: set[str]) -> Fault:
    """Return the fault of a State that exists and takes no part under its own name."""
    unknown = fault.code == "list.state" and normalized(fault.found) in strange
    return replace(fault, code="list.no_part") if unknown else fault
