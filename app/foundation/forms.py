"""Forms hold labels, widgets and parsing; the command holds the rules.

`CommandForm.command` builds the command from the form's data and puts what pydantic refuses beside the fields.
"""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g, request
from flask_wtf import FlaskForm
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, FormField, HiddenField

from app.foundation.db.idempotency import fingerprint_of, offer_claim
from app.foundation.errors import FieldError, InvalidCommand
from app.foundation.field_messages import OwnMessages
from app.foundation.texts import UnknownCode, text

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

KEY_FIELD = "_key"
#: Fields that differ between two renderings of the same form.
CHANGING_FIELDS = {KEY_FIELD, "csrf_token"}


class FreshKeyField(HiddenField):
    """The idempotency key: a new one at each rendering, whatever was posted."""

    def _value(self) -> str:
        return secrets.token_urlsafe(18)


class CommandForm(FlaskForm):
    """Base of every form that leads to a use case."""

    class Meta(OwnMessages, FlaskForm.Meta):
        """WTForms' own findings in this product's sentences; a text that was put back counts as typed, not as sent."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what was posted, else what `put_back` left for this request."""
            posted = super().wrap_formdata(form, formdata)
            return g.get("put_back") if posted is None and request.method == "GET" else posted

    idempotency_key = FreshKeyField(name=KEY_FIELD)

    def values(self) -> dict[str, Any]:
        """Return what was entered, ready for the command; override to shape it."""
        return {name: field.data for name, field in self._fields.items() if name not in _NOT_DATA}

    def command(self, model: type[M], **given: Any) -> M | None:
        """Build the command from what was posted.

        Args:
            model: the command's class; its rules are the only ones.
            given: values that do not come from the form (the case's key, say).

        Returns:
            The command, or None when something is wrong; the errors then stand beside their fields.
        """
        parsed = self.validate_on_submit()
        entered = {name: value for name, value in self.values().items() if name in model.model_fields}
        try:
            command = model.model_validate(entered | given)
        except ValidationError as problem:
            self.put_beside(*(_field_error(error) for error in problem.errors()))
            return None
        return command if parsed else None

    def submit(self, act: Callable[[], T]) -> tuple[bool, T | None]:
        """Run a use case; what it refuses about a field goes beside that field.

        Returns:
            (True, result), or (False, None) when the form must be shown again.
        """
        try:
            return True, act()
        except InvalidCommand as problem:
            self.put_beside(*problem.errors)
            return False, None

    def place(self, *errors: FieldError) -> None:
        """Put each error beside its field, see `put_beside`; a form with a field of this name has only that."""
        self.put_beside(*errors)

    def put_beside(self, *errors: FieldError) -> None:
        """Put each error beside the field that its path names, else at the top of the form.

        What could not be read at all says so already: that nothing was entered would be no second fault of it.
        """
        for error in errors:
            message = sentence(error)
            field = self._find(error.path)
            if field is None:
                self.form_errors[:] = dict.fromkeys((*self.form_errors, message))
            elif not field.process_errors:
                field.errors = list(dict.fromkeys((*field.errors, message)))

    def _find(self, path: str) -> Field | None:
        here: Any = self
        for part in path.split("."):
            if isinstance(here, FormField):
                here = here.form
            if isinstance(here, FieldList):
                if not part.isdigit() or int(part) >= len(here.entries):
                    break
                here = here.entries[int(part)]
            elif hasattr(here, "_fields") and part in here._fields:
                here = here._fields[part]
            else:
                break
        while isinstance(here, FormField):
            # what concerns a part as a whole stands beside its first input
            here = next(iter(here.form))
        # a path that leads to no field of a part leaves its form, beside which nothing can stand
        return here if isinstance(here, Field) else None


def put_back(fields: MultiDict[str, str]) -> None:
    """Fill the forms of this page with `fields`, which were typed before and never arrived anywhere."""
    g.put_back = fields


_NOT_DATA = {"idempotency_key", "csrf_token"}


def sentence(error: FieldError) -> str:
    """Return the message for `error` in the reader's language."""
    try:
        return text(error.code, error.params)
    except UnknownCode:
        return text("value_error")


def _field_error(problem: Any) -> FieldError:
    path = ".".join(str(part) for part in problem["loc"])
    return FieldError(path, problem["type"], problem.get("ctx") or {})


def init_forms(app: Flask) -> None:
    """Offer the idempotency key of each POST to the use case that it will call."""

    @app.before_request
    def offer() -> None:
        if request.method != "POST":
            offer_claim(None, "")
            return
        key = request.form.get(KEY_FIELD) or request.headers.get("Idempotency-Key")
        body = fingerprint_of(request.path, request.form, request.files, CHANGING_FIELDS) if key else ""
        offer_claim(key, body)

    @app.teardown_request
    def withdraw(_problem: BaseException | None) -> None:
        """A key that no use case took must not be taken by what runs next in this thread."""
        offer_claim(None, "")
