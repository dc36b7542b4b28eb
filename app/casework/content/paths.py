"""Paths of fields, and where they are stored.

A field has one path everywhere: `need.title`, `who.contact.name`, `drafting.bill_date`. Its first part is the task, or
a section of the task "details", which the path leaves out.
"""

from collections.abc import Mapping
from typing import Any

from app.casework.content.details import SECTIONS

DETAILS = "details"


def place_of(path: str) -> tuple[str, ...]:
    """Return the keys under which the field at `path` is stored: ("details", "drafting", "bill_date")."""
    parts = tuple(path.split("."))
    return (DETAILS, *parts) if parts[0] in SECTIONS else parts


def task_of(path: str) -> str:
    """Return the task to which the field at `path` belongs."""
    return place_of(path)[0]


def inner_path(path: str) -> str:
    """Return the path inside its task: "title" of "need.title", "drafting.bill_date" of itself."""
    return ".".join(place_of(path)[1:])


def path_in(task: str, inner: str) -> str:
    """Return the path of a field, from its task and its path inside it: the inverse of `inner_path`."""
    return inner if task == DETAILS and inner else f"{task}.{inner}" if inner else task


def without_positions(path: str) -> str:
    """Return `path` without positions in lists: `who.beneficiaries.name` of `who.beneficiaries.0.name`."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def raw_value(data: Mapping[str, Any], path: str) -> Any:
    """Return the stored answer at `path`, or None."""
    here: Any = data
    for part in place_of(path):
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and part.isdigit() and int(part) < len(here):
            here = here[int(part)]
        else:
            return None
    return here


def corrected(data: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of `data` with the answers at the paths of `changed` replaced; None takes an answer away.

    A position in a list names the row at that place, or the next one.
    """
    copy: dict[str, Any] = dict(data)
    for path, answer in changed.items():
        copy = _put(copy, place_of(path), answer)
    return copy


def _put(data: Any, place: tuple[str, ...], answer: Any) -> Any:
    head, *rest = place
    if head.isdigit():
        rows, position = list(data or ()), int(head)
        row = rows[position] if position < len(rows) else None
        rows[position : position + 1] = [_put(row, tuple(rest), answer) if rest else answer]
        return rows
    copy = dict(data or {})
    if rest:
        copy[head] = _put(copy.get(head), tuple(rest), answer)
    elif answer is None:
        copy.pop(head, None)
    else:
        copy[head] = answer
    return copy
