"""Registered addresses of the bodies consulted: where their notices go. An office is an address, never an actor."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.commands import SetOffice
from app.accounts.models import Office
from app.accounts.security_history import record
from app.foundation.db import use_case
from app.foundation.errors import Forbidden
from app.workflow.actor import Actor
from app.workflow.vocabulary import Body, Role

#: Bodies whose notices go to an office; partners are named with their own address where they are asked.
WITH_OFFICE = (Body.CTC_CTED, Body.OLA)


@use_case
def set_office(session: Session, actor: Actor, command: SetOffice) -> None:
    """Name the office of a body and where its notices go; a mail that is queued goes where it was queued for.

    Raises:
        Forbidden: the actor is no administrator.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise Forbidden
    office = session.scalars(select(Office).where(Office.body == command.body).with_for_update()).one_or_none()
    if office is None:
        office = Office(body=command.body)
        session.add(office)
    office.name, office.email, office.telephone = command.name, command.email, command.telephone or None
    session.flush()
    record(session, actor, "office_set", payload={"office": office.key, "body": command.body})


def offices_of_bodies(session: Session) -> dict[Body, Office]:
    """Return the offices of the bodies consulted: one statement."""
    return {one.body: one for one in session.scalars(select(Office).where(Office.body.is_not(None))) if one.body}
