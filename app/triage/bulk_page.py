"""The check list before several requests are assigned, and the results after, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.casework.officers import officers
from app.casework.page import TONES
from app.casework.texts import state_text
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.triage.bulk import Result, ticked, why_not
from app.triage.forms import BulkForm
from app.workflow.actor import Actor

OUTCOME_TEXTS = {
    "assigned": _l("Assigned"),
    "refused": _l("Not assigned"),
    "changed": _l("Not assigned: it changed meanwhile"),
    "missing": _l("Not found"),
}
OUTCOME_TONES = {"assigned": "success", "refused": "warn", "changed": "warn", "missing": "danger"}
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


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What came of one request; number and title are None when it was not found."""

    key: str
    number: str | None
    title: str | None
    lang: str
    status: str
    tone: str
    reasons: tuple[str, ...]
    changes: Sequence[Any]


def headings(columns: Iterable[tuple[str, Any, str]]) -> list[dict[str, str]]:
    """Return columns as `data_table` takes them."""
    return [{"key": key, "label": str(label), "kind": kind} for key, label, kind in columns]


def entered(given: Iterable[str]) -> list[dict[str, str]]:
    """Return what the check list sent of each request: key and version, each request once."""
    found = {key: version for key, _dot, version in (one.partition(".") for one in given)}
    return [{"key": key, "version": version} for key, version in found.items()]


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
    shown = {row.key: row for row in ticked(session, actor, [result.key for result in found])}
    return [_result(result, shown.get(result.key)) for result in found]


def _result(result: Result, row: Any) -> ResultRow:
    return ResultRow(
        key=result.key,
        number=row.number if row else None,
        title=row.title if row else None,
        lang=row.lang if row else "",
        status=str(OUTCOME_TEXTS[result.outcome]),
        tone=OUTCOME_TONES[result.outcome],
        reasons=result.reasons,
        changes=result.changes,
    )
