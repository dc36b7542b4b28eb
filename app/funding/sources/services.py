"""The use cases of sources: record one, write and correct lines of its ledger, thank the donor."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.notices import Circle, tell_circles
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.foundation.formatting import money_text
from app.funding.models import Allocation
from app.funding.sources.commands import CorrectLine, RecordLine, RecordSource, ThankDonor
from app.funding.sources.ledger import Taken, absent, flag, lock_source, standing_of, taken_of, written_by
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind
from app.reference.settings import SUPPORT_COST_PERCENT, setting
from app.reference.states import all_states
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

_TOLD = {Circle.OFFICER, Circle.PROGRAMME_SUPPORT}


@use_case
def record_source(session: Session, actor: Actor, command: RecordSource) -> None:
    """Record a source with the first line of its ledger.

    Raises:
        Forbidden: the actor is not of programme support.
        InvalidCommand: there is no such State.
    """
    _require_support(actor)
    if not set(command.states) <= {one.alpha3 for one in all_states(session, include_demo=True)}:
        raise InvalidCommand(FieldError("states", "not_offered"))
    percent = command.support_percent
    said = command.model_dump(exclude={"first", "minor", "on_date", "support_percent"}, mode="python")
    said |= {name: [getattr(one, "value", one) for one in said[name]] for name in ("regions", "states", "types")}
    source = Contribution(
        **said,
        support_percent=setting(session, SUPPORT_COST_PERCENT) if percent is None else percent,
        recorded_by_id=actor.user_id,
        recorded_for_id=absent(actor),
    )
    session.add(source)
    session.flush()
    if command.first is None or command.minor is None:
        raise InvalidCommand(FieldError("first", "source.first_needed"))
    of = {"contribution_id": source.id, "kind": command.first, "minor": command.minor}
    session.add(ContributionLine(**of, on_date=command.on_date, **written_by(actor)))


@use_case
def record_line(session: Session, actor: Actor, command: RecordLine) -> None:
    """Write one line into the ledger; a reduction flags what is no longer covered, and those concerned are told.

    Raises:
        InvalidCommand: more is reduced than is outstanding, spent or released than is there.
        Forbidden: the actor is not of programme support.
        NotFound, Stale: see `lock_source`.
    """
    _require_support(actor)
    source = lock_source(session, command.key, command.version)
    if command.minor is None:
        raise InvalidCommand(FieldError("minor", "allocation_needed"))
    allocation = None
    if command.allocation is not None:
        allocation = _checked(_named(taken_of(session, source), command.allocation), command.kind, command.minor)
    elif command.kind is LineKind.REDUCTION:
        _at_most(standing_of(session, source).outstanding, command.minor, "source.reduced_too_much", source)
    session.add(
        ContributionLine(
            contribution_id=source.id,
            kind=command.kind,
            minor=command.minor,
            on_date=command.on_date,
            note=command.note,
            allocation_id=allocation.id if allocation else None,
            **written_by(actor),
        )
    )
    settle(session, actor, source)


@use_case
def correct_line(session: Session, actor: Actor, command: CorrectLine) -> None:
    """Write a line that makes another say the right amount; the ledger keeps both.

    Raises:
        InvalidCommand: there is no such line, nothing changes, or the sums no longer hold.
        Forbidden: the actor is not of programme support.
        NotFound, Stale: see `lock_source`.
    """
    _require_support(actor)
    source = lock_source(session, command.key, command.version)
    line = session.scalars(
        select(ContributionLine).where(
            ContributionLine.contribution_id == source.id,
            ContributionLine.key == command.line,
            ContributionLine.corrects_id.is_(None),
            ContributionLine.kind != LineKind.RELEASE,
        )
    ).one_or_none()
    if line is None or command.minor is None:
        raise InvalidCommand(FieldError("line", "source.line_needed"))
    corrected = select(func.coalesce(func.sum(ContributionLine.minor), 0)).where(
        ContributionLine.corrects_id == line.id
    )
    difference = command.minor - line.minor - int(session.scalar(corrected) or 0)
    if difference == 0:
        raise InvalidCommand(FieldError("minor", "source.says_so_already"))
    _check_correction(session, source, line, difference)
    session.add(
        ContributionLine(
            contribution_id=source.id,
            kind=line.kind,
            minor=difference,
            on_date=now().date(),
            note=command.note,
            allocation_id=line.allocation_id,
            corrects_id=line.id,
            **written_by(actor),
        )
    )
    settle(session, actor, source)


@use_case
def thank(session: Session, actor: Actor, command: ThankDonor) -> None:
    """Record when the donor was thanked (11).

    Raises:
        Forbidden: the actor is not of programme support.
        NotFound, Stale: see `lock_source`.
    """
    _require_support(actor)
    source = lock_source(session, command.key, command.version)
    source.thanked_on = command.thanked_on
    source.thanked_by_id = actor.user_id


def settle(session: Session, actor: Actor, source: Contribution) -> None:
    """Flag what a locked source no longer covers, and tell officer and programme support of it."""
    if worse := flag(session, source):
        tell_of(session, actor, worse)


def tell_of(session: Session, actor: Actor, allocations: Iterable[Allocation]) -> None:
    """Tell officer and programme support of the cases of which an allocation is no longer covered, each once."""
    ids = {one.case_id for one in allocations}
    cases = session.scalars(visible_cases(actor).where(AssistanceRequest.id.in_(ids)).order_by(AssistanceRequest.id))
    for case in cases:
        tell_circles(session, case, _TOLD, "case.allocation_uncovered", {}, but=actor.person_ids)


def _named(taken: Iterable[Taken], key: str) -> Taken:
    for one in taken:
        if one.row.key == key:
            return one
    raise InvalidCommand(FieldError("allocation", "not_offered"))


def _checked(taken: Taken, kind: LineKind, minor: int) -> Allocation:
    """Return the row of an allocation of which so much can be spent or released."""
    if kind is LineKind.SPENDING and taken.row.approved_at is None:
        raise InvalidCommand(FieldError("allocation", "source.not_approved"))
    code = "source.spent_too_much" if kind is LineKind.SPENDING else "source.released_too_much"
    _at_most(taken.unspent, minor, code, taken.row)
    return taken.row


def _check_correction(session: Session, source: Contribution, line: ContributionLine, difference: int) -> None:
    """Refuse a correction after which more would be spent than allocated, or more reduced than pledged."""
    if line.kind is LineKind.SPENDING:
        taken = next(one for one in taken_of(session, source) if one.row.id == line.allocation_id)
        _at_most(taken.unspent, difference, "source.spent_too_much", source)
    stands = standing_of(session, source)
    pledged = {LineKind.PLEDGE: difference, LineKind.REDUCTION: -difference}.get(line.kind, 0)
    if stands.pledged + pledged < 0:
        raise InvalidCommand(FieldError("minor", "source.pledge_below_nothing"))


def _at_most(most: int, minor: int, code: str, of: Contribution | Allocation) -> None:
    if minor > most:
        raise InvalidCommand(FieldError("minor", code, {"most": money_text(most, of.currency)}))


def _require_support(actor: Actor) -> None:
    if not actor.has(Role.PROGRAMME_SUPPORT):
        raise Forbidden
