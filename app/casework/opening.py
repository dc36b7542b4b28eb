"""Opening a message or document to more readers: the page says who newly reads it, before anybody presses a button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wtforms import HiddenField

from app.casework.audiences import Readership, Side, sides_of
from app.casework.texts.audiences import readership_text
from app.foundation.forms import CommandForm
from app.foundation.texts import text
from app.workflow.actor import Actor


class WidenForm(CommandForm):
    """Opens something to more readers; `seen` says who read it when the page was shown."""

    seen = HiddenField()
    readers = HiddenField()

    @classmethod
    def to(cls, readers: Readership, *, seen: Readership) -> WidenForm:
        """Return a form that opens to `readers`, whatever was sent or put back: the button beside it names them."""
        form = cls(formdata=None)
        form.seen.data, form.readers.data = seen.value, readers.value
        return form


@dataclass(frozen=True, slots=True)
class Opening:
    """One way to open something.

    Attributes:
        readers: who then reads it, in words.
        newcomers: who newly reads it, in words.
        form: the form that takes it.
    """

    readers: str
    newcomers: Sequence[str]
    form: WidenForm


def openings(actor: Actor, now: Readership, wider: Iterable[Readership]) -> list[Opening]:
    """Return the ways to open what `now` read to each of `wider`, in words for `actor`."""
    return [_opening(actor, now, readers) for readers in wider]


def _opening(actor: Actor, now: Readership, readers: Readership) -> Opening:
    newcomers = sides_of(readers) - sides_of(now)
    return Opening(
        readers=readership_text(readers, actor),
        newcomers=[text(f"side.{side.value}") for side in Side if side in newcomers],
        form=WidenForm.to(readers, seen=now),
    )
