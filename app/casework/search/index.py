"""Keeps the search terms of cases: with each change in the same transaction, and all of them by night.

A submitted case is found by its number, its title, its State, its officer, whoever drafted it and the contact person
whom the request names. Its row carries the terms; the database itself spreads them over `case_search`. A person's new
name reaches them by night.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest, CaseRevision, CaseTerm
from app.casework.search.terms import STATE_MARK, terms_of, terms_of_number
from app.reference.states import state_by_id

#: Cases looked at per statement.
BATCH: Final = 500
#: Where the request names its contact person.
_CONTACT: Final = ("who", "contact", "name")


class Source(NamedTuple):
    """What a case is found by.

    Attributes:
        contact: the name in the request as it was last submitted or answered.
    """

    id: int
    state_id: int
    number: str
    title: str | None
    officer: str | None
    drafter: str | None
    contact: str | None


def names_of(case: AssistanceRequest) -> tuple[ColumnElement[Any], ...]:
    """Return the names of the case's people as columns, for a statement that is sent anyway.

    Nothing when the terms need not be stored again: the case is not submitted, or nothing that it is found by was set.
    """
    if not case.found_by_other_words or case.number is None:
        return ()
    officer = select(User.name).where(User.id == case.officer_id).scalar_subquery()
    drafter = select(User.name).where(User.id == case.drafted_by_id).scalar_subquery()
    return officer.label("officer"), drafter.label("drafter"), _contact(case.id).label("contact")


def keep_terms(session: Session, case: AssistanceRequest, names: Any) -> None:
    """Set the terms of `case`, to be written with its next flush.

    Args:
        case: locked by the caller.
        names: a row with the columns of `names_of`.
    """
    waiting = (one for one in session.new if isinstance(one, CaseRevision) and one.case_id == case.id)
    written = next((((one.data.get("who") or {}).get("contact") or {}).get("name") for one in waiting), names.contact)
    source = Source(case.id, case.state_id, str(case.number), case.title, names.officer, names.drafter, written)
    case.terms = sorted(expected_terms(session, source))
    case.found_by_other_words = False


def _contact(case_id: Any) -> Any:
    name = CaseRevision.data[_CONTACT].as_string()
    newest = select(name).where(CaseRevision.case_id == case_id).order_by(CaseRevision.revision.desc()).limit(1)
    return newest.scalar_subquery()


def expected_terms(session: Session, source: Source) -> set[str]:
    """Return the terms under which the case should be found."""
    words = (terms_of(text) for text in (source.title, source.officer, source.drafter, source.contact) if text)
    state = STATE_MARK + state_by_id(session, source.state_id).alpha3
    return {state, *terms_of_number(source.number)}.union(*words)


def store_terms(session: Session, case_ids: Collection[int]) -> None:
    """Store the terms that are expected of cases as they are now: their rows are locked before they are read."""
    mine = AssistanceRequest.id.in_(case_ids)
    session.execute(select(AssistanceRequest.id).where(mine).order_by(AssistanceRequest.id).with_for_update())
    for source in _sources(session, mine):
        terms = sorted(expected_terms(session, source))
        session.execute(update(AssistanceRequest).where(AssistanceRequest.id == source.id).values(terms=terms))


def differing(session: Session, after: int = 0) -> Iterator[Source]:
    """Yield the submitted cases whose stored terms are not those expected, `BATCH` per pair of statements.

    Args:
        session: one that sees every case.
        after: only cases with a greater primary key.
    """
    while batch := _sources(session, AssistanceRequest.id > after):
        after = batch[-1].id
        stored: dict[int, set[str]] = {source.id: set() for source in batch}
        of_batch = select(CaseTerm.case_id, CaseTerm.term).where(CaseTerm.case_id.in_(stored))
        for case_id, term in session.execute(of_batch):
            stored[case_id].add(term)
        yield from (source for source in batch if stored[source.id] != expected_terms(session, source))


def _sources(session: Session, wanted: ColumnElement[bool]) -> Sequence[Source]:
    officer, drafter = aliased(User), aliased(User)
    case = AssistanceRequest
    statement = (
        select(case.id, case.state_id, case.number, case.title, officer.name, drafter.name, _contact(case.id))
        .outerjoin(officer, officer.id == case.officer_id)
        .outerjoin(drafter, drafter.id == case.drafted_by_id)
        .where(wanted, case.number.is_not(None))
    )
    return [Source(*row) for row in session.execute(statement.order_by(case.id).limit(BATCH))]
