"""Forms of documents: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField

from app.casework.audiences import Readership
from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.casework.texts.audiences import readership_text
from app.documents.fields import UploadField, UploadForm
from app.documents.models import Document
from app.documents.services import language_of
from app.documents.texts import KIND_TEXTS, meaning_text
from app.documents.vocabulary import DocumentKind
from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.foundation.i18n import locale_code
from app.workflow.actor import Actor


class VersionForm(UploadForm):
    """The next version of a document."""

    file = UploadField(_l("File"))
    title = StringField(
        _l("Title"), description=_l("A short name by which others find it"), render_kw={"maxlength": 200}
    )
    lang = SelectField(
        _l("Language of the document"),
        choices=[choice(code.value, words) for code, words in LANGUAGES.items()],
        validate_choice=False,
    )

    @property
    def begins(self) -> bool:
        """Whether nothing was entered yet, neither now nor before a session ended."""
        return self.title.raw_data is None

    def begin_with(self, document: Document) -> None:
        """Show what the version before says of itself."""
        self.title.data, self.lang.data = document.title, language_of(document).value


class DocumentForm(VersionForm):
    """A new document."""

    kind = SelectField(_l("Kind of document"), validate_choice=False)
    readers = RadioField(_l("Who may read it"), validate_choice=False)

    def offer(self, actor: Actor, offered: Sequence[Readership], usual: Readership, field_path: str | None) -> None:
        """Fill the lists for this person, and choose what is usual when nothing was posted.

        Args:
            offered: to whom they may write.
            usual: with whom a document of theirs starts.
            field_path: the field of a draft to which it will belong.
        """
        self.kind.choices = [
            choice("", _("Choose a kind")),
            *(choice(code.value, words) for code, words in KIND_TEXTS.items()),
        ]
        self.readers.choices = [
            choice(one.value, readership_text(one, actor), meaning_text(one, actor)) for one in offered
        ]
        if self.begins:
            self.kind.data = DocumentKind.DRAFT_LAW.value if field_path else ""
            self.readers.data = usual.value
            self.lang.data = next((one.value for one in Language if one.value == locale_code()), Language.EN.value)


class RemoveForm(CommandForm):
    """Takes a document out of a draft."""
