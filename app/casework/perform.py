"""The one way in which a case changes.

`perform` takes a step: it checks, runs the step's effects in the order written in `app.composition`, writes history,
projections and outbox, all in the transaction of the use case. `record` does the same for an act, which changes no
state. Both need the case's row locked, see `lock_case`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.casework.audiences import Readership
from app.casework.facts import core_of, load_facts
from app.casework.history import Entry, append
from app.casework.models import AssistanceRequest
from app.casework.notices import announce
from app.casework.projection import project_cases
from app.casework.questions import close_open_questions, leaves_questions
from app.casework.texts import reason_of
from app.casework.visibility import found, visible_cases
from app.foundation.clock import now
from app.foundation.errors import Forbidden, Refused, Stale
from app.foundation.wiring import wiring
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.definition import PROCESS
from app.workflow.model import Act, NotPermitted, RefusedByGuard, Step
from app.workflow.states import ENDED
from app.workflow.vocabulary import Action, Audience, Mark, Section, State


@dataclass(frozen=True, slots=True)
class Beside:
    """What a step leaves in the history of another case: a mark, without a change of state.

    Attributes:
        case: locked by the caller.
        payload: ids and codes; never a name.
    """

    case: AssistanceRequest
    mark: Mark
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What goes into history about a step or act, and who is to be told.

    Attributes:
        payload: ids and codes; never a name.
        params: what the notices may say besides number and link (dates, counts).
        also: people who are told as well, for a reason that only the slice knows.
        note: the person's own words, shown beside the entry to `audience`.
        audience: who may read the note.
        seen_by: who may know of the entry at all; None for everybody who sees the case.
        beside: what other cases, on which the step bears, keep of it.
    """

    payload: Mapping[str, Any] = field(default_factory=dict)
    params: Mapping[str, Any] | None = None
    also: frozenset[int] = frozenset()
    note: str = ""
    audience: Audience = Audience.ALL
    seen_by: Readership | None = None
    beside: Sequence[Beside] = ()

    @property
    def kept(self) -> dict[str, Any]:
        """What the payload of the history entry holds."""
        words = {"note": self.note, "audience": self.audience.value} if self.note else {}
        seen = {"seen_by": self.seen_by.value} if self.seen_by is not None else {}
        return {**self.payload, **words, **seen}


def lock_case(session: Session, actor: Actor, key: str, version: int | None = None) -> AssistanceRequest:
    """Lock the case's row for the rest of the transaction.

    Args:
        key: the public key.
        version: the version that the page showed; None for acts that carry the version of a child row.

    Raises:
        NotFound: there is none that this actor may see.
        Stale: it changed since the page was shown.
    """
    statement = visible_cases(actor).where(AssistanceRequest.key == key).with_for_update(of=AssistanceRequest)
    case: AssistanceRequest = found(session.scalars(statement.execution_options(populate_existing=True)).first())
    if version is not None and case.version != version:
        raise Stale(case_key=key, seen_version=version)
    return case


def perform(
    session: Session,
    case: AssistanceRequest,
    action: Action,
    actor: Actor,
    command: Any,
    said: Said,
    *,
    known: Mapping[Section, Any] | None = None,
    involved: bool | None = None,
) -> None:
    """Take the step `action`.

    Args:
        case: locked by `lock_case`.
        command: handed to the step's effects.
        said: what history keeps.
        known: sections of the facts that the caller has just written or read under the lock.
        involved: whether the actor had a part in the case, see `core_of`.

    Raises:
        Forbidden: no permission cell allows this.
        Refused: a guard is not met; names every reason.
    """
    line = _permitted(session, case, action, actor, known, involved)
    if not isinstance(line, Step):
        raise TypeError(f"{action} is an act, see record")
    if leaves_questions(line, case.state):
        close_open_questions(session, case)
    run_effects(session, case, action, actor, command)
    before = case.state
    _move(case, line.target)
    _write(session, case, actor, action, before, said)


def record(
    session: Session,
    case: AssistanceRequest,
    action: Action,
    actor: Actor,
    said: Said,
    *,
    bump: bool,
    known: Mapping[Section, Any] | None = None,
    tied: bool | None = None,
) -> None:
    """Record the act `action`, whose slice has written its tables.

    Args:
        bump: whether it changes a fact that a guard names; then the case's version rises.
        known: sections of the facts as they stood before the act, where what the slice has written changed them.
        tied: whether the actor's body is consulted, or their State asked to take part, see `core_of`.

    Raises:
        Forbidden: no permission cell allows this.
        Refused: a guard is not met.
    """
    line = _permitted(session, case, action, actor, known, tied=tied)
    if not isinstance(line, Act):
        raise TypeError(f"{action} is a step, see perform")
    if bump:
        case.version += 1
    case.touched_at = now()
    _write(session, case, actor, action, case.state, said)


def run_effects(session: Session, case: AssistanceRequest, action: Action, actor: Actor, command: Any) -> None:
    """Run what the composition lists for `action`; a use case of an act calls it where the act has effects."""
    for effect in wiring().effects.get(action, ()):
        effect(session, case, actor, command)


def leave_marks(session: Session, actor: Actor, marks: Sequence[Beside]) -> None:
    """Leave marks in histories, where they follow from what was done to another case or to something beside it."""
    with session.no_autoflush:
        append(session, [(one.case, Entry(actor, one.mark, None, None, one.payload)) for one in marks])
        project_cases(session, list(dict.fromkeys(one.case for one in marks)))
    session.flush()


def begin(
    session: Session, case: AssistanceRequest, action: Action, actor: Actor, said: Said, command: Any = None
) -> None:
    """Put a new case into the session, run the effects of the act, and write its first history entry.

    Args:
        command: handed to the effects.

    Raises:
        Forbidden: this actor may not begin a case so.
    """
    if not policy.may(actor, action):
        raise Forbidden
    session.add(case)
    session.flush()
    run_effects(session, case, action, actor, command)
    _write(session, case, actor, action, None, said)


def _permitted(
    session: Session,
    case: AssistanceRequest,
    action: Action,
    actor: Actor,
    known: Mapping[Section, Any] | None = None,
    involved: bool | None = None,
    tied: bool | None = None,
) -> Step | Act:
    session.flush()
    core = core_of(session, case, actor, involved=involved, tied=tied)
    line = PROCESS.line(action, case.state)
    if line is None or not policy.may(actor, action, core):
        raise Forbidden
    try:
        policy.check(actor, action, load_facts(session, core, policy.sections_for(action, core.state), known))
    except NotPermitted:
        raise Forbidden from None
    except RefusedByGuard as refusal:
        raise Refused([reason_of(one) for one in refusal.refusals]) from None
    return line


def _move(case: AssistanceRequest, target: State) -> None:
    case.state = target
    case.version += 1
    case.state_since = case.touched_at = now()
    case.ended_at = now() if target in ENDED else None
    if target is not State.ON_HOLD:
        case.hold_reason = None


def _write(
    session: Session, case: AssistanceRequest, actor: Actor, action: Action, before: State | None, said: Said
) -> None:
    # One UPDATE of the case at the end, instead of one before each statement.
    with session.no_autoflush:
        mine = (case, Entry(actor, action, before, case.state, said.kept))
        theirs = [(one.case, Entry(actor, one.mark, None, None, one.payload)) for one in said.beside]
        append(session, [mine, *theirs])
        cases = [case, *(one.case for one in said.beside)]
        project_cases(session, cases)
        _write_alike(cases)
    session.flush()
    announce(session, case, action, actor, said.params or {}, said.also)


def _write_alike(cases: Sequence[AssistanceRequest]) -> None:
    """Let the same columns of all `cases` be written, so that one statement writes them."""
    if len(cases) == 1:
        return
    changed = {name for case in cases for name in inspect(case).committed_state}
    for case in cases:
        for name in changed:
            flag_modified(case, name)
