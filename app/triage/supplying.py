"""The fast lane (process, Fast lane): published tools and courses, below a cost, under a standing no-objection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session

from app.casework.commands import CaseCommand, OptionalWords
from app.casework.content.fields import MOST_MINOR_UNITS, plain_text
from app.casework.facts import core_of, load_facts
from app.casework.models import AssistanceRequest, CaseBody
from app.casework.notices import tell
from app.casework.perform import Said, lock_case, perform
from app.documents.letters import Sent, file_letter
from app.foundation.clock import now
from app.foundation.db import insert_unless_there, use_case
from app.foundation.errors import FieldError, InvalidCommand, Stale
from app.reference.agreements import standing_agreements
from app.reference.settings import FAST_LANE_BELOW_USD, setting
from app.reference.tools import ToolInfo, published_tools
from app.reference.vocabulary import ToolKind
from app.triage.supply_models import ADDRESS_LENGTH, COURSE_LENGTH, Supply
from app.workflow.actor import Actor
from app.workflow.facts import ContentFacts, required
from app.workflow.vocabulary import Action, AssistanceType, Body, Section

MOST_COPIES: Final = 10_000
BODY: Final = Body.CTC_CTED
CENTS: Final = 100


def _amount(value: Any) -> Any:
    if not isinstance(value, int):
        raise PydanticCustomError("money_amount", "not an amount")
    return value


def _none_is_zero(value: Any) -> Any:
    return 0 if value in (None, "") else value


class SupplyCase(CaseCommand):
    """Supply what a request asks for.

    Attributes:
        items: files of the library as `key:language`.
        course: the online course, in words that the State can follow.
        copies: printed copies of each file; `address` is where they go.
        words: to the State.
        cost_minor: the estimate in US cents.
    """

    items: Annotated[tuple[str, ...], Field(max_length=40)] = ()
    course: Annotated[str, StringConstraints(max_length=COURSE_LENGTH), AfterValidator(plain_text)] = ""
    copies: Annotated[int, BeforeValidator(_none_is_zero), Field(ge=0, le=MOST_COPIES)] = 0
    address: Annotated[
        str,
        StringConstraints(max_length=ADDRESS_LENGTH),
        AfterValidator(plain_text),
        Field(validate_default=True),
    ] = ""
    words: OptionalWords = ""
    cost_minor: Annotated[int, BeforeValidator(_amount), Field(ge=0, le=MOST_MINOR_UNITS)]

    @field_validator("address")
    @classmethod
    def _copies_go_somewhere(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("copies") and not value:
            raise PydanticCustomError("supply.address_needed", "printed copies go somewhere")
        return value


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the library."""

    tool: ToolInfo
    lang: str

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.tool.key}:{self.lang}"


def offered_items(session: Session) -> Iterator[Item]:
    """Return every file that can be supplied: those of published tools, but for courses; no statement."""
    tools = (one for one in published_tools(session) if one.kind is not ToolKind.COURSE)
    return (Item(tool, lang) for tool in tools for lang in tool.langs)


def chosen_items(session: Session, command: SupplyCase) -> list[Item]:
    """Return the files that `command` names.

    Raises:
        InvalidCommand: one of them is not given out (any more).
    """
    offered = {one.code: one for one in offered_items(session)}
    if not set(command.items) <= set(offered):
        raise InvalidCommand(FieldError("items", "supply.not_published"))
    return [offered[code] for code in dict.fromkeys(command.items)]


def check(session: Session, command: SupplyCase, types: frozenset[AssistanceType]) -> None:
    """Refuse what does not answer the request, or costs too much.

    Args:
        types: what the request asks for.

    Raises:
        InvalidCommand: names the fields.
    """
    limit = setting(session, FAST_LANE_BELOW_USD)
    errors = []
    if AssistanceType.TOOLS in types and not command.items:
        errors.append(FieldError("items", "supply.tools_needed"))
    if AssistanceType.ONLINE_COURSE in types and not command.course:
        errors.append(FieldError("course", "supply.course_needed"))
    if command.cost_minor >= limit * CENTS:
        errors.append(FieldError("cost_minor", "supply.cost_too_high", {"limit": limit}))
    if errors:
        raise InvalidCommand(*errors)


@use_case
def supply(
    session: Session, actor: Actor, command: SupplyCase, types: frozenset[AssistanceType], letter: Sent | None
) -> None:
    """Supply a screened request; its intake officer becomes its officer, and CTC/CTED is told the same day.

    Args:
        types: what the request asks for, as it was read at the version that `command` carries.
        letter: to the State, with the addresses of the downloads; rendered from what the command says; None where the
            same form was sent before and done.

    Raises:
        InvalidCommand: what is supplied does not answer the request, is not published, or costs too much.
        Refused: other types are asked for, a check does not pass, or no standing no-objection is in force.
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    if letter is None:
        raise Stale(case_key=case.key, seen_version=command.version)
    facts = load_facts(session, core_of(session, case, actor), {Section.SCREENING})
    screening = required(facts.screening, Section.SCREENING)
    check(session, command, types)
    chosen = chosen_items(session, command)
    below = command.cost_minor < setting(session, FAST_LANE_BELOW_USD) * CENTS
    known = {Section.CONTENT: ContentFacts(types), Section.SCREENING: replace(screening, cost_below_fast_lane=below)}
    covering = [one.key for one in standing_agreements(session, BODY, now()) if one.types & types]
    former_id, case.officer_id = case.officer_id, actor.user_id
    session.add(_row(case, actor, command, letter, chosen, covering))
    _show_to_body(session, case)
    payload = {"officer_id": actor.user_id, "former_officer_id": former_id, "agreements": covering}
    said = Said(payload | file_letter(session, case, actor, letter))
    perform(session, case, Action.SUPPLY, actor, command, said, known=known)
    if former_id is not None and former_id not in actor.person_ids:
        tell(session, case, {former_id}, "case.unassigned", {})


def _row(
    case: AssistanceRequest,
    actor: Actor,
    command: SupplyCase,
    letter: Sent,
    chosen: Sequence[Item],
    agreements: list[str],
) -> Supply:
    return Supply(
        case_id=case.id,
        state_id=case.state_id,
        items=[{"tool": one.tool.key, "lang": one.lang} for one in chosen],
        lang=letter.lang,
        agreements=agreements,
        supplied_by_id=actor.user_id,
        **command.model_dump(include={"course", "copies", "address", "words", "cost_minor"}),
    )


def _show_to_body(session: Session, case: AssistanceRequest) -> None:
    """Let the liaisons of CTC/CTED see the case: they are told of it, not asked."""
    row = insert_unless_there(session, CaseBody).values(case_id=case.id, state_id=case.state_id, body=BODY, since=now())
    session.execute(row.on_conflict_do_nothing())
