"""Forms of messages: labels and widgets; the rules stand in `commands`."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField

from app.casework.audiences import Readership
from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.foundation.i18n import locale_code

#: Name of the buttons that choose other readers and send nothing.
TURN = "turn"


class MessageForm(CommandForm):
    """A message to the readers that the page names; the text stays while others are chosen."""

    readers = HiddenField()
    text = TextAreaField(_l("Message"), render_kw={"rows": 7, "maxlength": 6000})
    lang = SelectField(
        _l("Language of the message"),
        choices=[choice(code.value, words) for code, words in LANGUAGES.items()],
        validate_choice=False,
    )

    def address(self, offered: Sequence[Readership], turned_to: str | None = None) -> Readership:
        """Return who will read the message: who was chosen, if offered, else the first of `offered`.

        Args:
            offered: to whom the writer may write now, the narrowest first.
            turned_to: the value of the button that chooses other readers, if it was pressed.
        """
        wanted = turned_to or self.readers.data
        chosen = next((one for one in offered if one.value == wanted), offered[0])
        self.readers.data = chosen.value
        if not self.lang.data:
            self.lang.data = next((one.value for one in Language if one.value == locale_code()), Language.EN.value)
        return chosen


class ReadForm(CommandForm):
    """Marks what was shown as read."""

    newest = HiddenField()

    @classmethod
    def up_to(cls, key: str) -> "ReadForm":
        """Return a form that marks everything up to the message `key`."""
        form = cls(formdata=None)
        form.newest.data = key
        return form
