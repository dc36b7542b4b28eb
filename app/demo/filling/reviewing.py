"""What officers and the consulted bodies leave behind: assessments with their score, consultations, positions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.assessment.models import Assessment, RightsReview, SavedPart, ScoreRow
from app.assessment.score import Score, ScoreFacts, advice, score_of
from app.assessment.vocabulary import Finding, Part, Priority
from app.casework.audiences import Readership
from app.casework.content.checking import LIGHT_TYPES
from app.casework.models import CaseBody, CaseRevision
from app.coordination.briefs import freeze
from app.coordination.links.models import ConsultationNotice
from app.coordination.models import Consultation, ConsultationPosition
from app.coordination.rules import openings
from app.coordination.vocabulary import Came, ClosedHow, DeliveredHow, ObjectionGround, OpeningRule
from app.demo.filling.assessing import answers_of, findings_of
from app.demo.filling.cast import Person
from app.demo.filling.contents import phrases
from app.demo.filling.record import Record
from app.demo.filling.rows import Row
from app.demo.filling.walk import Turn
from app.workflow.vocabulary import Action, AssistanceType, Audience, Body, Mark, Position

A = Action
_COORDINATION = {"seen_by": Readership.COORDINATION.value}
_TPB_ONLY = {"seen_by": Readership.TPB_ONLY.value}
#: For how long a link is good after it was sent.
_GOOD_FOR = timedelta(days=60)
#: How long a body may correct what was recorded for it; two of its working days are never more.
_CORRECTABLE = timedelta(days=4)


def _assessed(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn
    chance = record.sketch.chance
    score = _score(record, at)
    advised = advice(score.total, record.company.bands)
    for former in record.assessments:
        former["closed_at"] = former["closed_at"] or at - timedelta(minutes=30)
    cost = chance.randrange(8_000, 120_000) * 100
    row = record.rows.add_named(
        Assessment,
        chance,
        **record.of_case,
        number=len(record.assessments) + 1,
        version=len(Part) + 1,
        begun_at=at - timedelta(hours=3),
        begun_by_id=who.id,
        signed_at=at,
        signed_by_id=who.id,
        signed_seq=record.next_seq,
        priority=advised,
        advised=advised,
        score=score.total,
        cost_minor=cost,
        cost_currency="USD",
    )
    record.assessments.append(row)
    record.score = score.total
    _parts(record, row, at - timedelta(hours=1), who, cost, advised)
    for one in score.parts:
        why = {"code": one.code, "params": dict(one.params)}
        of_score = {"part": one.part, "points": one.points, "most": one.most, "why": why}
        record.rows.add(ScoreRow, chance, **record.of_case, assessment_id=row["id"], **of_score)
    return {"assessment": row["number"], "score": score.total, **_TPB_ONLY}


def _score(record: Record, at: datetime) -> Score:
    chance, content = record.sketch.chance, record.content
    facts = ScoreFacts(
        today=at.date(),
        instruments=len(record.company.codes),
        gaps=chance.randint(0, 9),
        cted=bool(content.get("need", {}).get("cted_recommendation")),
        similar=chance.random() < 0.3,
        states_alike=chance.randint(0, 5),
        ready={"text": chance.random() < 0.5, "host": True, "counterpart": chance.random() < 0.8},
    )
    return score_of(facts, record.company.weights)


def _parts(record: Record, row: Row, at: datetime, who: Person, cost: int, priority: Priority) -> None:
    chance = record.sketch.chance
    saved = {"version": 1, "complete": True, "saved_by_id": who.id, "saved_at": at}
    light = frozenset(AssistanceType(one) for one in record.content["need"]["types"]) <= LIGHT_TYPES
    for part in Part:
        of_part = {**record.of_case, "assessment_id": row["id"], "part": part, **saved}
        data = answers_of(part, chance, cost, priority)
        kept = record.rows.add_named(SavedPart, chance, **of_part, data=data)
        for question in findings_of(part, light=light):
            found = {"question": question, "finding": Finding.NO_CONCERN, "remark": ""}
            record.rows.add(RightsReview, chance, **record.of_case, part_id=kept["id"], **found)


def _consulted(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    rounds: Mapping[Body, int] = turn.about["rounds"]
    written = CaseRevision(revision=record.revision, data=dict(record.content))
    brief = freeze(written, ())
    rules = openings(record.content, record.company.un_deposited)
    for body, number in rounds.items():
        former = record.consultations.get((body, number - 1))
        record.consultations[body, number] = record.rows.add_named(
            Consultation,
            record.sketch.chance,
            **record.of_case,
            body=body,
            round=number,
            former_id=former["id"] if former else None,
            rule=rules.get(body, (OpeningRule.RESERVATION,))[0],
            brief=brief,
            asked_by_id=who.id,
            asked_at=at,
        )
        _see(record, body, at)
    return {"bodies": [body.value for body in rounds], "rounds": list(rounds.values())}


def _see(record: Record, body: Body, since: datetime) -> None:
    if body not in record.bodies:
        record.bodies.add(body)
        record.rows.add(CaseBody, record.sketch.chance, **record.of_case, body=body, since=since)


def copy_to_committee(record: Record, at: datetime) -> None:
    """Let CTC/CTED see a request that was referred, as the product does (4)."""
    _see(record, Body.CTC_CTED, at)


def _about(record: Record, turn: Turn) -> tuple[Row, dict[str, Any]]:
    """Return the consultation that a turn is about, with what the clocks read in history."""
    body, number = turn.about["body"], turn.about["round"]
    row = record.consultations[body, number]
    row["version"] += 1
    return row, {"subject": row["key"], "body": body.value, "round": number}


def _delivered(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    row, named = _about(record, turn)
    row["notice_delivered_at"], row["delivered_how"] = at, DeliveredHow.RELAY
    record.rows.add(
        ConsultationNotice,
        record.sketch.chance,
        **record.of_case,
        consultation_id=row["id"],
        address=record.company.offices[row["body"]],
        message_id=f"{row['key']}.filled",
        queued_at=row["asked_at"],
        accepted_at=row["asked_at"],
        expires_at=at + _GOOD_FOR,
    )
    return {**named, "delivered_at": at.isoformat(), "how": DeliveredHow.RELAY.value, **_COORDINATION}


def _positioned(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    row, named = _about(record, turn)
    said: Position = turn.about["position"]
    recorded = turn.kind is A.RECORD_POSITION
    came = Came.TELEPHONE if recorded else Came.INBOX
    row["position"], row["closed_at"] = said, at
    row["closed_how"] = ClosedHow.RECORDED if recorded else ClosedHow.INBOX
    words = phrases()["positions"]
    record.rows.add(
        ConsultationPosition,
        record.sketch.chance,
        **record.of_case,
        consultation_id=row["id"],
        position=said,
        ground=ObjectionGround.VISIT_OR_REPORT if said is Position.OBJECTION else None,
        text="" if said is Position.NO_OBJECTION else words[said.value],
        came=came,
        given_by_id=None if recorded else who.id,
        in_name_of=record.company.offices[row["body"]] if recorded else "",
        recorded_by_id=who.id if recorded else None,
        note=words["call"] if recorded else "",
        given_at=at,
        correctable_until=at + _CORRECTABLE if recorded else None,
    )
    return {**named, "position": said.value, "came": came.value, **_COORDINATION}


def _more_time(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    row, named = _about(record, turn)
    row["more_time_at"] = at
    return {**named, **_COORDINATION}


def _took_back(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    row, named = _about(record, turn)
    row["objection_withdrawn_at"] = at
    return {**named, **_COORDINATION}


def _proceeded(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del who
    row, named = _about(record, turn)
    row["position"], row["closed_at"], row["closed_how"] = Position.NO_ANSWER, at, ClosedHow.PROCEEDED
    said = {"note": phrases()["proceeded"], "audience": Audience.COORDINATION.value}
    return {**named, "position": Position.NO_ANSWER.value, **said, **_COORDINATION}


def _revised(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, at, who
    void = [row for row in record.consultations.values() if row["position"] is Position.OBJECTION and row["stands"]]
    for row in void:
        row["stands"] = False
        row["version"] += 1
    said = {"note": phrases()["revised"], "audience": Audience.COORDINATION.value}
    return {"again": [row["key"] for row in void], **said}


TELLERS = {
    A.ASSESS: _assessed,
    A.CONSULT: _consulted,
    Mark.NOTICE_DELIVERED: _delivered,
    A.GIVE_POSITION: _positioned,
    A.RECORD_POSITION: _positioned,
    A.ASK_MORE_TIME: _more_time,
    A.WITHDRAW_OBJECTION: _took_back,
    A.PROCEED_WITHOUT: _proceeded,
    A.REVISE: _revised,
}
