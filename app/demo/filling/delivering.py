"""What planning and delivery leave behind: plans, activities, participants, recommendations, evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.casework.audiences import Readership
from app.casework.content.details import Profession
from app.casework.content.results import Modality
from app.delivery.activities.models import Activity, ParticipantCount
from app.delivery.activities.vocabulary import ActivityStatus, Gender
from app.delivery.evaluation.models import QUESTIONS, Evaluation
from app.delivery.models import Recommendation
from app.delivery.plan.models import PlanActivity, PlanCost, ResponsePlan
from app.delivery.plan.vocabulary import Scope
from app.delivery.vocabulary import RecommendationStatus
from app.demo.filling.cast import VIENNA, Person
from app.demo.filling.contents import phrases
from app.demo.filling.record import Record
from app.demo.filling.rows import Row, new_key
from app.demo.filling.walk import Turn
from app.workflow.vocabulary import Action, AssistanceType, Audience, EvaluationAnswer, Mark

A = Action


def _drafted(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    chance, words = record.sketch.chance, phrases()["plans"]
    number: int = turn.about["number"]
    payload = {"plan": number, "seen_by": Readership.TPB_ONLY.value}
    if record.plans and record.plans[-1]["proposed_at"] is None:
        record.plans[-1] |= {"version": record.plans[-1]["version"] + 1, "saved_by_id": who.id, "saved_at": at}
        return payload
    costs = [chance.randrange(2_000, 30_000) * 100 for _ in range(2)]
    record.plan_cost = sum(costs) * 113 // 100 + 1
    plan = record.rows.add_named(
        ResponsePlan,
        chance,
        **record.of_case,
        number=number,
        summary=chance.choice(words["summaries"]),
        expected_results=words["results"],
        lang="en",
        currency="USD",
        support_percent=13,
        drafted_by_id=who.id,
        drafted_at=at,
        saved_by_id=who.id,
        saved_at=at,
    )
    record.plans.append(plan)
    of_plan = {**record.of_case, "plan_id": plan["id"]}
    for place, (what, minor) in enumerate(zip(words["costs"], costs, strict=False)):
        record.rows.add(PlanCost, chance, **of_plan, place=place, what=what, minor=minor)
    record.planned = _planned(record, of_plan, at)
    return payload


def _planned(record: Record, of_plan: Row, at: datetime) -> list[Row]:
    """Write the activities of a version; each keeps its key from the version before."""
    chance, words = record.sketch.chance, phrases()["plans"]
    types = record.content["need"]["types"]
    days = _days(record, at)
    planned = []
    for place, (starts_on, ends_on) in enumerate(days):
        key = record.planned[place]["key"] if place < len(record.planned) else new_key(chance)
        planned.append(
            record.rows.add_named(
                PlanActivity,
                chance,
                **of_plan,
                key=key,
                place=place,
                type=AssistanceType(types[place % len(types)]),
                title=chance.choice(words["activities"]),
                starts_on=starts_on,
                ends_on=ends_on,
                modality=Modality.ON_SITE,
                city=record.content["results"]["place"]["city"],
                country=record.sketch.home.alpha3,
                scope=Scope.NATIONAL,
                results=words["results"],
                justice_markers=["prosecution"],
                crime_links=["none"],
                paragraphs=[7],
                partners=[],
            )
        )
    return planned


def _days(record: Record, at: datetime) -> list[tuple[date, date]]:
    """Return first and last day of each activity: when it is held later in this history, else some weeks ahead."""
    sketch = record.sketch
    ended = {
        turn.about["place"]: moment
        for turn, moment in zip(sketch.turns, sketch.moments, strict=True)
        if turn.kind is Mark.ACTIVITY_ENDED and moment > at
    }
    days = []
    for place in range(sketch.traits.activities):
        last = ended.get(place, at + timedelta(days=60 + 25 * place)).astimezone(VIENNA).date()
        days.append((last - timedelta(days=sketch.chance.randint(0, 3)), last))
    return days


def _proposed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    plan = record.plans[-1]
    if plan["proposed_at"] is not None:
        plan["answered_at"] = plan["answered_at"] or at
    plan["proposed_at"] = plan["proposed_at"] or at
    return {"plan": turn.about["number"]}


def _changes(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    record.plans[-1]["answered_at"] = at
    note = {"note": phrases()["plans"]["changes"], "audience": Audience.STATE_TPB.value}
    return {"plan": turn.about["number"], **note}


def _agreed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, who
    plan = record.plans[-1]
    plan["answered_at"] = at
    held = {row["key"]: row for row in record.activities}
    for one in record.planned:
        if one["key"] in held:
            if held[one["key"]]["held_at"] is None:
                held[one["key"]] |= {"starts_on": one["starts_on"], "ends_on": one["ends_on"]}
            continue
        kept = ("key", "place", "type", "title", "scope", "modality", "city", "country", "starts_on", "ends_on")
        also = ("results", "justice_markers", "crime_links", "paragraphs", "partners")
        agreed = {"agreed_starts_on": one["starts_on"], "agreed_ends_on": one["ends_on"], "agreed_at": at}
        taken = {name: one[name] for name in (*kept, *also)}
        row = record.rows.add_named(Activity, record.sketch.chance, **record.of_case, lang="en", **taken, **agreed)
        record.activities.append(row)
    return {"plan": plan["number"]}


def _ended(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del at, who
    row = record.activities[turn.about["place"]]
    return {"activity": row["key"]}


def _recorded(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    row = record.activities[min(turn.about["place"], len(record.activities) - 1)]
    row["version"] += 1
    if turn.about["what"] == "begun":
        row["begun_at"] = row["begun_at"] or at
        if row["status"] is ActivityStatus.PLANNED:
            row["status"] = ActivityStatus.CONFIRMED
        row["starts_on"] = min(row["starts_on"], at.astimezone(VIENNA).date())
        return {"activity": row["key"]}
    row |= {"status": ActivityStatus.HELD, "held_at": at, "counted_at": at, "begun_at": row["begun_at"] or at}
    row["outcome"] = phrases()["plans"]["outcome"]
    for gender in (Gender.WOMEN, Gender.MEN):
        record.rows.add(
            ParticipantCount,
            record.sketch.chance,
            **record.of_case,
            activity_id=row["id"],
            from_state_id=record.state_id,
            profession=Profession.PROSECUTORS,
            gender=gender,
            number=record.sketch.chance.randint(4, 25),
        )
    return {"activity": row["key"]}


def _reported(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, who
    chance = record.sketch.chance
    if not record.recommended:
        for one in chance.sample(phrases()["plans"]["recommendations"], chance.randint(1, 2)):
            record.recommended.append(
                record.rows.add_named(
                    Recommendation,
                    chance,
                    **record.of_case,
                    text=one["text"],
                    owner=one["owner"],
                    due_on=(at + timedelta(days=chance.randint(90, 300))).date(),
                    status=RecommendationStatus.OPEN,
                    created_at=at,
                )
            )
    return {}


def _contested(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, turn, at, who
    return {"note": phrases()["plans"]["contested"], "audience": Audience.STATE_TPB.value}


def _evaluated(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    chance, declined = record.sketch.chance, turn.about["declined"]
    answer = EvaluationAnswer.DECLINED if declined else EvaluationAnswer.GIVEN
    grades = {question: None if declined else chance.randint(2, 5) for question in QUESTIONS}
    record.rows.add(
        Evaluation,
        chance,
        **record.of_case,
        seq=record.next_seq,
        answer=answer,
        **grades,
        remark="",
        lang="en",
        evaluated_by_id=who.id,
        evaluated_at=at,
    )
    return {"answer": answer.value}


TELLERS = {
    A.DRAFT_PLAN: _drafted,
    A.PROPOSE_PLAN: _proposed,
    A.REQUEST_PLAN_CHANGES: _changes,
    A.AGREE_PLAN: _agreed,
    Mark.ACTIVITY_ENDED: _ended,
    A.RECORD_ACTIVITY: _recorded,
    A.REPORT_DELIVERED: _reported,
    A.CONTEST_DELIVERY: _contested,
    A.EVALUATE: _evaluated,
}
