"""The check list before several requests are assigned, and the results after, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.casework.officers import officers
from app.casework.page import TONES
from app.casework.several import Outcome, Result, ResultRow, headings, in_words
from app.casework.texts import state_text
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.triage.bulk import ticked, why_not
from app.triage.forms import BulkForm
from app.workflow.actor import Actor

OUTCOMES = {
    Outcome.DONE: _l("Assigned"),
    Outcome.REFUSED: _l("Not assigned"),
    Outcome.CHANGED: _l("Not assigned: it changed meanwhile"),
    Outcome.MISSING: _l("Not found"),
}
COLUMNS = (
    ("number", _l("Reference"), "ref"),
    ("state", _l("State"), "plain"),
    ("title", _l("Request"), "main"),
    ("status", _l("Status"), "status"),
    ("officer", _l("Officer"), "plain"),
    ("can", _l("Can it be assigned now?"), "plain"),
)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One ticked request; `why` says why it cannot be assigned now."""

    key: str
    version: int
    number: str
    title: str
    lang: str
    state: str
    status: str
    tone: str
    officer: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class CheckList:
    """The ticked requests.

    Attributes:
        ready: how many can be assigned.
        missing: how many were ticked that are not there for this reader.
    """

    columns: Sequence[dict[str, str]]
    rows: Sequence[CheckRow]
    ready: int
    missing: int


def check_list(session: Session, actor: Actor, keys: Sequence[str], form: BulkForm) -> CheckList:
    """Return the ticked requests with what stands in the way: two statements."""
    offers(session, actor, form)
    locale = str(current_locale())
    rows = [
        CheckRow(
            key=row.key,
            version=row.version,
            number=row.number,
            title=row.title,
            lang=row.lang,
            state=state_name(state_by_id(session, row.state_id), locale),
            status=state_text(row.state),
            tone=TONES.get(row.state, "neutral"),
            officer=row.officer,
            why=why_not(row),
        )
        for row in ticked(session, actor, keys)
    ]
    ready = sum(row.why is None for row in rows)
    return CheckList(headings(COLUMNS), rows, ready, len(set(keys)) - len(rows))


def offers(session: Session, actor: Actor, form: BulkForm) -> bool:
    """Fill the list of officers; tell whether the chosen one is in it, else say so beside the field."""
    listed = officers(session, actor)
    form.offer(listed)
    return form.knows(one.key for one in listed)


def results(session: Session, actor: Actor, found: Sequence[Result]) -> list[ResultRow]:
    """Return the results in words, in the order of the check list: one statement."""
    rows = {row.key: row for row in ticked(session, actor, [result.key for result in found])}
    return in_words(found, rows, OUTCOMES)
