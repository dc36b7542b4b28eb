"""What an address of the queue may ask for, and the cursor in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from app.triage.queue_query import ENDLESS, STATE_OF_VIEW, Cursor, Due, QueueQuery, Sort, View, entered
from app.workflow.states import ENDED, OPEN
from app.workflow.vocabulary import State

KEY = "0123456789ab"
DUE = datetime(2026, 3, 17, 23, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", [DUE, None, datetime(1970, 1, 1, tzinfo=UTC), "NOR", 0, 73])
def test_a_cursor_is_read_back_as_it_was_written(value: datetime | str | int | None) -> None:
    assert Cursor.read(str(Cursor(value, KEY))) == Cursor(value, KEY)


@pytest.mark.parametrize(
    ("sort", "place"),
    [
        ("state", "1"),
        ("state", "none"),
        ("due", "NOR"),
        ("received", "none"),
        ("-since", "NOR"),
        (None, "NOR"),
        ("-score", "1"),
        ("score", "NOR"),
        ("due", "s7"),
    ],
)
def test_a_place_in_one_order_is_none_in_another(sort: str | None, place: str) -> None:
    for name in ("after", "before"):
        with pytest.raises(ValidationError) as refused:
            QueueQuery.model_validate({"sort": sort, name: f"{place}.{KEY}"})
        assert [(error["loc"], error["type"]) for error in refused.value.errors()] == [((name,), "list_changed")]


def test_a_list_without_an_end_comes_the_newest_first() -> None:
    assert QueueQuery(view=View.ENDED).order is Sort.NEWEST
    assert QueueQuery(view=View.ALL, sort=Sort.DUE).order is Sort.NEWEST
    assert QueueQuery(view=View.ALL, sort=Sort.STATE).order is Sort.STATE
    assert QueueQuery().order is Sort.DUE


def test_every_order_has_its_other_way_round() -> None:
    assert all(sort.turned.turned is sort and sort.turned.descending is not sort.descending for sort in Sort)


@pytest.mark.parametrize(
    "written",
    [
        "x",
        "none",
        f"none.{KEY}x",
        "none.IIIIIIIIIIII",
        f"-1.{KEY}",
        f"१.{KEY}",
        f"{10**30}.{KEY}",
        f"nan.{KEY}",
        f"1e3.{KEY}",
        f".{KEY}",
        f"Nor.{KEY}",
        "5",
    ],
)
def test_nobody_was_given_such_a_cursor(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        QueueQuery.model_validate({"after": written})
    assert [error["type"] for error in refused.value.errors()] == ["list_changed"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("view", "secret"),
        ("rows", "1000"),
        ("rows", "-25"),
        ("q", "%_' /"),
        ("q", "\u202e\u0301"),
        ("q", "x" * 121),
        ("q", "a b c d e f g h i j k"),
        ("sort", "title"),
        ("states", ("submitted", "nowhere")),
        ("group", "moon"),
        ("member_state", "Norway"),
        ("type", "money"),
        ("due", "someday"),
        ("origin", "both"),
    ],
)
def test_what_the_queue_does_not_know_is_refused_by_its_field(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        QueueQuery.model_validate({name: value})
    assert {error["loc"][0] for error in refused.value.errors()} == {name}


def test_empty_filters_are_no_filters() -> None:
    empty = [("group", ""), ("q", " ")]
    args = MultiDict([("view", "mine"), *empty, ("states", "submitted"), ("states", "screening")])
    query = QueueQuery.model_validate(entered(args, args.getlist("states")))
    assert query.filters == {"states": [State.SUBMITTED, State.SCREENING]}
    assert query.view is View.MINE


def test_a_number_is_found_however_it_was_typed() -> None:
    assert QueueQuery.model_validate({"q": "  tpb-2026-0001 "}).number == "TPB-2026-0001"
    assert QueueQuery.model_validate({"q": "26-0001"}).number is None


def test_an_address_keeps_the_filters_and_never_a_place() -> None:
    query = QueueQuery.model_validate(
        {"view": "overdue", "rows": "50", "due": "week", "states": ["decision"], "after": f"none.{KEY}"}
    )
    address = query.address()
    assert address == {"view": "overdue", "rows": 50, "due": "week", "states": ["decision"]}
    again = QueueQuery.model_validate(address)
    assert (again.view, again.rows, again.due, again.states) == (View.OVERDUE, 50, Due.WEEK, (State.DECISION,))
    assert query.address(rows=25, before="x") == {
        "view": "overdue",
        "due": "week",
        "states": ["decision"],
        "before": "x",
    }


def test_every_view_holds_open_states_or_ended_ones() -> None:
    held = {view: QueueQuery(view=view).holds for view in View}
    assert held[View.ENDED] == ENDED
    assert held[View.ALL] == ENDED | OPEN
    assert all(states <= OPEN for view, states in held.items() if view not in ENDLESS)
    assert {state for view in STATE_OF_VIEW for state in held[view]} == set(STATE_OF_VIEW.values())
