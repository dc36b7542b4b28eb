"""What people do with their own account: settings, sessions, who stands in for them and for whom they act."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts import sessions
from app.accounts.commands import NameStandIn, OfPerson, OwnAccount
from app.accounts.models import StandIn, User, UserSession
from app.accounts.security_history import record
from app.accounts.standing_in import in_force, may_stand_in, overlapping
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.foundation.i18n import is_offered
from app.workflow.actor import Actor

#: The longest absence that somebody may be stood in for at once.
LONGEST_ABSENCE = timedelta(days=366)


class Done(BaseModel):
    """An act that has nothing to tell."""

    model_config = ConfigDict(frozen=True)


def _self(session: Session, actor: Actor) -> User:
    person = session.get(User, actor.user_id, with_for_update=True)
    if person is None:
        raise NotFound
    return person


@use_case
def change_own_account(session: Session, actor: Actor, command: OwnAccount) -> Done:
    """Change name, language, time zone and appearance.

    Raises:
        InvalidCommand: the language is not offered, or there is no such time zone.
    """
    if not is_offered(command.locale):
        raise InvalidCommand(FieldError("locale", "not_offered"))
    if command.time_zone not in available_timezones():
        raise InvalidCommand(FieldError("time_zone", "not_offered"))
    person = _self(session, actor)
    person.name, person.locale = command.name, command.locale
    person.time_zone, person.theme = command.time_zone, command.theme
    person.title, person.telephone = command.title or None, command.telephone or None
    record(session, actor, "own_account_edited")
    return Done()


@use_case
def revoke_own_session(session: Session, actor: Actor, command: OfPerson) -> Done:
    """End one of one's own sessions; `command.key` is the session's key.

    Raises:
        NotFound: no such session, or somebody else's.
    """
    mine = (UserSession.key == command.key, UserSession.user_id == actor.user_id)
    if not sessions.revoke(session, *mine):
        raise NotFound
    record(session, actor, "own_session_revoked")
    return Done()


@use_case
def name_stand_in(session: Session, actor: Actor, command: NameStandIn) -> Done:
    """Name who acts in one's absence (process page, People).

    Raises:
        Forbidden: the actor acts for somebody else: no chains.
        InvalidCommand: that person works for another State, body or side, is away as well, or the days do not fit.
    """
    if actor.on_behalf_of is not None:
        raise Forbidden
    absent = _self(session, actor)
    substitute = session.scalar(select(User).where(User.key == command.stand_in_key, User.active.is_(True)))
    if substitute is None or substitute.id == absent.id or not may_stand_in(absent, substitute):
        raise InvalidCommand(FieldError("stand_in_key", "not_offered"))
    zone = ZoneInfo(absent.time_zone)
    starts = datetime.combine(command.first_day, datetime.min.time(), zone)
    ends = datetime.combine(command.last_day + timedelta(days=1), datetime.min.time(), zone)
    if ends <= now():
        raise InvalidCommand(FieldError("last_day", "day_passed"))
    if ends - starts > LONGEST_ABSENCE + timedelta(days=1):
        raise InvalidCommand(FieldError("last_day", "absence_too_long"))
    _refuse_overlap(session, absent.id, substitute.id, starts, ends)
    session.add(StandIn(absent_id=absent.id, stand_in_id=substitute.id, starts_at=starts, ends_at=ends))
    record(session, actor, "stand_in_named", subject_id=substitute.id, payload={"from": starts, "until": ends})
    return Done()


def _refuse_overlap(session: Session, absent_id: int, substitute_id: int, starts: datetime, ends: datetime) -> None:
    """Refuse a second stand-in for the same days, and one who is away on them: there are no chains."""
    away = select(StandIn.absent_id).where(StandIn.absent_id.in_((absent_id, substitute_id)), overlapping(starts, ends))
    found = set(session.scalars(away))
    if absent_id in found:
        raise InvalidCommand(FieldError("first_day", "stand_in_overlaps"))
    if found:
        raise InvalidCommand(FieldError("stand_in_key", "stand_in_is_away"))


@use_case
def revoke_stand_in(session: Session, actor: Actor, command: OfPerson) -> Done:
    """Take back that somebody stands in; `command.key` is the key of that agreement."""
    mine = (StandIn.key == command.key, StandIn.absent_id == actor.user_id, StandIn.revoked_at.is_(None))
    found = session.scalar(select(StandIn).where(*mine).with_for_update())
    if found is None:
        raise NotFound
    found.revoked_at = now()
    record(session, actor, "stand_in_revoked", subject_id=found.stand_in_id)
    return Done()


@use_case
def act_for(session: Session, actor: Actor, session_id: int, key: str | None) -> Done:
    """Act for an absent person from now on in this session, or for oneself again (`key` None).

    Raises:
        NotFound: the agreement is not with the actor, is over or has not begun.
    """
    at = now()
    chosen: StandIn | None = None
    if key is not None:
        mine = (StandIn.key == key, StandIn.stand_in_id == actor.user_id)
        chosen = session.scalar(select(StandIn).where(*mine, in_force(at)))
        if chosen is None:
            raise NotFound
    here = update(UserSession).where(UserSession.id == session_id, UserSession.user_id == actor.user_id)
    session.execute(here.values(stand_in_id=chosen.id if chosen else None))
    action = "stand_in_taken_up" if chosen else "stand_in_laid_down"
    record(session, actor, action, subject_id=chosen.absent_id if chosen else None)
    return Done()
