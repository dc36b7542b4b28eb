"""Requests that begin otherwise than with a draft of the State: on paper, proposed, or following an earlier one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.casework.content.tasks import Language
from app.casework.models import AssistanceRequest
from app.delivery.queries import open_recommendations
from app.demo.case import Case
from app.demo.director import Story
from app.demo.stage import Stage, backstage
from app.documents.receiving import store_bytes
from app.foundation.formatting import one_line, plain_text
from app.papers import Part
from app.papers import document as typed
from app.requests.commands import ProposeRequest, RequestFollowUp
from app.requests.follow_up import request_follow_up
from app.requests.proposing import propose_request
from app.triage.paper.commands import RegisterPaper, today
from app.triage.paper.services import register_paper
from app.workflow.vocabulary import Channel, State

#: A State that drafts nothing here: its mission writes on paper, and has an account only to answer.
ON_PAPER = "XHV"
#: How long a note verbale travelled before it was registered.
WRITTEN_BEFORE, RECEIVED_BEFORE = timedelta(days=9), timedelta(days=2)


def paper(stage: Stage) -> Story:
    """A note verbale of a State that drafts nothing here, registered two days after it arrived."""
    case = Case(stage, "paper")
    yield stage.on("intake2", 6, 10)
    words, tasks = case.script.words, case.script.tasks
    note_date = today() - WRITTEN_BEFORE
    text = [Part(words=one_line(tasks["need"]["title"])), Part(words=plain_text(tasks["need"]["problem"]))]
    note = typed(words["heading"], text, kind=words["heading"], reference=words["note_number"], dated=note_date)
    command = RegisterPaper(
        state=ON_PAPER,
        channel=Channel.NOTE_VERBALE,
        note_number=words["note_number"],
        note_date=note_date,
        received_on=today() - RECEIVED_BEFORE,
        scan=store_bytes(note.pdf(), "note-verbale.pdf", "application/pdf"),
        answers=tasks,
        gist=words["gist"],
        ctc=True,
    )
    case.key = register_paper(stage.players["intake2"].actor, command).key


def proposed(stage: Stage) -> Story:
    """A draft that CTED proposed; the State has not read it yet."""
    case = Case(stage, "proposed")
    yield stage.on("ctc", 3, 11)
    tasks = case.script.tasks
    command = ProposeRequest(
        state="XUM",
        language=Language(tasks["who"]["working_language"]),
        reason=case.script.words["reason"],
        answers=tasks["need"],
    )
    propose_request(stage.players["ctc"].actor, command)


def follow_up(stage: Stage) -> Story:
    """The State whose request lapsed begins anew with what it had written."""
    case = Case(stage, "follow_up")
    yield stage.on("focal.xnv", 5, 10)
    with backstage() as session:
        lapsed = select(AssistanceRequest.key).where(
            AssistanceRequest.state == State.LAPSED, AssistanceRequest.title == case.script.words["follows"]
        )
        key = session.scalars(lapsed).one()
    case.key = request_follow_up(stage.players["focal.xnv"].actor, RequestFollowUp(key=key)).key
    yield stage.on("focal.xnv", 4, 15)
    case.save("focal.xnv", "need", finished=False)


def follow_up_of_delivery(stage: Stage) -> Story:
    """The Branch offered a follow-up of what it had delivered: the State takes up what is still open."""
    earlier, case = Case(stage, "closed_without_evaluation"), Case(stage, "follow_up_of_delivery")
    yield stage.on("officer", 25, 10)
    with backstage() as session:
        delivered = select(AssistanceRequest.key, AssistanceRequest.id).where(
            AssistanceRequest.state == State.CLOSED, AssistanceRequest.title == case.script.words["follows"]
        )
        earlier.key, id_ = session.execute(delivered).one()
        still_open = tuple(row.key for row in open_recommendations(session, id_))
    earlier.offer_follow_up("officer")
    yield stage.on("focal.xow", 12, 10)
    command = RequestFollowUp(key=earlier.key, recommendations=still_open)
    case.key = request_follow_up(stage.players["focal.xow"].actor, command).key
    yield stage.on("focal.xow", 11, 15)
    case.save("focal.xow", "need", finished=False)
