"""Recording, giving and revoking agreements; each stands in the chain of settings changes.

The chief records what a body wrote, because it decides how consultations end; the administrator holds no case role, and
the body itself may end an agreement or give a standing no-objection at any time (docs/decisions/0016).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.accounts.security_history import record
from app.coordination.agreements.commands import GiveStanding, RecordAgreement, RevokeAgreement, today
from app.documents.vocabulary import DocumentStatus
from app.foundation.clock import now
from app.foundation.db import new_public_key, use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.notifications.services import notify
from app.reference import cache
from app.reference.agreements import silence_agreement
from app.reference.calendars import work_calendar
from app.reference.models import BodyAgreement
from app.reference.vocabulary import AgreementKind, DutyStation
from app.workflow.actor import Actor
from app.workflow.limits import WINDOWS
from app.workflow.vocabulary import Body, Role, Window
from app.workflow.workdays import window_end

BODY = Body.CTC_CTED
_TOLD = (Role.CTC_LIAISON, Role.BRANCH_CHIEF)


@use_case
def record_agreement(session: Session, actor: Actor, command: RecordAgreement) -> None:
    """Record an agreement from the letter of a body; its liaisons are told what was recorded in its name.

    Raises:
        Forbidden: the actor is no chief of the Branch.
        InvalidCommand: the scan is withheld, or the silence rule is agreed already.
    """
    if not actor.has(Role.BRANCH_CHIEF):
        raise Forbidden
    if command.original.status is not DocumentStatus.ACCEPTED:
        raise InvalidCommand(FieldError("original", "agreement.withheld"))
    if command.kind is AgreementKind.SILENCE_RULE:
        held = select(BodyAgreement.id).where(
            BodyAgreement.kind == AgreementKind.SILENCE_RULE, BodyAgreement.revoked_at.is_(None)
        )
        if session.scalars(held).first() is not None:
            raise _agreed_already()
    letter = command.original.model_dump(include={"file_name", "media_type", "size", "sha256", "storage_name"})
    agreement = BodyAgreement(
        kind=command.kind,
        types=[kind.value for kind in command.types],
        letter_reference=command.letter_reference,
        letter_date=command.letter_date,
        valid_from=_begin(session, command),
        **letter,
    )
    _add(session, actor, agreement)


@use_case
def give_standing(session: Session, actor: Actor, command: GiveStanding) -> None:
    """Give a standing no-objection for the actor's own body.

    Raises:
        Forbidden: the actor is no liaison of CTC/CTED.
    """
    if not _speaks_for_body(actor):
        raise Forbidden
    kinds = [kind.value for kind in command.types]
    start = _begin(session, command)
    _add(session, actor, BodyAgreement(kind=AgreementKind.STANDING_NO_OBJECTION, types=kinds, valid_from=start))


@use_case
def revoke_agreement(session: Session, actor: Actor, command: RevokeAgreement) -> None:
    """End an agreement at once; one that was revoked before stays as it is.

    Raises:
        Forbidden: the actor is neither a chief nor a liaison of the body.
        NotFound: there is no such agreement.
    """
    if not actor.has(Role.BRANCH_CHIEF) and not _speaks_for_body(actor):
        raise Forbidden
    wanted = select(BodyAgreement).where(BodyAgreement.key == command.key).with_for_update()
    agreement = session.scalars(wanted).one_or_none()
    if agreement is None:
        raise NotFound
    if agreement.revoked_at is not None:
        return
    assert actor.user_id is not None, "a chief or a liaison is a person"  # noqa: S101
    agreement.revoked_at, agreement.revoked_by_id = now(), actor.user_id
    agreement.revocation_note = command.note
    session.flush()
    _settle(session, actor, agreement, "agreement_revoked")


def _speaks_for_body(actor: Actor) -> bool:
    return actor.has(Role.CTC_LIAISON) and actor.body is BODY


def _begin(session: Session, command: RecordAgreement | GiveStanding) -> datetime:
    """Return the first instant in force: now, or the beginning of a later day where the body works."""
    if command.valid_from <= today():
        return now()
    return work_calendar(session, DutyStation.NEW_YORK).start_of(command.valid_from)


def _add(session: Session, actor: Actor, agreement: BodyAgreement) -> None:
    assert actor.user_id is not None, "a chief or a liaison is a person"  # noqa: S101
    agreement.key, agreement.body = new_public_key(), BODY
    agreement.recorded_at, agreement.recorded_by_id = now(), actor.user_id
    if agreement.kind is AgreementKind.STANDING_NO_OBJECTION:
        span = dict(WINDOWS)[Window.STANDING_NO_OBJECTION]
        agreement.valid_to = window_end(agreement.valid_from, span, work_calendar(session, DutyStation.NEW_YORK))
    try:
        with session.begin_nested():
            session.add(agreement)
    except IntegrityError:
        # Somebody recorded the silence rule at the same moment: the database keeps one.
        raise _agreed_already() from None
    _settle(session, actor, agreement, "agreement_recorded")


def _agreed_already() -> InvalidCommand:
    return InvalidCommand(FieldError("kind", "agreement.silence_agreed_already"))


def _settle(session: Session, actor: Actor, agreement: BodyAgreement, action: str) -> None:
    """Let every process see it, put it into the chain, and tell the body and the chiefs."""
    cache.changed(session)
    payload = {"agreement": agreement.key, "body": agreement.body, "kind": agreement.kind, "sha256": agreement.sha256}
    record(session, actor, action, payload=payload)
    people = select(UserRole.user_id).join(User, User.id == UserRole.user_id)
    reached = people.where(UserRole.role.in_(_TOLD), UserRole.ended_at.is_(None), User.active)
    told = set(session.scalars(reached)) - actor.person_ids
    notify(session, sorted(told), f"agreement.{action.removeprefix('agreement_')}", {})


def silence_is_agreed(session: Session) -> bool:
    """Tell whether the silence of CTC/CTED counts now."""
    return silence_agreement(session, BODY, now()) is not None
