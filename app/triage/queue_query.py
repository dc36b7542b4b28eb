"""What somebody asked the queue to show: views, filters, a place in the list. All of it stands in the address."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.casework.content.fields import empty_is_none
from app.foundation.db.types import CROCKFORD, PUBLIC_KEY_LENGTH
from app.reference.vocabulary import RegionalGroup
from app.workflow.states import ENDED, OPEN
from app.workflow.vocabulary import AssistanceType, State

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: In a cursor: the row has no due date.
UNDATED = "none"
ROWS = (25, 50, 100)
#: No due date of the product lies beyond; a cursor that claims one was written by hand.
_LATEST_DUE = 10**17


class View(StrEnum):
    """A list of the queue."""

    NEW = "new"
    SCREENING = "screening"
    RETURNED = "returned"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    OVERDUE = "overdue"
    OPEN = "open"
    ENDED = "ended"


#: Views that show one state only.
STATE_OF_VIEW = {View.NEW: State.SUBMITTED, View.SCREENING: State.SCREENING, View.RETURNED: State.RETURNED}


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
    """A row's place in the list: its due date as it was shown, and its public key."""

    due_at: datetime | None
    key: str

    def __str__(self) -> str:
        """The cursor as it stands in an address."""
        if self.due_at is None:
            return f"{UNDATED}.{self.key}"
        return f"{(self.due_at - EPOCH) // timedelta(microseconds=1)}.{self.key}"

    @classmethod
    def read(cls, value: Any) -> Self | None:
        """Read a cursor out of an address.

        Raises:
            PydanticCustomError: `list_changed`, nobody was given this cursor.
        """
        if value in (None, "") or isinstance(value, cls):
            return value or None
        due, _, key = str(value).partition(".")
        if len(key) != PUBLIC_KEY_LENGTH or set(key) - set(CROCKFORD):
            raise PydanticCustomError("list_changed", "no such place")
        if due == UNDATED:
            return cls(None, key)
        if not (due.isascii() and due.isdigit() and int(due) < _LATEST_DUE):
            raise PydanticCustomError("list_changed", "no such place")
        return cls(EPOCH + timedelta(microseconds=int(due)), key)


def _known_size(value: Any) -> Any:
    if str(value) not in {str(size) for size in ROWS}:
        raise PydanticCustomError("not_offered", "not one of the sizes")
    return value


EmptyIsNone = BeforeValidator(empty_is_none)
Place = Annotated[Any, BeforeValidator(Cursor.read)]
Number = Annotated[
    str | None, EmptyIsNone, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^TPB-\d{4}-\d{4,9}$")
]


class QueueQuery(BaseModel):
    """What the address asks for.

    Attributes:
        number: exactly this request, whatever its state; the other filters then do not count.
        states: only these states, of those that the view holds.
        member_state: code of three letters.
        after, before: the place in the list at which the page begins or ends.
    """

    model_config = ConfigDict(frozen=True)

    view: View = View.OPEN
    rows: Annotated[int, BeforeValidator(_known_size)] = ROWS[0]
    number: Number = None
    states: Annotated[tuple[State, ...], Field(max_length=len(State))] = ()
    group: Annotated[RegionalGroup | None, EmptyIsNone] = None
    member_state: Annotated[str | None, EmptyIsNone, StringConstraints(pattern=r"^[A-Z]{3}$")] = None
    type: Annotated[AssistanceType | None, EmptyIsNone] = None
    due: Annotated[Due | None, EmptyIsNone] = None
    origin: Annotated[Origin | None, EmptyIsNone] = None
    after: Place = None
    before: Place = None

    @property
    def holds(self) -> frozenset[State]:
        """The states that the view can show."""
        if self.view in STATE_OF_VIEW:
            return frozenset({STATE_OF_VIEW[self.view]})
        return ENDED if self.view is View.ENDED else OPEN

    @property
    def filters(self) -> dict[str, Any]:
        """The filters that are set, as they stand in an address."""
        names = ("number", "group", "member_state", "type", "due", "origin")
        found = {name: value for name in names if (value := getattr(self, name)) is not None}
        return found | ({"states": list(self.states)} if self.states else {})

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of the address that shows this list with `changes`; a place is never carried over."""
        shown: dict[str, Any] = {"view": self.view, "rows": self.rows, **self.filters, **changes}
        if shown["rows"] == ROWS[0]:
            del shown["rows"]
        return {name: _plain(value) for name, value in shown.items() if value is not None}


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
