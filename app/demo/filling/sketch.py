"""What is settled about each filled case before anything is written: its State, its people, its history in time.

Pure, and the same for the same seed, place and day: a case is sketched twice, once to put all cases into the order of
their numbers, once to be written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from app.coordination.rules import openings
from app.demo.filling.cast import SCHEDULER, Company, Home, Person
from app.demo.filling.contents import content_of, draw_types
from app.demo.filling.odds import SHARES, STANDS
from app.demo.filling.stays import walk_to
from app.demo.filling.walk import Traits, Turn
from app.workflow.states import ENDED, STATE_ONLY
from app.workflow.vocabulary import Action, Body, Role, State, Urgency

#: Over how many days back from today the cases are spread.
SPREAD: Final = 730
#: How many drafts are begun to take up an earlier request.
FOLLOWS: Final = 0.08
#: Nothing is written about what happened in the last hours: every office has been open since.
LATEST: Final = 1.0
SUBMITTING: Final = frozenset({Action.SUBMIT, Action.CONFIRM_REQUEST, Action.REGISTER_PAPER})
_STATE_ROLES: Final = {Role.FOCAL_POINT, Role.MISSION}
#: Legal Affairs reads in the same zone as CTC/CTED; who does something after office hours does it in the first minute.
_MIDNIGHT_WORK: Final = time(2, 15)


@dataclass(frozen=True, slots=True)
class Sketch:
    """One case.

    Attributes:
        recorder: who keeps the ledgers of the sources.
        content: what its State writes, by task.
        follows: it takes up an earlier request, where there is one by then.
        moments: the instants of `turns`.
    """

    place: int
    chance: Random
    home: Home
    recorder: Person
    officers: Sequence[Person]
    people: dict[Role, Person]
    traits: Traits
    content: dict[str, dict[str, Any]]
    follows: bool
    turns: Sequence[Turn]
    moments: Sequence[datetime]

    @property
    def submitted_at(self) -> datetime | None:
        """When it got its number."""
        pairs = zip(self.turns, self.moments, strict=True)
        return next((at for turn, at in pairs if turn.kind in SUBMITTING), None)

    def by(self, turn: Turn, officer: Person | None) -> Person:
        """Return who does it."""
        if turn.by is Role.SYSTEM:
            return SCHEDULER
        if turn.by is Role.CASE_OFFICER and officer is not None:
            return officer
        return self.recorder if turn.about.get("proposed") else self.people[turn.by]


def sketch(company: Company, seed: str, place: int, today: datetime) -> Sketch:
    """Return the sketch of the case at `place`.

    Args:
        company: who acts.
        seed: of everything that is drawn.
        place: 0 for the first case.
        today: the instant after which nothing happens (UTC).
    """
    chance = Random(f"{seed}/{place}")
    goal = chance.choices(list(SHARES), list(SHARES.values()))[0]
    home = company.homes[(place + chance.randrange(3)) % len(company.homes)]
    types = draw_types(chance, place)
    people = {role: chance.choice(those) for role, those in company.staff.items()}
    support = company.staff[Role.PROGRAMME_SUPPORT]
    people[Role.PROGRAMME_SUPPORT] = chance.choice(support[1:] or support)
    people |= {Role.FOCAL_POINT: home.focal_point, Role.MISSION: home.mission}
    begins = Action.DRAFT_REQUEST
    if goal not in STATE_ONLY and chance.random() < 0.12:
        begins = Action.REGISTER_PAPER
    urgent = chance.random() < 0.08
    content = content_of(chance, home, types, company.codes, today.date(), urgent=urgent)
    asked = openings(content, company.un_deposited)
    bodies = tuple(body for body in Body if body in asked)
    urgency = Urgency.URGENT if urgent else Urgency.ROUTINE
    traits = Traits(begins, home.alone, bodies, urgency, chance.randint(1, 3))
    turns = walk_to(chance, traits, goal)
    officers = chance.sample(list(company.staff[Role.CASE_OFFICER]), 2)
    moments = _moments(chance, turns, [_hours(turn, people, officers[0]) for turn in turns], goal, today)
    return Sketch(
        place,
        chance,
        home,
        company.recorder,
        officers,
        people,
        traits,
        content,
        chance.random() < FOLLOWS,
        turns,
        moments,
    )


def _hours(turn: Turn, people: dict[Role, Person], officer: Person) -> Person:
    if turn.by is Role.SYSTEM:
        return SCHEDULER
    return officer if turn.by is Role.CASE_OFFICER else people[turn.by]


def _moments(
    chance: Random, turns: Sequence[Turn], who: Sequence[Person], goal: State, today: datetime
) -> list[datetime]:
    """Lay the turns into the last two years: backwards from the last one, which an open case has not had for long."""
    lasted = sum(turn.wait for turn in turns)
    if goal in ENDED:
        ended = chance.uniform(LATEST, max(LATEST + 1.0, SPREAD - lasted))
    else:
        ended = LATEST + STANDS[goal] * min(chance.expovariate(1.0), 3.0)
    begins = min(ended + lasted, SPREAD + 40.0)
    scale = (begins - ended) / lasted if lasted else 0.0
    gone, moments = 0.0, list[datetime]()
    for turn, person in zip(turns, who, strict=True):
        gone += turn.wait * scale
        day = (today - timedelta(days=begins - gone)).date()
        at = _at_work(chance, person, day)
        if moments and at <= moments[-1]:
            at = moments[-1] + timedelta(minutes=chance.randint(2, 9), seconds=chance.randrange(60))
        moments.append(at)
    return moments


def _at_work(chance: Random, person: Person, day: date) -> datetime:
    """Return an instant on `day` at which the person's office is open, or on the last day before it."""
    if person is SCHEDULER:
        return datetime.combine(day, _MIDNIGHT_WORK, UTC)
    while day.weekday() not in person.weekdays:
        day -= timedelta(days=1)
    minutes = chance.randint(8 * 60 + 10, 16 * 60 + 40)
    clock = time(minutes // 60, minutes % 60, chance.randrange(60))
    return datetime.combine(day, clock, person.zone).astimezone(UTC)
