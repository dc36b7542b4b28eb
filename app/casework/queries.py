"""What every page about a case reads: the case with its State and officer, its history, its tasks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.audiences import Readership, readerships_of
from app.casework.models import AssistanceRequest, CaseRevision, DraftTask, HistoryEntry, HistoryPayload
from app.casework.sharing import consents_to_sharing, hangs_on_consent, reached
from app.casework.visibility import found, visible_cases
from app.reference.models import StateRecord
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Mark

#: Made once: to make one copies every column.
_OFFICER, _DRAFTER, _ABSENT = aliased(User), aliased(User), aliased(User)
#: Acts that are meant for some of those who see the case.
PARTED = (
    Action.WRITE.value,
    Action.ATTACH.value,
    Action.PROPOSE_OUTCOME.value,
    Action.RETURN_PROPOSAL.value,
    Action.DRAFT_PLAN.value,
    Action.PROPOSE_PLAN.value,
    Action.REQUEST_PLAN_CHANGES.value,
    Action.MOVE_ACTIVITY.value,
    Action.ANSWER_MOVE.value,
    Action.ALLOCATE.value,
    Action.APPROVE_ALLOCATION.value,
    Action.ASK_STATE.value,
    Action.ANSWER_QUESTION.value,
    Action.ASSESS.value,
    Action.GIVE_POSITION.value,
    Action.ASK_MORE_TIME.value,
    Action.WITHDRAW_OBJECTION.value,
    Action.RECORD_POSITION.value,
    Action.DEEM_NO_OBJECTION.value,
    Action.PROCEED_WITHOUT.value,
    Action.ANSWER_PARTICIPATION.value,
    Mark.NOTICE_DELIVERED.value,
    Mark.PARTNER_ANSWERED.value,
    Mark.PARTICIPATION_ASKED.value,
    Mark.PARTICIPATION_CLOSED.value,
    Mark.PLAN_TAKEN_BACK.value,
)


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """A case with what its page always shows.

    Attributes:
        case: the case's row.
        member_state: the State that asks.
        officer: who owns it at TPB, None before it is accepted.
        drafter: who drafted it.
        counts: what the tabs count, by endpoint.
        ctc_consented: the State consents now to sharing it with CTC/CTED.
    """

    case: AssistanceRequest
    member_state: StateRecord
    officer: User | None
    drafter: User | None
    counts: Mapping[str, int]
    ctc_consented: bool = False


def case_header(
    session: Session, actor: Actor, key: str, counts: Mapping[str, ScalarSelect[int]] | None = None
) -> CaseHeader:
    """Return the case `key` with its State and officer: one statement.

    Args:
        counts: numbers to be read with it, by name; each is correlated with the case.

    Raises:
        NotFound: there is none that this actor may see.
    """
    counted, shared = counts or {}, consents_to_sharing(AssistanceRequest.id)
    statement = (
        visible_cases(actor, AssistanceRequest, StateRecord, _OFFICER, _DRAFTER, shared, *counted.values())
        .join(StateRecord, StateRecord.id == AssistanceRequest.state_id)
        .outerjoin(_OFFICER, _OFFICER.id == AssistanceRequest.officer_id)
        .outerjoin(_DRAFTER, _DRAFTER.id == AssistanceRequest.drafted_by_id)
        .where(AssistanceRequest.key == key)
    )
    case, state, owner, author, consented, *numbers = found(session.execute(statement).first())
    return CaseHeader(case, state, owner, author, dict(zip(counted, numbers, strict=True)), bool(consented))


def history_of(
    session: Session,
    actor: Actor,
    case_id: int,
    limit: int,
    *,
    before: int | None = None,
    since: datetime | None = None,
    without: Collection[Action] = (),
) -> Sequence[Row[Any]]:
    """Return the entries that `actor` may know of, with payload and the name of who acted, newest first: one statement.

    Args:
        actor: who reads.
        case_id: a case that the caller got from `visible_cases`.
        limit: how many at most.
        before: only entries with a lower sequence number.
        since: only entries from this instant; what a State did before it submitted is its own affair.
        without: acts to leave out.
    """
    statement = (
        select(HistoryEntry, HistoryPayload.payload, User.name, _ABSENT.name.label("on_behalf_of"))
        .outerjoin(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .outerjoin(_ABSENT, _ABSENT.id == HistoryEntry.on_behalf_of_id)
        .where(HistoryEntry.case_id == case_id, entries_shown_to(actor))
        .order_by(HistoryEntry.seq.desc())
    )
    if before is not None:
        statement = statement.where(HistoryEntry.seq < before)
    if since is not None:
        statement = statement.where(HistoryEntry.at >= since)
    if without:
        statement = statement.where(HistoryEntry.action.not_in([action.value for action in without]))
    return session.execute(statement.limit(limit)).all()


def entries_shown_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on entries joined with their payload: an act meant for some is known to those only.

    An entry whose payload was erased no longer says for whom it was meant: such an act is then shown to nobody.
    """
    seen_by: ColumnElement[Any] = HistoryPayload.payload["seen_by"].as_string()
    theirs = [readers.value for readers in readerships_of(actor)]
    for_everybody = seen_by.is_(None) & (HistoryPayload.id.is_not(None) | HistoryEntry.action.not_in(PARTED))
    if not hangs_on_consent(actor):
        return seen_by.in_(theirs) | for_everybody
    mine = HistoryEntry.actor_id.in_(actor.person_ids)
    among_bodies = seen_by == Readership.COORDINATION.value
    shared = reached(actor, HistoryEntry.case_id, HistoryEntry.at)
    return (among_bodies | mine | shared) & (seen_by.in_(theirs) | for_everybody)


def draft_of(session: Session, case_id: int) -> dict[str, DraftTask]:
    """Return the tasks of a draft by name."""
    rows = session.scalars(select(DraftTask).where(DraftTask.case_id == case_id))
    return {row.task: row for row in rows}


def latest_revision(session: Session, case_id: int, until: datetime | None = None) -> CaseRevision | None:
    """Return what the State submitted or answered last.

    Args:
        until: only what was written before this instant (UTC), see `sharing.shared_until`.
    """
    if until is None and (case := session.get(AssistanceRequest, case_id)) is not None:
        # loaded once per session, whoever asks
        return case.latest_revision
    statement = select(CaseRevision).where(CaseRevision.case_id == case_id).order_by(CaseRevision.revision.desc())
    if until is not None:
        statement = statement.where(CaseRevision.written_at < until)
    return session.scalars(statement.limit(1)).first()
