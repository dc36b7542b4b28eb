"""The field of a file in a form: says what is taken, checks what comes, keeps it while other fields are mended."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any, Final

from flask import request
from flask_babel import gettext as _
from flask_wtf.file import FileField
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError
from wtforms.utils import unset_value

from app.documents.checks import Unfit
from app.documents.keeping import kept_file, reference_to
from app.documents.receiving import StoredFile, error_of, most_octets, take
from app.documents.vocabulary import FILE_KINDS
from app.foundation import access
from app.foundation.errors import FieldError
from app.foundation.formatting import file_size
from app.foundation.forms import CommandForm, sentence

ACCEPT: Final = ",".join(f".{ending}" for ending in FILE_KINDS)


def _chosen(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("document.missing", "no file was chosen")
    return value


#: The field of a command that takes what `UploadField` received.
ChosenFile = Annotated[StoredFile, BeforeValidator(_chosen)]


class UploadField(FileField):  # type: ignore[misc]
    """A file. After validation `data` is a `StoredFile`, or None when none was sent or it is not taken.

    Attributes:
        kept: the file that the form keeps while something else is wrong; None when it keeps none.
    """

    data: Any

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("description", _hint())
        kwargs["render_kw"] = {"accept": ACCEPT, **(kwargs.get("render_kw") or {})}
        super().__init__(label, validators, **kwargs)
        self.kept: StoredFile | None = None
        self._reference = ""

    @property
    def kept_name(self) -> str:
        """The name of the hidden input with the reference."""
        return f"{self.name}-kept"

    @property
    def kept_reference(self) -> str:
        """What stands for the kept file in the form."""
        return reference_to(self.kept, access.the_actor().user_id) if self.kept else ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the file and the reference to one that was kept."""
        super().process(formdata, data, extra_filters)
        self._reference = str(formdata.get(self.kept_name, "")) if formdata else ""
        if self._reference and request.method == "GET":
            # The form comes back after its session had ended; so does the file that it kept before.
            with suppress(Unfit):
                self.kept = kept_file(self._reference, access.the_actor().user_id)

    def pre_validate(self, form: Any) -> None:
        """Receive what came, or take up what was kept."""
        upload, self.data = self.data, None
        try:
            if isinstance(upload, FileStorage):
                self.data = self.kept = take(upload)
            elif self._reference:
                self.data = self.kept = kept_file(self._reference, access.the_actor().user_id)
        except Unfit as problem:
            raise ValidationError(sentence(error_of(problem, self.name))) from None


class UploadForm(CommandForm):
    """A form with files; a file that is not taken has one error, not also that it is missing."""

    def place(self, *errors: FieldError) -> None:
        """Put each error beside its field."""
        refused = {field.short_name for field in self if isinstance(field, UploadField) and field.errors}
        super().place(*(error for error in errors if error.path not in refused))


def _hint() -> str:
    return str(
        _(
            "PDF, Word, Excel, PowerPoint, OpenDocument, RTF, text, CSV, JPEG, PNG or TIFF, up to %(limit)s",
            limit=file_size(most_octets()),
        )
    )
