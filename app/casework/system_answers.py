"""What the system says in a request: what it knows of State and case, and whether codes name anything."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content.instruments import NUCLEAR_TERRORISM, PartySaid
from app.casework.models import AssistanceRequest
from app.foundation.db import read_session
from app.foundation.errors import FieldError
from app.reference.states import all_states, instruments, state_by_id
from app.reference.treaties import status_of
from app.reference.vocabulary import CellStatus

#: Fields whose answers are codes of reference data, by task: places inside the task, and of what.
_STATES = {"details": ("cooperation.partners", "workshop.participating_states"), "results": ("place.country",)}
_INSTRUMENTS = {"instruments": ("list", "said")}


def with_system_answers(
    session: Session, case: AssistanceRequest, task: str, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return `answers` of a task with what the State is not asked: at most one statement, none for most tasks.

    "need" names the request that a follow-up follows; "instruments" says whether the State is a party to the Nuclear
    Terrorism Convention, which decides whether it is asked about it (paragraph 10).
    """
    known = dict(answers)
    if task == "need" and case.parent_id is not None:
        parent = select(AssistanceRequest.number).where(AssistanceRequest.id == case.parent_id)
        known["parent"] = session.scalars(parent).one()
    elif task == "instruments":
        known["nuclear_party"] = is_nuclear_party(case.state_id, answers)
    return known


def is_nuclear_party(state_id: int, answers: Mapping[str, Any]) -> bool:
    """Tell whether the State is a party to that convention: by the list or, where there is none, by its own word."""
    cells = {cell.instrument_code: cell.status for cell in status_of(read_session(), state_id)}
    status = cells.get(NUCLEAR_TERRORISM, CellStatus.UNKNOWN)
    if status is not CellStatus.UNKNOWN:
        return status is CellStatus.PARTY
    said = {one.get("instrument"): one.get("party") for one in answers.get("said") or () if isinstance(one, Mapping)}
    return said.get(NUCLEAR_TERRORISM) == PartySaid.YES


def unknown_codes(state_id: int, task: str, answers: Mapping[str, Any]) -> list[FieldError]:
    """Return an error for each code in the answers of a task that names no State or instrument.

    Invented States are known to invented States only. No statement: reference data is in memory, and the reading
    session has asked whether it changed.
    """
    session = read_session()
    errors: list[FieldError] = []
    if task in _STATES:
        demo = state_by_id(session, state_id).is_demo
        known = {state.alpha3 for state in all_states(session, include_demo=demo)}
        errors += _not_in(known, answers, _STATES[task])
    if task in _INSTRUMENTS:
        errors += _not_in({one.code for one in instruments(session)}, answers, _INSTRUMENTS[task])
    return errors


def _not_in(known: set[str], answers: Mapping[str, Any], places: tuple[str, ...]) -> Iterator[FieldError]:
    for place in places:
        given: Any = answers
        for part in place.split("."):
            given = given.get(part) if isinstance(given, Mapping) else None
        codes = given if isinstance(given, list) else [given] if given else []
        named = (one.get("instrument") if isinstance(one, Mapping) else one for one in codes)
        if any(code not in known for code in named):
            yield FieldError(place, "not_offered")
