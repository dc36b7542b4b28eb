"""Lists with a button in each row, and what a person chooses of each kind of notice."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, RadioField, StringField

from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.notifications.vocabulary import MailChoice, NoticeKind
from app.notifications.words import CHOICE_WORDS, KIND_HINTS, KIND_WORDS


class RowButtonForm(CommandForm):
    """`key` is the value of the pressed row's button, `everything` the button for all rows."""

    key = StringField(filters=[lambda value: value or None])
    everything = BooleanField()


def choices_form(kinds: Iterable[NoticeKind], chosen: Mapping[NoticeKind, MailChoice]) -> CommandForm:
    """Return a form with one group of radio buttons for each of `kinds`, `chosen` among them marked."""
    offered = [choice(one.value, words) for one, words in CHOICE_WORDS.items()]

    class ChoicesForm(CommandForm):
        """One's own choices."""

        def values(self) -> dict[str, Any]:
            """One value of the command, by kind."""
            return {"choices": super().values()}

    for kind in kinds:
        group = RadioField(KIND_WORDS[kind], description=KIND_HINTS[kind], choices=offered, default=chosen[kind].value)
        setattr(ChoicesForm, kind.value, group)
    return ChoicesForm()
