"""How Flask-Security finds and changes people: read by the reading session, written at the end of the request."""

from __future__ import annotations

from typing import Any

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy.orm import Session

from app.accounts import identity
from app.accounts.mail import queue_mail
from app.accounts.models import User, UserRole
from app.accounts.security_history import record
from app.foundation.db import read_session
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind


class _Reading:
    @property
    def session(self) -> Session:
        return read_session()


def person_of(user: Any) -> User:
    """Return the person behind Flask-Login's proxy."""
    unwrap = getattr(user, "_get_current_object", None)
    person: User = unwrap() if unwrap is not None else user
    return person


def as_actor(person: User) -> Actor:
    """Return `person` as an actor of the security history, before a session exists."""
    return Actor(person.id, ActorKind.USER, person.name, person.role_codes, person.state_id, person.body)


class Datastore(SQLAlchemyUserDatastore):
    """People as Flask-Security sees them."""

    def __init__(self) -> None:
        super().__init__(_Reading(), User, UserRole)

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        """Return the person with one attribute, or None."""
        return identity.find_person(**kwargs)

    def put(self, model: Any) -> Any:
        """Write what was changed on a person at the end of the request."""
        identity.changed(person_of(model))
        return model

    def commit(self) -> None:
        """Write what is waiting."""
        identity.commit()

    def tf_set(self, user: Any, primary_method: str, totp_secret: str | None = None, phone: str | None = None) -> None:
        """Set the second factor; the person is told by mail."""
        person = person_of(user)
        before = (person.tf_primary_method, person.tf_totp_secret)
        super().tf_set(person, primary_method, totp_secret, phone)
        person.tf_mailed_secret = None
        if before != (person.tf_primary_method, person.tf_totp_secret):
            _tell(person, "second_factor_set", "accounts.two_factor_changed", {"method": primary_method})

    def tf_reset(self, user: Any) -> None:
        """Switch the second factor off; the recovery codes go with it."""
        person = person_of(user)
        person.tf_primary_method = person.tf_totp_secret = person.tf_mailed_secret = None
        person.mf_recovery_codes = None
        self.put(person)
        _tell(person, "second_factor_removed", "accounts.two_factor_changed", {})

    def mf_set_recovery_codes(self, user: Any, rcs: list[str] | None) -> None:
        """Replace the recovery codes (digests only); the person is told by mail."""
        super().mf_set_recovery_codes(person_of(user), rcs)
        _tell(person_of(user), "recovery_codes_made", "accounts.recovery_codes_changed", {})


def _tell(person: User, action: str, mail: str, payload: dict[str, Any]) -> None:
    def act(session: Session) -> None:
        record(session, as_actor(person), action, payload=payload)
        queue_mail(session, person.id, mail)

    identity.also(act)
