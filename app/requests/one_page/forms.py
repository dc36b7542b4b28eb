"""The one page as a form: the inputs of the tasks, each once, in the order of the page."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, TextAreaField

from app.casework.content.words import LANGUAGES
from app.casework.forms import parts
from app.casework.forms.fields import CONSENTS, RIGHTS, answer_of
from app.foundation.forms import CommandForm
from app.requests.one_page.layout import INPUTS, Subject

_INPUTS: dict[str, Any] = {
    "tool": parts.ToolRow.tool,
    "language": parts.select(_l("Language of the tool"), LANGUAGES),
    "copies": parts.ToolRow.copies,
    "topics": parts.TrainingPart.topics,
    "profession": parts.GroupRow.profession,
    "number": parts.GroupRow.number,
    "level": parts.GroupRow.level,
    "problem": TextAreaField(
        _l("What is it for?"),
        description=_l("Which problem it helps with, and why now. Do not write about single cases or persons."),
        render_kw={"rows": 4},
    ),
    "beneficiary": parts.BeneficiaryRow.name,
    "kind": parts.BeneficiaryRow.kind,
    "confirmed": RIGHTS["rights.confirmed"],
    "ctc": CONSENTS["consents.ctc"],
}


class OnePageForm(CommandForm):
    """Base of both pages: the version of the case, 0 before there is one, and the inputs.

    Attributes:
        names: of the inputs, in the order of the page.
    """

    names: tuple[str, ...] = ()
    version = HiddenField()

    def shown(self, *names: str) -> list[Field]:
        """Return those inputs of `names` that the page has, in its order."""
        return [self[name] for name in self.names if name in names]

    def inputs(self) -> dict[str, Any]:
        """Return what was entered, by the name of the input."""
        return {name: answer_of(self[name]) for name in self.names}

    def values(self) -> dict[str, Any]:
        """Return what `AskOnOnePage` takes."""
        return {"version": self.version.data, "inputs": self.inputs()}


@cache
def form_of(subject: Subject) -> type[OnePageForm]:
    """Return the form of a page."""
    names = tuple(INPUTS[subject])
    fields = {name: _anew(_INPUTS[name]) for name in names}
    return type(f"{subject.title()}Form", (OnePageForm,), {**fields, "names": names})


def _anew(field: Any) -> Any:
    """Return the same field once more: a form lists its fields, and their errors, in the order of their making."""
    return field.field_class(*field.args, **field.kwargs)
