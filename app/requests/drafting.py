"""Drafts: begin one, save its tasks."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from app.casework.content import asked_of, check_task, types_of, without_empty
from app.casework.content.pages import PAGES, Page, pages_of
from app.casework.content.paths import DETAILS, corrected, raw_value
from app.casework.content.words import named
from app.casework.drafts import TEXTS, answers_of, store_task
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, begin, lock_case
from app.casework.system_answers import unknown_codes, with_system_answers
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Refused, Stale
from app.requests.commands import DraftRequest, SaveTask
from app.requests.conflicts import with_theirs
from app.workflow.actor import Actor
from app.workflow.refusals import RefusalCode
from app.workflow.vocabulary import Action, AssistanceType, State


class Drafted(BaseModel):
    """A new draft."""

    model_config = ConfigDict(frozen=True)

    key: str


class TaskStale(Stale):
    """Somebody saved the task after the page was shown; what is stored now can be read anew."""


@use_case
def draft_request(session: Session, actor: Actor, command: DraftRequest) -> Drafted:
    """Begin a draft for the actor's State.

    Raises:
        Forbidden: the actor speaks for no State.
        InvalidCommand: there is no such instrument.
    """
    case = begun_draft(session, actor)
    if command.instrument is not None:
        _begin_with(session, case, actor, command.instrument)
    return Drafted(key=case.key)


def begun_draft(session: Session, actor: Actor) -> AssistanceRequest:
    """Begin an empty draft for the actor's State and return it.

    Raises:
        Forbidden: the actor speaks for no State.
    """
    if actor.state_id is None:
        raise Forbidden
    case = AssistanceRequest(state_id=actor.state_id, drafted_by_id=actor.user_id, state=State.DRAFT, version=1)
    begin(session, case, Action.DRAFT_REQUEST, actor, Said())
    return case


def draft_to_edit(session: Session, actor: Actor, key: str) -> AssistanceRequest:
    """Lock a draft and return it.

    Raises:
        NotFound: no such case for this actor.
        Stale: the case is no draft any more.
        Refused: somebody else proposed the draft, and the State has not adopted it.
    """
    case = lock_case(session, actor, key)
    if case.state is not State.DRAFT:
        raise Stale(case_key=case.key)
    if case.to_adopt:
        raise Refused([(f"refusal.{RefusalCode.NOT_ADOPTED.value}", {})])
    return case


def _begin_with(session: Session, case: AssistanceRequest, actor: Actor, instrument: str) -> None:
    """Let a draft begin with one instrument, for ratification or accession: what it is about is said already."""
    chosen = {"list": [instrument]}
    if unknown_codes(case.state_id, "instruments", chosen):
        raise InvalidCommand(FieldError("instrument", "not_offered"))
    store_task(session, case, actor, "need", {"types": [AssistanceType.RATIFICATION.value]})
    whole = with_system_answers(session, case, "instruments", chosen)
    store_task(session, case, actor, "instruments", whole)


@use_case
def save_task(session: Session, actor: Actor, command: SaveTask) -> None:
    """Save one task of a draft, and what the case's row, its types and its consents say of it.

    Raises:
        NotFound, Stale, Refused: see `draft_to_edit`.
        TaskStale: the task was saved since the page was shown.
        InvalidCommand: an answer is wrong or, when `finished`, missing.
    """
    case = draft_to_edit(session, actor, command.key)
    stored = next((row for row in case.draft_tasks if row.task == command.task), None)
    if (stored.version if stored else 0) != command.version:
        raise TaskStale(case_key=case.key)
    store_task(session, case, actor, command.task, _kept(session, case, command))


def _entered(case: AssistanceRequest, command: SaveTask) -> dict[str, Any]:
    """Return what was entered; that a request follows another was said when it began, and is no choice of the form."""
    entered: dict[str, Any] = without_empty(command.answers)
    if command.task != "need" or case.parent_id is None:
        return entered
    types = [*(entered.get("types") or ()), AssistanceType.FOLLOW_UP.value]
    return {**entered, "types": list(dict.fromkeys(types))}


def _kept(session: Session, case: AssistanceRequest, command: SaveTask) -> dict[str, Any]:
    """Return what is saved, or refuse what is wrong and, of a finished page, what is missing.

    What the page does not ask for stays as it was: other pages of the task, sections of types that are not chosen now,
    texts that were attached.
    """
    before, page = answers_of(case), _page_of(command)
    entered = with_theirs(command.task, _entered(case, command), before.get(command.task, {}), command.theirs)
    types = types_of({**before, "need": entered} if command.task == "need" else before)
    merged = _merged(before.get(command.task, {}), entered, (page,) if page else pages_of(command.task, types))
    whole = with_system_answers(session, case, command.task, merged)
    checked = check_task(command.task, whole, types, channel=case.channel)
    wrong = [*checked.wrong, *unknown_codes(case.state_id, command.task, whole)]
    if AssistanceType.FOLLOW_UP in types and case.parent_id is None:
        wrong.append(FieldError("types", "not_offered"))
    errors = [error for error in wrong if _concerns(page, error)]
    if command.finished:
        errors += [error for error in checked.unanswered if _concerns(page, error)]
    if errors:
        raise InvalidCommand(*(named(command.task, error) for error in errors))
    asked = asked_of(command.task, whole, types)
    hidden = {name: answer for name, answer in whole.items() if name not in asked}
    data = asked if checked.data is None else checked.data
    # what stands on a page that was never saved is not answered by the default of its field
    known = {name: answer for name, answer in data.items() if page is None or name in whole or name in page.fields}
    return {**hidden, **known}


def _page_of(command: SaveTask) -> Page | None:
    """Return the page that is saved; None for the whole task."""
    return next((page for page in PAGES[command.task] if page.name == command.page), None)


def _concerns(page: Page | None, error: FieldError) -> bool:
    return page is None or error.path.partition(".")[0] in page.fields


def _merged(stored: Mapping[str, Any], entered: Mapping[str, Any], pages: tuple[Page, ...]) -> dict[str, Any]:
    """Return the answers of the task: what the pages ask for as it was entered, everything else as it is stored."""
    fields = {field for one in pages for field in one.fields}
    kept = {name: answer for name, answer in stored.items() if name not in fields}
    whole = {**kept, **{name: answer for name, answer in entered.items() if name in fields}}
    if "drafting" in fields:
        texts = raw_value({DETAILS: stored}, TEXTS)
        whole = corrected({DETAILS: whole}, {TEXTS: texts})[DETAILS]
    return whole
