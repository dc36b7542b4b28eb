"""What somebody asked the queue to show: views, filters, a place in the list. All of it stands in the address."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.casework.content.fields import empty_is_none
from app.casework.search.terms import wanted_of
from app.foundation.db.types import CROCKFORD, PUBLIC_KEY_LENGTH
from app.reference.vocabulary import RegionalGroup
from app.workflow.states import ENDED, OPEN
from app.workflow.vocabulary import AssistanceType, State

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: In a cursor: the row has no due date, or no score.
UNDATED = "none"
ROWS = (25, 50, 100)
#: No due date of the product lies beyond; a cursor that claims one was written by hand.
_LATEST_DUE = 10**17
#: No score of the product lies beyond either.
_SCORE = re.compile(r"^s\d{1,5}$", re.ASCII)
_STATE_CODE = re.compile(r"^[A-Z]{3}$", re.ASCII)
#: Longest search, in characters and in words: each word costs a look into the index.
SEARCH_LENGTH = 120
SEARCH_WORDS = 10
_WHOLE_NUMBER = re.compile(r"^TPB-\d{4}-\d{4,9}$", re.ASCII)


class View(StrEnum):
    """A list of the queue, in the order in which they stand: first what waits for somebody (interface, Officer)."""

    UNASSIGNED = "unassigned"
    MINE = "mine"
    OVERDUE = "overdue"
    CTED = "cted"
    DECISION = "decision"
    OPEN = "open"
    NEW = "new"
    SCREENING = "screening"
    RETURNED = "returned"
    HELD = "held"
    ENDED = "ended"
    ALL = "all"


#: Views that show one state only.
STATE_OF_VIEW = {
    View.NEW: State.SUBMITTED,
    View.SCREENING: State.SCREENING,
    View.RETURNED: State.RETURNED,
    View.HELD: State.ON_HOLD,
}
#: Views without an end: never counted, the newest first.
ENDLESS = frozenset({View.ENDED, View.ALL})


class Sort(StrEnum):
    """An order of the list; with a minus it runs the other way."""

    DUE = "due"
    LAST_DUE = "-due"
    RECEIVED = "received"
    NEWEST = "-received"
    STATE = "state"
    LAST_STATE = "-state"
    SINCE = "since"
    SHORTEST = "-since"
    LOWEST = "score"
    HIGHEST = "-score"

    @property
    def by(self) -> str:
        """What it goes by: due, received, state, since, score."""
        return self.value.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether it runs the other way."""
        return self.value.startswith("-")

    @property
    def turned(self) -> "Sort":
        """The same the other way round."""
        return Sort(self.by if self.descending else f"-{self.by}")


#: What a list without an end can be sorted by.
SORTS_OF_ENDLESS = frozenset({Sort.RECEIVED, Sort.NEWEST, Sort.STATE, Sort.LAST_STATE})


class Due(StrEnum):
    """Filter by due date."""

    OVERDUE = "overdue"
    WEEK = "week"
    MONTH = "month"
    NONE = "none"


class Origin(StrEnum):
    """Filter by kind of State: an invented State of the demo stands apart from the real ones."""

    REAL = "real"
    DEMO = "demo"


class Cursor(NamedTuple):
    """A row's place in the list: what the list is sorted by, as it was shown, and the row's public key.

    Attributes:
        value: an instant, the code of a State, a score, or None for a row without a due date or a score.
    """

    value: datetime | str | int | None
    key: str

    def __str__(self) -> str:
        """The cursor as it stands in an address."""
        return f"{place_text(self.value)}.{self.key}"

    @classmethod
    def read(cls, value: Any) -> Self | None:
        """Read a cursor out of an address.

        Raises:
            PydanticCustomError: `list_changed`, nobody was given this cursor.
        """
        if value in (None, "") or isinstance(value, cls):
            return value or None
        place, _, key = str(value).partition(".")
        if len(key) != PUBLIC_KEY_LENGTH or set(key) - set(CROCKFORD):
            raise PydanticCustomError("list_changed", "no such place")
        return cls(read_place(place), key)


def place_text(value: datetime | str | int | None) -> str:
    """Return the first half of a cursor as it stands in an address."""
    if isinstance(value, datetime):
        return str((value - EPOCH) // timedelta(microseconds=1))
    if isinstance(value, int):
        return f"s{value}"
    return UNDATED if value is None else value


def read_place(text: str) -> datetime | str | int | None:
    """Read the first half of a cursor.

    Raises:
        PydanticCustomError: `list_changed`, nobody was given it.
    """
    if text == UNDATED:
        return None
    if _STATE_CODE.match(text):
        return text
    if _SCORE.match(text):
        return int(text[1:])
    if not (text.isascii() and text.isdigit() and int(text) < _LATEST_DUE):
        raise PydanticCustomError("list_changed", "no such place")
    return EPOCH + timedelta(microseconds=int(text))


def _known_size(value: Any) -> Any:
    if str(value) not in {str(size) for size in ROWS}:
        raise PydanticCustomError("not_offered", "not one of the sizes")
    return value


EmptyIsNone = BeforeValidator(empty_is_none)
Place = Annotated[Any, BeforeValidator(Cursor.read)]


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _has_words(value: str) -> str:
    words = wanted_of(value)
    if not words:
        raise PydanticCustomError("search_empty", "no word in it")
    if len(words) > SEARCH_WORDS:
        raise PydanticCustomError("search_too_long", "too many words", {"most": SEARCH_WORDS})
    return value


Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=SEARCH_LENGTH), AfterValidator(_has_words)]
SearchText = Annotated[Words | None, BeforeValidator(_blank_is_none)]


class QueueQuery(BaseModel):
    """What the address asks for.

    Attributes:
        q: words, all of which must be found; a whole number finds its request whatever its state and the filters.
        sort: None for the order that is the view's own.
        states: only these states, of those that the view holds.
        member_state: code of three letters.
        after, before: the place in the list at which the page begins or ends.
    """

    model_config = ConfigDict(frozen=True)

    view: View = View.OPEN
    rows: Annotated[int, BeforeValidator(_known_size)] = ROWS[0]
    q: SearchText = None
    sort: Annotated[Sort | None, EmptyIsNone] = None
    states: Annotated[tuple[State, ...], Field(max_length=len(State))] = ()
    group: Annotated[RegionalGroup | None, EmptyIsNone] = None
    member_state: Annotated[str | None, EmptyIsNone, StringConstraints(pattern=r"^[A-Z]{3}$")] = None
    type: Annotated[AssistanceType | None, EmptyIsNone] = None
    due: Annotated[Due | None, EmptyIsNone] = None
    origin: Annotated[Origin | None, EmptyIsNone] = None
    after: Place = None
    before: Place = None

    @field_validator("after", "before")
    @classmethod
    def _fits_the_order(cls, value: Cursor | None, info: ValidationInfo) -> Cursor | None:
        order = _order(info.data.get("view", View.OPEN), info.data.get("sort"))
        kinds = {"state": str, "due": datetime | None, "score": int | None}
        if value is not None and not isinstance(value.value, kinds.get(order.by, datetime)):
            raise PydanticCustomError("list_changed", "a place in another order")
        return value

    @property
    def order(self) -> Sort:
        """The order of the list."""
        return _order(self.view, self.sort)

    @property
    def number(self) -> str | None:
        """The whole number that is searched for, if it is one."""
        text = (self.q or "").upper()
        return text if _WHOLE_NUMBER.match(text) else None

    @property
    def holds(self) -> frozenset[State]:
        """The states that the view can show."""
        if self.view in STATE_OF_VIEW:
            return frozenset({STATE_OF_VIEW[self.view]})
        return {View.ENDED: ENDED, View.ALL: OPEN | ENDED}.get(self.view, OPEN)

    @property
    def filters(self) -> dict[str, Any]:
        """The filters that are set, as they stand in an address."""
        names = ("q", "group", "member_state", "type", "due", "origin")
        found = {name: value for name in names if (value := getattr(self, name)) is not None}
        return found | ({"states": list(self.states)} if self.states else {})

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of the address that shows this list with `changes`; a place is never carried over."""
        shown: dict[str, Any] = {"view": self.view, "rows": self.rows, "sort": self.sort, **self.filters, **changes}
        if shown["rows"] == ROWS[0]:
            del shown["rows"]
        return {name: _plain(value) for name, value in shown.items() if value is not None}


def _order(view: View, sort: Sort | None) -> Sort:
    if view in ENDLESS:
        return sort if sort in SORTS_OF_ENDLESS else Sort.NEWEST
    return sort or Sort.DUE


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return [_plain(one) for one in value] if isinstance(value, list) else value


def entered(args: Mapping[str, str], listed: Iterable[str]) -> dict[str, Any]:
    """Return the parameters of an address for `QueueQuery`, without the fields that were left empty.

    Args:
        args: a Werkzeug MultiDict of the address.
        listed: values of the filter that can be chosen several times.
    """
    known = {name: args[name] for name in QueueQuery.model_fields if args.get(name)}
    return known | {"states": tuple(listed)}
