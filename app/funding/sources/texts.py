"""Words of the steps on a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class StepWords:
    """What the page of one step says: heading, what it does, and its button."""

    heading: Any
    about: Any
    button: Any


STEPS: Final = {
    "pledge": StepWords(
        _l("Record a pledge"),
        _l("A firm pledge counts from now on. Whoever records it does not allocate from this source alone."),
        _l("Record the pledge"),
    ),
    "reduction": StepWords(
        _l("Record a reduction of the pledge"),
        _l(
            "Allocations that are then no longer covered are marked, the newest first. The case officers and programme "
            "support are told."
        ),
        _l("Record the reduction"),
    ),
    "receipt": StepWords(
        _l("Record a receipt"),
        _l("What arrived of what was pledged, or without a pledge. What a host offers counts from its receipt."),
        _l("Record the receipt"),
    ),
    "spending": StepWords(
        _l("Record spending"),
        _l("Never more than the allocation still holds, support cost included."),
        _l("Record the spending"),
    ),
    "release": StepWords(
        _l("Release of an allocation"),
        _l("What is not spent of an allocation goes back to the source and can be allocated again."),
        _l("Release it"),
    ),
    "correct": StepWords(
        _l("Correct a line"),
        _l("The ledger keeps the line as it was written, and gets another one for the difference."),
        _l("Correct the line"),
    ),
    "thanks": StepWords(
        _l("Record the thanks"),
        _l("The resolution thanks those who contribute (paragraph 11)."),
        _l("Record the thanks"),
    ),
}
