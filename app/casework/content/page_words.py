"""What the pages of the tasks are called, and what stands above their questions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.content.field_labels import TASK_LABELS
from app.casework.content.pages import Page

#: Titles of the pages of a task, by name; the only page of a task has the title of the task.
PAGE_LABELS: dict[str, LazyString] = {
    "instruments": _l("Instruments"),
    "resolutions": _l("Resolutions of the Security Council"),
    "ratification": _l("Ratification or accession"),
    "drafting": _l("Drafting of laws"),
    "training": _l("Training"),
    "cooperation": _l("International cooperation"),
    "workshop": _l("Participating States"),
    "visit": _l("Joint visit"),
    "tools": _l("Guides and tools"),
    "expected": _l("Expected results and previous assistance"),
    "links": _l("Criminal justice and other crime"),
    "arrangements": _l("When, where and how"),
}
_LATER = _l("You can leave this page open now: it is completed together with us before the request is decided.")
LEADS: dict[str, LazyString] = {
    "instruments": _l(
        "What we know comes from the lists of the depositaries, as of the dates that are given. Correct it if it is no "
        "longer so."
    ),
    "expected": _LATER,
    "links": _LATER,
    "arrangements": _l("You can leave this page open now: it is completed together with us when the plan is made."),
    "rights": _l("Your own answers to six questions. The Terrorism Prevention Branch reviews them with the same six."),
    "confirmation": _l(
        "A request for only tools or an online course needs one confirmation instead of the six questions."
    ),
    "consents": _l("Your consents are recorded with your name and the date. Each can be withdrawn later."),
}


def page_title(page: Page) -> str:
    """Return the title of a page in the reader's language."""
    return str(PAGE_LABELS.get(page.name, TASK_LABELS[page.task]))
