"""A list on its way from somebody's computer: looked at first, counted when they say so.

Between the two nothing is stored. What travels in the preview is how many people of which group were found, signed; the
file and the names in it are gone.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError
from wtforms import HiddenField

from app.casework.steps import StepForm
from app.delivery.activities.lists.reading import LARGEST, ReadList
from app.foundation.forms import CommandForm

#: Seconds for which a preview can be counted.
GOOD_FOR: Final = 3600
_SALT: Final = "participants"


def _chosen(value: Any) -> Any:
    if not value:
        raise PydanticCustomError("list.missing", "no file")
    return value


def _of_good_size(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise PydanticCustomError("list.too_large", "too large")
    return content


class ChosenList(BaseModel):
    """A file with participants."""

    model_config = ConfigDict(frozen=True)

    file: Annotated[bytes, AfterValidator(_of_good_size), BeforeValidator(_chosen)]


class ListForm(CommandForm):
    """Choose a file."""

    file = FileField(
        _l("File"),
        description=_l("CSV, one line a person or a group, at most 500 kB"),
        render_kw={"accept": ".csv,.txt,.tsv,text/csv"},
    )

    def values(self) -> dict[str, Any]:
        """Return the content, of one octet more than is taken at most."""
        given = self.file.data
        return {"file": given.read(LARGEST + 1) if given else None}


class TakeForm(StepForm):
    """Count what the preview showed."""

    packed = HiddenField()

    def pack(self, found: ReadList, activity: str, user_id: int | None) -> None:
        """Keep the groups of `found` for the person who looks at them, and for this activity."""
        groups = [[state, one.value, gender.value, count] for (state, one, gender), count in found.groups.items()]
        self.packed.data = _packer().dumps([activity, user_id, groups])

    def rows(self, activity: str, user_id: int | None) -> list[dict[str, Any]] | None:
        """Return the rows of the preview; None when it is over, of somebody else, or was changed."""
        try:
            of, by, groups = _packer().loads(request.form.get("packed", ""), max_age=GOOD_FOR)
        except BadData:
            return None
        names = ("state", "profession", "gender", "number")
        return [dict(zip(names, group, strict=True)) for group in groups] if (of, by) == (activity, user_id) else None


def _packer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=_SALT)
