"""One round of questions as a form: the answer to each, beside the field that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, FormField, HiddenField, TextAreaField

from app.casework.content import types_of, without_empty
from app.casework.content.labels import OTHER, field_choices, raw_value
from app.casework.content.paths import corrected
from app.casework.forms.fields import answer_of, field_for
from app.casework.forms.kinds import Rows
from app.casework.models import CaseQuestion
from app.casework.steps import StepForm
from app.foundation.errors import FieldError
from app.foundation.field_messages import OwnMessages
from app.requests.answering import OpenRound
from app.requests.commands import MOST_ANSWERS
from app.requests.correcting import correctable

#: Names of the parts of the form end with the place of the question.
_PART = "answers-"


@dataclass(frozen=True, slots=True)
class Slot:
    """What one part of the form is made of: the field asked about, and whether it can be changed there.

    The page carries it, so that what is posted can be read without looking the questions up. It is not trusted: the
    use case knows what each question is about.
    """

    path: str
    changes: bool


class AnswerPart(Form):
    """What is said to one question. Its subclasses hold the field that it is about in `correction`."""

    class Meta(OwnMessages):
        """WTForms' own findings in this product's sentences."""

    question = HiddenField()
    path = HiddenField()
    #: Says that the field was on the page: ticks that were all taken away leave no trace of their own.
    changes = HiddenField()
    answer = TextAreaField(_l("Your answer"), render_kw={"rows": 4})
    cannot_answer = TextAreaField(
        _l("If you cannot answer: why not?"),
        description=_l("The request goes on with this reason."),
        render_kw={"rows": 2},
    )


class AnswerForm(StepForm):
    """One round of questions; its parts are added by `_form`."""

    seen = HiddenField()
    round = HiddenField()
    size: int = 0

    def values(self) -> dict[str, Any]:
        """Return what `AnswerQuestions` takes."""
        answers = [_said(part.form) for part in self.parts()]
        return {name: self[name].data for name in ("version", "seen", "round")} | {"answers": answers}

    def parts(self) -> list[FormField[Any]]:
        """Return the part of each question, in their order."""
        return [self[f"{_PART}{place}"] for place in range(self.size)]

    def fields_shown(self) -> list[Field | None]:
        """Return the field that each question is about; None where nothing can be changed."""
        return [part.form["correction"] if part.form.changes.data else None for part in self.parts()]

    def settle_rows(self, add: str | None = None) -> None:
        """Leave out rows that are empty or to be removed; add one to the list with the name `add`."""
        for field in self.fields_shown():
            for rows in _lists(field):
                rows.settle(add=rows.name == add)

    def put_beside(self, *errors: FieldError) -> None:
        """Put each error beside the input that its path names; here the parts have names of their own."""
        super().put_beside(*(replace(error, path=error.path.replace("answers.", _PART, 1)) for error in errors))


def answer_form(asked: OpenRound, version: int) -> AnswerForm:
    """Return the form of `asked` with what was saved and what the request says.

    Args:
        version: of the case, as the page shows it.
    """
    types, slots = types_of(asked.data), list[Slot]()
    for one in asked.questions:
        before = {slot.path for slot in slots}
        slots.append(Slot(one.field_path, one.field_path not in before and correctable(one.field_path, types)))
    saved = {
        f"{_PART}{place}": _saved(question, asked.data, slots[place]) for place, question in enumerate(asked.questions)
    }
    return _form(slots, version=version, seen=asked.mark, round=asked.questions[0].round, **saved)


def posted_form(entered: Mapping[str, str]) -> AnswerForm:
    """Return the form with what was posted; what is no field of a request counts as the request as a whole."""
    known = {path for path, *_words in field_choices()}
    slots: list[Slot] = []
    while len(slots) < MOST_ANSWERS and (path := entered.get(f"{_PART}{len(slots)}-path")) is not None:
        typed = path in known and correctable(path) and bool(entered.get(f"{_PART}{len(slots)}-changes"))
        slots.append(Slot(path if path in known else OTHER, typed))
    return _form(slots)


def _form(slots: list[Slot], **data: Any) -> AnswerForm:
    fields = {f"{_PART}{place}": FormField(_part(slot), label=_l("Answer")) for place, slot in enumerate(slots)}
    kind = type("RoundForm", (AnswerForm,), {**fields, "size": len(slots)})
    form: AnswerForm = kind(data=data)
    form.settle_rows()
    return form


def _part(slot: Slot) -> type[AnswerPart]:
    return type("Part", (AnswerPart,), {"correction": field_for(slot.path)}) if slot.changes else AnswerPart


def _saved(question: CaseQuestion, data: Mapping[str, Any], slot: Slot) -> dict[str, Any]:
    said = {name: getattr(question, name) for name in ("answer", "cannot_answer")}
    said |= {"question": question.key, "path": slot.path}
    if not slot.changes:
        return said
    shown = data if question.correction is None else corrected(data, {slot.path: question.correction})
    return {**said, "changes": "1", "correction": raw_value(shown, slot.path)}


def _said(part: Form) -> dict[str, Any]:
    said = {name: part[name].data for name in ("question", "answer", "cannot_answer")}
    if not part["changes"].data:
        return said
    value = without_empty({"is": answer_of(part["correction"])}).get("is", "")
    return {**said, "changes": True, "correction": value}


def _lists(field: Field | None) -> Iterator[Rows]:
    if isinstance(field, Rows):
        yield field
    elif isinstance(field, FormField):
        yield from (inner for inner in field.form if isinstance(inner, Rows))
