"""What planning and delivery leave behind: plans, activities, participants, recommendations, evaluations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.casework.audiences import Readership
from app.casework.content.details import Profession
from app.casework.content.results import Modality
from app.delivery.activities.models import Activity, ParticipantCount
from app.delivery.activities.recording import EXPECTED
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
_STATE_TPB = {"seen_by": Readership.STATE_TPB.value}


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
    """Write the activities of a version; each keeps its key from the version before, unless it was cancelled."""
    chance, words = record.sketch.chance, phrases()["plans"]
    types = record.content["need"]["types"]
    days = _days(record, at)
    cancelled = {row["key"] for row in record.activities if row["status"] is ActivityStatus.CANCELLED}
    former = [row["key"] for row in record.planned]
    planned = []
    for place, (starts_on, ends_on) in enumerate(days):
        keeps = place < len(former) and former[place] not in cancelled
        key = former[place] if keeps else new_key(chance)
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
        turn.about["place"]: moment - timedelta(days=1)
        for turn, moment in zip(sketch.turns, sketch.moments, strict=True)
        if turn.kind is A.RECORD_ACTIVITY and turn.about["what"] == "held" and moment > at
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
    return {"plan": turn.about["number"], **_STATE_TPB}


def _changes(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    record.plans[-1]["answered_at"] = at
    note = {"note": phrases()["plans"]["changes"], "audience": Audience.STATE_TPB.value}
    return {"plan": turn.about["number"], **note, **_STATE_TPB}


def _agreed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, who
    plan = record.plans[-1]
    plan["answered_at"] = at
    held = {row["key"]: row for row in record.activities}
    for place, one in enumerate(record.planned):
        if one["key"] in held:
            if held[one["key"]]["held_at"] is None:
                held[one["key"]] |= {"starts_on": one["starts_on"], "ends_on": one["ends_on"]}
            continue
        kept = ("key", "place", "type", "title", "scope", "modality", "city", "country", "starts_on", "ends_on")
        also = ("results", "justice_markers", "crime_links", "paragraphs", "partners")
        agreed = {"agreed_starts_on": one["starts_on"], "agreed_ends_on": one["ends_on"], "agreed_at": at}
        taken = {name: one[name] for name in (*kept, *also)}
        row = record.rows.add_named(Activity, record.sketch.chance, **record.of_case, lang="en", **taken, **agreed)
        record.activities[place : place + 1] = [row]
    return {"plan": plan["number"]}


def _lapsed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, at, who
    return {"plan": record.plans[-1]["number"] if record.plans else 0}


def _ended(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, at, who
    return {"ended_on": max(row["ends_on"] for row in record.activities).isoformat()}


def _recorded(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    row = record.activities[min(turn.about["place"], len(record.activities) - 1)]
    row["version"] += 1
    return {"activity": row["key"], **_WHAT[turn.about["what"]](record, row, at)}


def _begun(record: Record, row: Row, at: datetime) -> Mapping[str, Any]:
    del record
    row["begun_at"] = row["begun_at"] or at
    row["starts_on"] = min(row["starts_on"], at.astimezone(VIENNA).date())
    return {"began_on": row["starts_on"].isoformat()}


def _held(record: Record, row: Row, at: datetime) -> Mapping[str, Any]:
    del record
    row |= {"status": ActivityStatus.HELD, "held_at": at, "begun_at": row["begun_at"] or at}
    row["outcome"] = phrases()["plans"]["outcome"]
    return {"held_from": row["starts_on"].isoformat(), "held_until": row["ends_on"].isoformat()}


def _counted(record: Record, row: Row, at: datetime) -> Mapping[str, Any]:
    row["counted_at"], people = at, 0
    for gender in (Gender.WOMEN, Gender.MEN):
        number = record.sketch.chance.randint(4, 25)
        people += number
        record.rows.add(
            ParticipantCount,
            record.sketch.chance,
            **record.of_case,
            activity_id=row["id"],
            from_state_id=record.state_id,
            profession=Profession.PROSECUTORS,
            gender=gender,
            number=number,
        )
    return {"counted": people, **_STATE_TPB}


_WHAT: Mapping[str, Callable[[Record, Row, datetime], Mapping[str, Any]]] = {
    "begun": _begun,
    "held": _held,
    "counted": _counted,
}


def _recommended(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, who
    chance = record.sketch.chance
    said = phrases()["plans"]["recommendations"]
    one = said[(record.id + len(record.recommended)) % len(said)]
    row = record.rows.add_named(
        Recommendation,
        chance,
        **record.of_case,
        text=one["text"],
        owner=one["owner"],
        due_on=(at + timedelta(days=chance.randint(90, 300))).date(),
        status=RecommendationStatus.OPEN,
        created_at=at,
    )
    record.recommended.append(row)
    return {"recommendation": row["key"], **_STATE_TPB}


def _rescheduled(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, turn, at, who
    return {"note": phrases()["rescheduled"], "audience": Audience.STATE_TPB.value}


def _reopened(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, turn, at, who
    return {"note": phrases()["reopened"], "audience": Audience.STATE_TPB.value}


def end_delivery(record: Record, at: datetime) -> None:
    """Do what the product does with plan and activities when a request ends before it was delivered."""
    close_version(record, at)
    for row in record.activities:
        if row["status"] in EXPECTED:
            row |= {"status": ActivityStatus.CANCELLED, "cancelled_at": at, "version": row["version"] + 1}
            row["cancel_reason"] = phrases()["plans"]["cancelled"]


def close_version(record: Record, at: datetime) -> None:
    """Take a version that was put to the State out of its hands."""
    if record.plans and record.plans[-1]["proposed_at"] is not None:
        record.plans[-1]["answered_at"] = record.plans[-1]["answered_at"] or at


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
    return {"answer": answer.value, **_STATE_TPB}


TELLERS = {
    A.DRAFT_PLAN: _drafted,
    A.PROPOSE_PLAN: _proposed,
    A.REQUEST_PLAN_CHANGES: _changes,
    A.AGREE_PLAN: _agreed,
    Mark.ACTIVITY_ENDED: _ended,
    A.RECORD_ACTIVITY: _recorded,
    A.LAPSE_PLAN: _lapsed,
    A.RECOMMEND: _recommended,
    A.RESCHEDULE: _rescheduled,
    A.REOPEN: _reopened,
    A.CONTEST_DELIVERY: _contested,
    A.EVALUATE: _evaluated,
}
