"""`/demo`: the page that leads a newcomer through the demonstration. Not registered where requests are real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.texts import ROLE_WORDS
from app.casework.models import AssistanceRequest
from app.casework.page import phase_now
from app.casework.texts import action_text
from app.demo.content import script
from app.demo.people import PARTS, PASSWORD, Part
from app.demo.scenarios import SCENARIOS, Scenario, Turn
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.foundation.texts import text
from app.reference.models import HistoricalEvent
from app.workflow.actor import SYSTEM

bp = Blueprint("demo_guide", __name__, template_folder="templates")
_PEOPLE: Final = {part.login: part for part in PARTS}


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case of a scenario, as it stands at this moment."""

    key: str
    title: str
    lang: str
    number: str | None
    phase: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario with its cases, the event after which it is modelled, and who plays it on."""

    scenario: Scenario
    cases: Sequence[CaseLink]
    event: HistoricalEvent | None
    turns: Sequence[tuple[Part, Turn]]


@bp.get("/demo")
@access.public
def guide() -> str:
    """Show the ten scenarios, each with who signs in and what they do."""
    session = read_session()
    # The cases are invented, and whoever plays needs their addresses before signing in.
    bind_scope(session, scope_of(SYSTEM))
    return render_template(
        "demo/guide.html",
        shown=shown(session),
        password=PASSWORD,
        people=PARTS,
        role_words=ROLE_WORDS,
        button=action_text,
    )


def shown(session: Session) -> list[Shown]:
    """Return the scenarios in their order: two statements.

    Args:
        session: one that sees every case.
    """
    cases = _cases(session)
    wanted = {one.pattern for one in SCENARIOS if one.pattern}
    rows = session.scalars(select(HistoricalEvent).where(HistoricalEvent.code.in_(wanted)))
    events = {event.code: event for event in rows}
    return [
        Shown(
            scenario=one,
            cases=[cases[story] for story in one.stories if story in cases],
            event=events.get(one.pattern),
            turns=[(_PEOPLE[turn.login], turn) for turn in one.turns],
        )
        for one in SCENARIOS
    ]


def _cases(session: Session) -> dict[str, CaseLink]:
    titles = {script(story).tasks["need"]["title"]: story for one in SCENARIOS for story in one.stories}
    found = session.scalars(select(AssistanceRequest).where(AssistanceRequest.title.in_(titles)))
    return {titles[row.title]: _link(row) for row in found if row.title}


def _link(case: AssistanceRequest) -> CaseLink:
    return CaseLink(case.key, case.title or "", case.lang, case.number, text(f"phase.{phase_now(case).value}"))
