"""A treaty list on its way from the administrator's computer: looked at first, stored when they say so.

Nothing is stored between the two: the file travels in the preview, packed and signed, so that what is read is exactly
what was looked at.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError
from wtforms import BooleanField, HiddenField, RadioField

from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.foundation.texts import register_texts
from app.reference.commands import ImportFile
from app.reference.texts import IMPORT_KINDS
from app.reference.vocabulary import ImportKind

#: In bytes; the list of all five conventions of the Secretary-General has 158 kB.
LARGEST: Final = 500_000
#: Seconds for which a preview can be stored.
GOOD_FOR: Final = 3600
_SALT: Final = "treaty-list"

register_texts(
    {
        "list_missing": _l("Choose a file"),
        "list_empty": _l("The file is empty. Choose another"),
        "list_too_large": _l("The file is larger than 500 kB. Split it by instrument"),
        "preview_over": _l("The preview is over. Choose the file again"),
        "bad_rows": _l("Tick the box to leave these rows out, or mend the file and choose it again"),
    }
)


def _of_some_size(content: Any) -> Any:
    if content is None:
        raise PydanticCustomError("list_missing", "no file")
    return content


def _of_good_size(content: bytes) -> bytes:
    if not content:
        raise PydanticCustomError("list_empty", "an empty file")
    if len(content) > LARGEST:
        raise PydanticCustomError("list_too_large", "too large")
    return content


class TreatyList(BaseModel):
    """A file of one of the two forms of treaty lists."""

    model_config = ConfigDict(frozen=True)

    kind: Literal[ImportKind.TREATY, ImportKind.SNAPSHOTS]
    file_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
    file: Annotated[bytes, AfterValidator(_of_good_size), BeforeValidator(_of_some_size)]

    def packed(self) -> str:
        """Return the file as text that nobody can change."""
        return _packer().dumps([self.kind.value, self.file_name, self.file.decode("latin-1")])

    def reading(self, *, dry_run: bool, leave_out: bool) -> ImportFile:
        """Return the command that reads it."""
        return ImportFile(
            kind=self.kind, file_name=self.file_name, content=self.file, dry_run=dry_run, leave_out=leave_out
        )


class UploadForm(CommandForm):
    """Choose a file."""

    kind = RadioField(
        _l("What the list holds"),
        choices=[
            choice(
                ImportKind.TREATY.value,
                IMPORT_KINDS[ImportKind.TREATY],
                _l("Signature and consent with their days, form of treaty_status.csv or treaty_status_partial.csv"),
            ),
            choice(
                ImportKind.SNAPSHOTS.value,
                IMPORT_KINDS[ImportKind.SNAPSHOTS],
                _l("Who is listed, form of treaty_party_snapshots.csv"),
            ),
        ],
        default=ImportKind.TREATY.value,
    )
    file = FileField(_l("File"), description=_l("CSV in UTF-8, at most 500 kB"), render_kw={"accept": ".csv,text/csv"})

    def values(self) -> dict[str, Any]:
        """Return kind, name and content."""
        given = self.file.data
        name = (given.filename or "") if given else ""
        return {"kind": self.kind.data, "file_name": name[-200:], "file": given.read() if given else None}


class StoreForm(CommandForm):
    """Store what the preview showed."""

    packed = HiddenField()
    leave_out = BooleanField(_l("Leave these rows out and store the others"))

    def unpacked(self) -> TreatyList | None:
        """Return the file of the preview; None when it is over or was changed."""
        try:
            kind, name, text = _packer().loads(self.packed.data or "", max_age=GOOD_FOR)
        except BadData:
            return None
        return TreatyList(kind=ImportKind(kind), file_name=name, file=text.encode("latin-1"))  # type: ignore[arg-type]


def _packer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=_SALT)
