"""The side of the State and intake: drafts, numbers, content, consents, checks, questions, messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from app.casework.audiences import Readership
from app.casework.content import SCHEMA_NUMBER
from app.casework.models import CaseQuestion, CaseRevision, CaseType, ConsentRecord, DraftTask
from app.casework.vocabulary import ConsentKind
from app.correspondence.models import Message
from app.demo.filling.cast import VIENNA, Person
from app.demo.filling.contents import phrases
from app.demo.filling.record import Record
from app.demo.filling.walk import Turn
from app.triage.models import ScreeningCheck
from app.triage.paper.models import PaperNote
from app.triage.paper.queries import mark_of
from app.triage.vocabulary import REASONS
from app.workflow.vocabulary import Action, AssistanceType, Audience, Channel, EligibilityCheck, State

A = Action


def give_officer(record: Record, turn: Turn) -> None:
    """Let the case have its officer from the moment on which somebody acts as such, or gives it to them."""
    if turn.kind is A.ASSIGN:
        record.officer = record.sketch.officers[0]


def _edited(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    tasks = [task for task in turn.about["tasks"] if task in record.sketch.content]
    record.content = {**record.content, **{task: record.sketch.content[task] for task in tasks}}
    if "consents" in tasks and record.sketch.turns[-1].target is not State.DISCARDED:
        _consent(record, at, who.id)
    return {"task": tasks[0]} if len(tasks) == 1 else {"tasks": sorted(tasks)}


def _consent(record: Record, at: datetime, person: int | None) -> None:
    given = record.sketch.content["consents"]
    kinds = {
        ConsentKind.CTC: True,
        ConsentKind.PARTNERS: given.get("partners") == "all",
        ConsentKind.PUBLIC_SUMMARY: given.get("public_summary") is True,
    }
    for kind in (one for one, agreed in kinds.items() if agreed):
        of_case = record.of_case
        record.rows.add(
            ConsentRecord, record.sketch.chance, **of_case, kind=kind, subject="", given_by_id=person, given_at=at
        )


def _registered(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn
    chance = record.sketch.chance
    record.channel = chance.choice((Channel.NOTE_VERBALE, Channel.NOTE_VERBALE, Channel.MINISTRY_LETTER))
    record.received_on = at.astimezone(VIENNA).date() - timedelta(days=chance.randint(0, 3))
    record.content = record.sketch.content
    noted = record.received_on - timedelta(days=chance.randint(2, 12))
    _consent(record, datetime.combine(noted, time(), VIENNA), None)
    number = f"{record.sketch.home.alpha3}/{noted.year}/{record.id}"
    record.rows.add(
        PaperNote,
        chance,
        **record.of_case,
        note_number=number,
        note_mark=mark_of(number),
        note_date=noted,
        registered_by_id=who.id,
        registered_at=at,
    )
    _received(record, at, who)
    return {"received_on": record.received_on.isoformat()}


def _submitted(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    _received(record, at, who)
    return {"answers_checked": True} if turn.kind is A.SUBMIT else {}


def _received(record: Record, at: datetime, who: Person) -> None:
    record.submitted_at = at
    _revise(record, at, who)


def _revise(record: Record, at: datetime, who: Person) -> None:
    record.revision += 1
    record.rows.add(
        CaseRevision,
        record.sketch.chance,
        **record.of_case,
        revision=record.revision,
        schema_number=SCHEMA_NUMBER,
        lang=record.content["who"]["working_language"],
        data=record.content,
        written_by_id=who.id,
        written_at=at,
    )


def _asked(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    chance, number = record.sketch.chance, turn.about["round"]
    blocking = turn.about.get("blocking", True)
    asked = chance.sample(phrases()["questions"], chance.randint(1, 2))
    due_on = None if blocking else (at + timedelta(days=28)).date()
    record.questions[number] = [
        record.rows.add(
            CaseQuestion,
            chance,
            **record.of_case,
            round=number,
            field_path=one["path"],
            text=one["text"],
            blocking=blocking,
            asked_by_id=who.id,
            asked_at=at,
            revision=record.revision,
            due_on=due_on,
        )
        for one in asked
    ]
    told = [
        {"key": row["key"], "field_path": row["field_path"], "text": row["text"]} for row in record.questions[number]
    ]
    if turn.kind is A.RETURN_FOR_INFORMATION:
        return {"questions": told}
    subject = {"subject": told[0]["key"], "blocking": blocking, "questions": told}
    return {**subject, "seen_by": Readership.STATE_TPB.value}


def _answered(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    asked = record.questions[turn.about["round"]]
    for row in asked:
        row["answer"] = record.sketch.chance.choice(phrases()["answers"])
        row["answered_by_id"], row["answered_at"] = who.id, at
        row["read_at"] = at + timedelta(hours=1)
    payload: dict[str, Any] = {"questions": len(asked)}
    if turn.about.get("revised"):
        need = record.content["need"]
        problem = f"{need['problem']} {record.sketch.chance.choice(phrases()['grounds'])}"
        asked[0] |= {"field_path": "need.problem", "correction": problem}
        record.content = {**record.content, "need": {**need, "problem": problem}}
        _revise(record, at, who)
        payload["revision"] = record.revision
    if turn.kind is A.ANSWER:
        return payload
    seen = {} if "revision" in payload else {"seen_by": Readership.STATE_TPB.value}
    return {**payload, "subject": asked[0]["key"], **seen}


def _wrote(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    audience = Audience.TPB_ONLY if turn.about.get("tpb") else Audience.STATE_TPB
    row = record.rows.add_named(
        Message,
        record.sketch.chance,
        **record.of_case,
        audience=audience,
        before_submission=False,
        lang="en",
        text=record.sketch.chance.choice(phrases()["messages"]),
        written_as=turn.by,
        written_by_id=who.id,
        written_at=at,
    )
    return {"message": row["key"], "audience": audience.value, "seen_by": audience.value}


def _assigned(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del turn, at, who
    return {"officer_id": record.officer.id if record.officer else None, "former_officer_id": None}


def _judged(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    """Judge the eight checks before the case goes on to review."""
    judge(record, at - timedelta(minutes=40), who)
    return {"officer_id": record.officer.id} if turn.kind is A.ACCEPT and record.officer else {}


def judge(record: Record, at: datetime, who: Person, failed: EligibilityCheck | None = None) -> None:
    """Write the judgement of each of the eight checks, in place of an earlier one."""
    for row in record.checks:
        row["superseded_at"] = at
    before = max((row["version"] for row in record.checks), default=0)
    record.checks = [
        record.rows.add(
            ScreeningCheck,
            record.sketch.chance,
            **record.of_case,
            eligibility_check=one,
            passed=one is not failed,
            remark=phrases()["failed"] if one is failed else "",
            reason_code=REASONS[one][0] if one is failed else None,
            judged_by_id=who.id,
            judged_at=at,
            version=before + 1,
        )
        for one in EligibilityCheck
    ]


def _merged(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, at, who
    return {"target_id": turn.about["target_id"]}


def _returned(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, turn, at, who
    return {"note": phrases()["returned"], "audience": Audience.STATE_TPB.value}


def _sent(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, turn, at, who
    return {"answers_checked": True}


def _withdrawn(record: Record, turn: Turn, at: datetime, who: Person) -> Mapping[str, Any]:
    del record, turn, at, who
    return {"committed_costs": "", "note": phrases()["withdrawn"], "audience": Audience.STATE_TPB.value}


def keep_draft(record: Record) -> None:
    """Write what a draft holds: its tasks as they were last saved. A discarded one holds nothing."""
    if record.state is State.DISCARDED:
        return
    saved = {"saved_by_id": record.sketch.home.focal_point.id, "saved_at": record.entries[-1].at}
    for task, data in record.content.items() if record.number is None else ():
        record.rows.add(DraftTask, record.sketch.chance, **record.of_case, task=task, data=data, **saved)
    for kind in record.content.get("need", {}).get("types", ()):
        record.rows.add(CaseType, record.sketch.chance, **record.of_case, type=AssistanceType(kind))


TELLERS = {
    A.EDIT_DRAFT: _edited,
    A.REGISTER_PAPER: _registered,
    A.SEND_TO_MISSION: _sent,
    A.SUBMIT: _submitted,
    A.CONFIRM_REQUEST: _submitted,
    A.RETURN_TO_DRAFT: _returned,
    A.RETURN_FOR_INFORMATION: _asked,
    A.ANSWER: _answered,
    A.ASK_STATE: _asked,
    A.ANSWER_QUESTION: _answered,
    A.WRITE: _wrote,
    A.ASSIGN: _assigned,
    A.ACCEPT: _judged,
    A.MERGE: _merged,
    A.WITHDRAW: _withdrawn,
}
