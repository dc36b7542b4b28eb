"""Fields of a request as forms: what is stored comes back as it was when its form is sent unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form, FormField

from app.casework.content import check_task, without_empty
from app.casework.content.paths import corrected, raw_value, task_of
from app.casework.content.shown import SHOWN
from app.casework.forms.fields import FIELDS, field_for, form_part_of, input_id
from app.casework.forms.kinds import Part, Rows, answer_of
from app.foundation.fields import DateThree, field_kind
from app.foundation.i18n import init_babel
from app.workflow.vocabulary import AssistanceType

EVERY = frozenset(AssistanceType)
#: Their options are rows of a table; the tests of the pages show them.
FROM_TABLES = {"instruments.list", "instruments.said", "results.place", "cooperation", "workshop"}
#: Any writing, from right to left as well, with marks that turn directions; no control characters.
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60).filter(
    lambda text: text.strip() == text and "\u0000" not in text
)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)).map(dt.date.isoformat)


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    """A request, so that words can be rendered; no database."""
    app = Flask(__name__)
    init_babel(app)
    with app.test_request_context():
        yield


def posted(fields: Any) -> dict[str, list[str]]:
    """What a browser sends of these fields, as they are shown."""
    sent: dict[str, list[str]] = {}
    for field in fields:
        sent |= _posted(field)
    return sent


def _posted(field: Field) -> dict[str, list[str]]:
    if isinstance(field, FormField):
        return posted(field.form)
    if isinstance(field, FieldList):
        return posted(field)
    if isinstance(field, DateThree):
        return {f"{field.name}-{part}": [typed] for part, _label, typed, _wrong in field.parts()}
    kind = field_kind(field)
    if kind in {"radio", "select", "checkboxes"}:
        return {field.name: [str(option.value) for option in field.iter_choices() if option.selected]}
    if kind == "boolean":
        return {field.name: ["y"]} if field.data else {}
    return {field.name: [str(field._value())]}


def round_trip(path: str, answer: Any) -> Any:
    """The answer after its field was shown with it and sent as it is."""
    kind: type[Form] = type("Shown", (Part,), {"answer": field_for(path)})
    sent = kind(MultiDict(posted(kind(data={"answer": answer}))))
    if isinstance(sent["answer"], Rows):
        sent["answer"].settle()
    return without_empty({"is": answer_of(sent["answer"])}).get("is")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"result": WORDS}, optional={"indicator": WORDS, "baseline": WORDS, "target": WORDS, "by": DAYS}
        ),
        max_size=3,
    )
)
def test_rows_come_back_as_they_were(rows: list[dict[str, str]]) -> None:
    before = check_task("results", {"expected": rows}, EVERY).data
    assert before is not None
    after = check_task("results", {"expected": round_trip("results.expected", before["expected"]) or []}, EVERY).data
    assert after == before


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**12), st.sampled_from(["USD", "EUR", "JPY", "CHF"]), WORDS)
def test_money_comes_back_to_the_minor_unit(minor: int, currency: str, what: str) -> None:
    offer = {"kind": "cash", "what": what, "value": {"minor": minor, "currency": currency}}
    assert round_trip("results.host_contribution", [offer]) == [offer]


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("2500", "USD", 250_000),
        ("2 500.5", "USD", 250_050),
        ("٢٥٠٠", "USD", 250_000),
        ("700", "JPY", 700),
        ("1.234", "USD", "1.234"),
        ("NaN", "USD", "NaN"),
        ("1e400", "USD", "1e400"),
        ("much", "USD", "much"),
    ],
)
def test_an_amount_is_read_as_it_is_written(typed: str, currency: str, minor: int | str) -> None:
    field = FIELDS["results.host_contribution"]
    form: Form = type("Typed", (Part,), {"answer": field})(
        MultiDict({"answer-0-kind": "cash", "answer-0-value-minor": typed, "answer-0-value-currency": currency})
    )
    ((row),) = answer_of(form["answer"])
    assert row["value"]["minor"] == minor


def test_every_field_that_is_typed_has_a_form_of_its_own() -> None:
    for task, shown in SHOWN.items():
        for path in shown:
            if path in {"need.parent", "drafting.texts"}:
                with pytest.raises(KeyError):
                    field_for(path)
            elif not any(f"{path}.".startswith(f"{one}.") for one in FROM_TABLES):
                assert form_part_of(path, {})["answer"].label.text is not None
                assert input_id(path), (task, path)


def test_one_answer_is_shown_corrected_and_checked_by_itself() -> None:
    path, data = "drafting.bill_date", {"details": {"drafting": {"bill_date": "2027-05-03"}}}
    form = form_part_of(path, data)
    assert form["answer"].data == dt.date(2027, 5, 3)
    typed = MultiDict({"q-answer-day": "4", "q-answer-month": "5", "q-answer-year": "2027"})
    again = form_part_of(path, data, typed, "q-")
    changed = corrected(data, {path: answer_of(again["answer"])})
    assert raw_value(changed, path) == dt.date(2027, 5, 4)
    checked = check_task(task_of(path), changed["details"], frozenset({AssistanceType.LEGISLATIVE_DRAFTING}))
    assert [error.path for error in checked.unanswered] == ["drafting.texts"]
    assert checked.wrong == ()


def test_rows_are_added_taken_out_and_counted_anew() -> None:
    form: Form = type("Typed", (Part,), {"answer": FIELDS["who.beneficiaries"]})(
        MultiDict(
            {
                "answer-0-name": "First",
                "answer-3-name": "محكمة",
                "answer-3-kind": "courts",
                "answer-7-name": "",
                "answer-9-name": "Gone",
                "answer-9-remove": "y",
            }
        )
    )
    rows = form["answer"]
    assert isinstance(rows, Rows)
    rows.settle(add=True)
    assert [entry.name for entry in rows] == ["answer-0", "answer-1", "answer-2"]
    assert [row.get("name") for row in answer_of(rows)] == ["First", "محكمة", None]
    assert rows.entries[-1].form.inputs[0].render_kw["autofocus"] is True
