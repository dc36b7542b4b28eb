"""Cases that hold every word of a search, by the way that costs least.

How common the words are decides: a rare one is looked up and its few cases are put in order; common ones are looked for
along the order of the list until the page is full. One cheap statement tells which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseTerm
from app.casework.search.terms import AFTER_ALL, STATE_MARK, Wanted, terms_of, wanted_of
from app.reference.cache import cached
from app.reference.states import all_states

#: A word that more cases hold is common. Looking up this many costs as much as walking a page of common ones.
COMMON = 5000


@dataclass(frozen=True, slots=True)
class Search:
    """The words of a search as conditions.

    Attributes:
        words: each a condition on `case_search`.
        rarest: place of a word that few cases hold; None when all are common.
        known: whether it was asked how common they are; else the database chooses the way.
    """

    words: tuple[ColumnElement[bool], ...]
    rarest: int | None = None
    known: bool = True

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on `cases`."""
        if not self.known:
            return [AssistanceRequest.id.in_(select(CaseTerm.case_id).where(word)) for word in self.words]
        found = [_holds(word) for place, word in enumerate(self.words) if place != self.rarest]
        if self.rarest is not None:
            hits = select(CaseTerm.case_id).where(self.words[self.rarest]).distinct().cte("hits").prefix_with(
                "MATERIALIZED", dialect="postgresql"
            )  # fmt: skip
            found.insert(0, AssistanceRequest.id.in_(select(hits.c.case_id)))
        return found


def _holds(word: ColumnElement[bool]) -> ColumnElement[bool]:
    # The offset keeps databases from looking up all cases with the word first: it is asked of one case at a time.
    return select(literal(1)).where(CaseTerm.case_id == AssistanceRequest.id, word).offset(0).exists()


def search_for(session: Session, text: str, *, look_first: bool) -> Search:
    """Return what `text` asks for.

    Args:
        text: several words are joined by "and"; one at least.
        look_first: ask how common they are, by one statement.
    """
    words = [_ranges(word, _states_named(session, word)) for word in wanted_of(text)]
    if not look_first:
        return Search(tuple(or_(*ranges) for ranges in words), known=False)
    counts = list(session.execute(select(*(_frequency(ranges) for ranges in words))).one())
    least = min(counts)
    return Search(tuple(or_(*ranges) for ranges in words), None if least > COMMON else counts.index(least))


def _frequency(ranges: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    """Count each range of the index by itself: a look at both at once would not stop at the limit."""
    counts = []
    for one in ranges:
        some = select(literal(1).label("one")).select_from(CaseTerm).where(one).limit(COMMON + 1).subquery()
        counts.append(select(func.count()).select_from(some).scalar_subquery())
    return reduce(add, counts)


def _ranges(word: Wanted, states: Sequence[str]) -> list[ColumnElement[bool]]:
    whole = [*word.whole, *states]
    found: list[ColumnElement[bool]] = [CaseTerm.term.in_(whole)] if whole else []
    if word.beginning:
        found.append((CaseTerm.term >= word.beginning) & (CaseTerm.term < word.beginning + AFTER_ALL))
    return found


def _states_named(session: Session, word: Wanted) -> list[str]:
    """Return the terms of the States whose name in some language, or whose code, has a word that begins so."""
    if not word.beginning:
        return []
    names = cached(session, "search_states", _terms_of_states)
    return [mark for mark, terms in names.items() if any(term.startswith(word.beginning) for term in terms)]


def _terms_of_states(session: Session) -> Mapping[str, frozenset[str]]:
    return {
        STATE_MARK + state.alpha3: frozenset().union(
            terms_of(state.alpha3), *(terms_of(name) for name in state.names.values())
        )
        for state in all_states(session, include_demo=True)
    }
