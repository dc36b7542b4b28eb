"""The pages of a draft as forms: the fields of `casework.forms`, with what one page needs beside them."""

from __future__ import annotations

from functools import cache
from typing import Any

from wtforms import Field, HiddenField

from app.casework.content.pages import Page
from app.casework.content.paths import DETAILS, path_in
from app.casework.forms.fields import FIELDS
from app.casework.forms.kinds import Rows, answer_of
from app.foundation.forms import CommandForm
from app.requests.conflicts import kept_theirs

#: Name of the button that adds a row; its value is the name of the list.
ADD = "add"


class TaskForm(CommandForm):
    """Base of a page: the version of the task's row, marks of what it was shown with, and the answers.

    Attributes:
        names: of the fields that hold answers.
        in_sections: each of them is a section, whose inner fields stand on the page.
    """

    names: tuple[str, ...] = ()
    in_sections = False
    page: Page
    version = HiddenField()
    base = HiddenField()

    def asked(self) -> list[Field]:
        """Return the fields that hold answers, in the order of the page."""
        return [field for field in self if field.short_name in self.names]

    def shown(self) -> list[Field]:
        """Return the fields as they stand on the page."""
        asked: list[Any] = self.asked()
        return [inner for field in asked for inner in (field.form if self.in_sections else (field,))]

    def answers(self) -> dict[str, Any]:
        """Return the answers by field name."""
        return {field.short_name: answer_of(field) for field in self.asked()}

    def values(self) -> dict[str, Any]:
        """Return what `SaveTask` takes."""
        return {"version": self.version.data, "answers": self.answers(), "theirs": kept_theirs(self.page)}

    def settle_rows(self, add: str | None = None) -> None:
        """Leave out rows that are empty or to be removed; add one to the list with the name `add`."""
        for field in self.shown():
            if isinstance(field, Rows):
                field.settle(add=field.name == add)


@cache
def form_of(page: Page) -> type[TaskForm]:
    """Return the form of a page."""
    fields = {name: FIELDS[name if page.task == DETAILS else path_in(page.task, name)] for name in page.fields}
    return type(
        f"{page.name.title()}Form",
        (TaskForm,),
        {**fields, "page": page, "names": page.fields, "in_sections": page.task == DETAILS},
    )
