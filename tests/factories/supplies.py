"""The fast lane: a standing no-objection on record, requests that can go it, supplies that were made."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flask import Flask

from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.triage.supply_models import Supply
from app.workflow.vocabulary import Action, AssistanceType
from tests.factories.agreements import agree
from tests.factories.cases import Made, Plan
from tests.factories.people import Cast

FAST_LANE: Final = (AssistanceType.ONLINE_COURSE, AssistanceType.TOOLS)


def stand_by(app: Flask, cast: Cast, *types: AssistanceType) -> str:
    """Put a standing no-objection of CTC/CTED on record, for both classes unless named; returns its key."""
    return agree(app, cast, types=types or FAST_LANE, valid_to=now() + timedelta(days=365))


def asking_for(action: Action, plan: Plan) -> Plan:
    """The case that `plan` describes, such that `action` fits what it asks for."""
    return replace(plan, types=(AssistanceType.ONLINE_COURSE,)) if action is Action.SUPPLY else plan


def put_supply(app: Flask, case: Made) -> None:
    """Note a supply on any case, without its rules."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add(
            Supply(
                case_id=case.id,
                state_id=case.state_id,
                items=[],
                course="A course",
                lang="en",
                cost_minor=0,
                agreements=[],
            )
        )
