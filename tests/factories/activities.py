"""Activities of an agreed plan with what comes of them, put into the tables as if everybody had done their part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from flask import Flask
from sqlalchemy import select

from app.casework.content.details import Profession
from app.casework.content.results import Modality
from app.delivery.activities.models import Activity, ActivityEntry, ActivityState, ParticipantCount
from app.delivery.activities.moves import ActivityMove
from app.delivery.activities.vocabulary import ActivityStatus, Gender
from app.delivery.evaluation.models import Evaluation, LookBack
from app.delivery.models import NoRecommendations, Recommendation, RecommendationChange
from app.delivery.participation.models import Participation
from app.delivery.plan.vocabulary import Scope as Reaching
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.clock import now
from app.foundation.db import new_public_key, write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import AssistanceType, Audience, EvaluationAnswer
from tests.factories.cases import Made


@dataclass(frozen=True, slots=True)
class Held:
    """What is put into the tables; days count from the first day."""

    title: str = "Course for judges"
    type: AssistanceType = AssistanceType.JUDICIAL_TRAINING
    scope: Reaching = Reaching.NATIONAL
    status: ActivityStatus = ActivityStatus.HELD
    agreed: datetime = datetime(2026, 5, 4, tzinfo=UTC)
    starts: datetime = datetime(2026, 5, 4, tzinfo=UTC)
    days: int = 3
    guests: tuple[int, ...] = ()
    counts: tuple[tuple[Profession, Gender, int], ...] = ((Profession.JUDGES, Gender.WOMEN, 12),)


def put_activity(app: Flask, case: Made, held: Held | None = None) -> str:
    """Put one activity with its States and its people into the tables; returns its key."""
    held = held or Held()
    key = new_public_key()
    is_held, is_cancelled = (held.status is one for one in (ActivityStatus.HELD, ActivityStatus.CANCELLED))
    first, agreed = held.starts.date(), held.agreed.date()
    last = first + timedelta(days=held.days - 1)
    done = datetime.combine(last, time(18), UTC)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        activity = Activity(
            key=key,
            case_id=case.id,
            state_id=case.state_id,
            place=1,
            status=held.status,
            type=held.type,
            title=held.title,
            lang="en",
            scope=held.scope,
            modality=Modality.ON_SITE,
            agreed_starts_on=agreed,
            agreed_ends_on=agreed + timedelta(days=held.days - 1),
            starts_on=first,
            ends_on=last,
            held_at=done if is_held else None,
            begun_at=done if is_held else None,
            counted_at=done if is_held and held.counts else None,
            cancelled_at=done if is_cancelled else None,
            cancel_reason="The hall was taken." if is_cancelled else "",
        )
        session.add(activity)
        session.flush()
        of = {"activity_id": activity.id, "case_id": case.id, "state_id": case.state_id}
        session.add_all(ActivityState(**of, participant_id=guest) for guest in held.guests)
        session.add_all(
            ParticipantCount(**of, from_state_id=case.state_id, profession=profession, gender=gender, number=number)
            for profession, gender, number in (held.counts if is_held else ())
        )
    return key


def put_move(app: Flask, case: Made, activity: str) -> str:
    """Propose to hold an activity a week later, and let that wait for the State; returns the key of the move."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.scalars(select(Activity).where(Activity.key == activity)).one()
        week = timedelta(days=7)
        move = ActivityMove(
            activity_id=row.id,
            case_id=case.id,
            state_id=case.state_id,
            from_starts_on=row.starts_on,
            from_ends_on=row.ends_on,
            starts_on=row.starts_on + week,
            ends_on=row.ends_on + week,
            reason="The hall is taken.",
        )
        session.add(move)
        session.flush()
        return move.key


def put_participation(app: Flask, case: Made, guest: int, activity: str, *, asked: bool = False, ahead: int = 0) -> str:
    """Put a participation of the State `guest`, `ahead` days from today, into the tables; returns its key."""
    at = now()
    day = at.date() + timedelta(days=ahead)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = Participation(
            case_id=case.id,
            state_id=case.state_id,
            activity_key=activity,
            participant_id=guest,
            title="Course for judges",
            lang="en",
            starts_on=day,
            ends_on=day,
            disclosed_at=at if asked else None,
            asked_at=at if asked else None,
        )
        session.add(row)
        session.flush()
        return row.key


def put_evaluation(app: Flask, case: Made, *grades: int, seq: int = 1) -> None:
    """Put an evaluation into the tables; without grades, that the State does not want to evaluate."""
    five = grades or (None,) * 5
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add(
            Evaluation(
                case_id=case.id,
                state_id=case.state_id,
                seq=seq,
                answer=EvaluationAnswer.GIVEN if grades else EvaluationAnswer.DECLINED,
                **dict(zip(("relevance", "quality", "timeliness", "use", "cooperation"), five, strict=True)),
                lang="en",
            )
        )


def keep_delivery(app: Flask, case: Made) -> None:
    """Write one row about `case` into every table of what came of its activities."""
    activity = put_activity(app, case)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        of_case = {"case_id": case.id, "state_id": case.state_id}
        recommendation = Recommendation(**of_case, text="Name a central authority.")
        activity_id = session.scalars(select(Activity.id).where(Activity.key == activity)).one()
        said = {"text": "Begun on time.", "lang": "en", "audience": Audience.STATE_TPB}
        session.add_all(
            [
                recommendation,
                NoRecommendations(**of_case),
                ActivityEntry(**of_case, **said, activity_id=activity_id, happened_on=now().date()),
                LookBack(**of_case, since=now(), number=1, due_on=now().date(), lang="en"),
            ]
        )
        session.flush()
        changed = {"recommendation_id": recommendation.id, "status": RecommendationStatus.DONE, "lang": "en"}
        session.add(RecommendationChange(**of_case, **changed))


def keep_log(app: Flask, case: Made, activity: str, text: str, audience: Audience, lang: str = "en") -> None:
    """Write one line into the log of an activity."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.scalars(select(Activity).where(Activity.key == activity)).one()
        of_case = {"activity_id": row.id, "case_id": case.id, "state_id": case.state_id}
        session.add(ActivityEntry(**of_case, happened_on=row.starts_on, text=text, lang=lang, audience=audience))


def put_look_back(app: Flask, case: Made, number: int = 1) -> None:
    """Ask the State of a closed case what became of the assistance."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        asked = {"since": now(), "number": number, "due_on": now().date(), "lang": "en"}
        session.add(LookBack(case_id=case.id, state_id=case.state_id, **asked))
