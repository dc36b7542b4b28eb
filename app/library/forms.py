"""Forms of the library: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField, URLField

from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.casework.forms.choices import instrument_options
from app.casework.forms.kinds import CHOOSE, Codes, Whole, chosen
from app.documents.fields import UploadField, UploadForm
from app.foundation.db import read_session
from app.foundation.field_messages import OwnMessages
from app.foundation.fields import choice
from app.foundation.formatting import one_line
from app.foundation.forms import CommandForm
from app.library.commands import PARAGRAPHS
from app.library.texts import KINDS
from app.reference.models import Tool
from app.reference.states import instruments
from app.reference.texts import PARAGRAPH_TEXTS

_LANGUAGES = {code: words for code, words in LANGUAGES.items() if code is not Language.OTHER}
_ALL = choice("", _l("All"))


class FilterForm(Form):
    """What of the library is listed; it stands in the address. What is no choice is refused beside its field."""

    class Meta(OwnMessages):
        """WTForms' own findings in this product's sentences."""

    kind = SelectField(_l("Kind"), choices=[_ALL, *chosen(KINDS)], default="")
    lang = SelectField(_l("Language"), choices=[_ALL, *chosen(_LANGUAGES)], default="")
    instrument = SelectField(
        _l("Instrument"), choices=lambda: [_ALL, *instrument_options()], default="", render_kw={"data_content": True}
    )


class ToolForm(CommandForm):
    """What is said of a tool."""

    version = HiddenField(default="0")
    kind = SelectField(_l("Kind"), choices=[CHOOSE, *chosen(KINDS)], validate_choice=False)
    title_en = StringField(_l("Title in English"))
    title_fr = StringField(_l("Title in French"))
    title_es = StringField(_l("Title in Spanish"))
    title_ru = StringField(_l("Title in Russian"))
    title_ar = StringField(_l("Title in Arabic"))
    title_zh = StringField(_l("Title in Chinese"))
    publisher = StringField(_l("Publisher"))
    year = Whole(_l("Year"), render_kw={"inputmode": "numeric"})
    edition = StringField(_l("Edition"), description=_l("As it stands on it, if it names one."))
    paragraphs = Codes(
        _l("Paragraphs of the resolution that it serves"),
        choices=[choice(str(number), PARAGRAPH_TEXTS[number]) for number in PARAGRAPHS],
    )
    instruments = SelectMultipleField(
        _l("Instruments that it is about"),
        # names of instruments are no words of the interface
        choices=lambda: [choice(one.code, one_line(one.short_name, "en")) for one in instruments(read_session())],
        validate_choice=False,
    )
    address = URLField(_l("Address of the course"), description=_l("Only for a course that is taken on a platform."))

    @property
    def titles(self) -> list[Any]:
        """The fields of the titles in the other languages."""
        return [self[f"title_{code}"] for code in ("fr", "es", "ru", "ar", "zh")]


def tool_data(tool: Tool) -> dict[str, Any]:
    """Return what the form of a tool shows at first."""
    names = ("publisher", "year", "edition", "instruments", "address")
    titles = {f"title_{code}": title for code, title in tool.titles.items()}
    paragraphs = [str(number) for number in tool.paragraphs]
    return {"version": tool.version, "kind": tool.kind.value, "paragraphs": paragraphs, **titles} | {
        name: getattr(tool, name) for name in names
    }


class FileForm(UploadForm):
    """A tool in one language."""

    version = HiddenField()
    lang = SelectField(_l("Language of the file"), choices=[CHOOSE, *chosen(_LANGUAGES)], validate_choice=False)
    file = UploadField(_l("File"))


class PublishForm(CommandForm):
    """Asks before a tool is given out."""

    version = HiddenField()


class WithdrawForm(PublishForm):
    """Why a tool is no longer given out."""

    reason = TextAreaField(
        _l("Why it is withdrawn"), description=_l("Everybody who comes for it reads this."), render_kw={"rows": 3}
    )
