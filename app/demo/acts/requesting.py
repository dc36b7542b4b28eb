"""The State writes, sends, answers, and ends its request (slice `requests`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content.tasks import Language
from app.casework.drafts import TEXTS
from app.casework.models import AssistanceRequest, DraftTask
from app.casework.perform import lock_case
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage
from app.documents.receiving import StoredFile, store_bytes
from app.documents.services import add_document
from app.documents.vocabulary import DocumentKind
from app.foundation.db import use_case
from app.requests import answering, drafting, ending
from app.requests import services as requests
from app.requests.commands import (
    AnswerQuestions,
    ConfirmRequest,
    DiscardDraft,
    DraftRequest,
    GivenAnswer,
    ReturnToDraft,
    ReviveRequest,
    SaveTask,
    SendRequest,
    TaskName,
    WithdrawRequest,
)
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience


class Requesting(OnStage):
    """Acts of focal points and missions about their own request."""

    def begin(self, login: str) -> None:
        """Begin the draft."""
        self.key = drafting.draft_request(self.actor(login), DraftRequest()).key

    def save(self, login: str, task: TaskName, *, finished: bool = True, **changed: Any) -> None:
        """Save one task as it stands in the script, with `changed` answers."""
        player = self.player(login)
        answers = self.script.answers(task, player.part, self.stage.today.date()) | changed
        command = SaveTask(
            key=self.key, task=task, version=self._task_version(task), answers=answers, finished=finished
        )
        drafting.save_task(player.actor, command)

    def save_if_written(self, login: str, *tasks: TaskName) -> None:
        """Save those of `tasks` of which the script has something."""
        for task in tasks:
            if task in self.script.tasks:
                self.save(login, task, finished=task != "details")

    def attach(self, login: str) -> None:
        """Attach the texts of the script that are to be reviewed, as files."""
        for text in self.script.texts:
            stored = store_bytes(text["body"].encode(), text["name"], "text/plain")
            _attach(self.actor(login), self.key, stored, Language(text["language"]))

    def send(self, login: str) -> None:
        """Send the draft to the Permanent Mission."""
        requests.send_to_mission(self.actor(login), self._sending())

    def submit(self, login: str) -> None:
        """Submit the draft without the mission."""
        requests.submit(self.actor(login), self._sending())

    def confirm(self, login: str) -> None:
        """Confirm for the State."""
        requests.confirm_request(self.actor(login), ConfirmRequest(**self.shown()))

    def send_back_to_draft(self, login: str) -> None:
        """Return to draft, with the word `what_to_change` of the script."""
        command = ReturnToDraft(**self.shown(), what_to_change=self.script.words["what_to_change"])
        requests.return_to_draft(self.actor(login), command)

    def discard(self, login: str) -> None:
        """Discard the draft."""
        ending.discard(self.actor(login), DiscardDraft(**self.shown()))

    def withdraw(self, login: str) -> None:
        """Withdraw, with the words `committed_costs` and `reason` of the script."""
        said = {name: self.script.words[name] for name in ("committed_costs", "reason")}
        ending.withdraw(self.actor(login), WithdrawRequest(**self.shown() | said))

    def revive(self, login: str) -> None:
        """Take the lapsed request up again."""
        ending.revive(self.actor(login), ReviveRequest(**self.shown()))

    def answer(self, login: str, *, finished: bool = True) -> None:
        """Answer the questions as the script says; unfinished answers are only saved."""
        with backstage() as session:
            case = session.scalars(select(AssistanceRequest).where(AssistanceRequest.key == self.key)).one()
            version, asked = case.version, answering.open_round(session, case.id)
            keys = {question.text: question.key for question in asked.questions}
        given = [
            _given(keys[one["text"]], one, self.script.words) for one in self.script.questions if one["text"] in keys
        ]
        answers = tuple(one for one in given if finished or one.answer or one.cannot_answer)
        command = AnswerQuestions(key=self.key, version=version, seen=asked.mark, answers=answers, finished=finished)
        answering.answer_questions(self.actor(login), command)

    def _sending(self) -> SendRequest:
        return SendRequest(**self.shown(), answers_checked=True)

    def _task_version(self, task: TaskName) -> int:
        with backstage() as session:
            saved = select(DraftTask.version).where(DraftTask.case_id == self.id_select(), DraftTask.task == task)
            return session.scalars(saved).one_or_none() or 0


def _given(key: str, one: Mapping[str, Any], words: Mapping[str, str]) -> GivenAnswer:
    """Return the State's answer; `correction` names the word of the script that replaces the field."""
    return GivenAnswer(
        question=key,
        answer=one.get("answer", ""),
        cannot_answer=one.get("cannot_answer", ""),
        changes="correction" in one,
        correction=words[one["correction"]] if "correction" in one else None,
    )


@use_case
def _attach(session: Session, actor: Actor, key: str, stored: StoredFile, language: Language) -> None:
    add_document(
        session,
        lock_case(session, actor, key),
        actor,
        stored,
        kind=DocumentKind.DRAFT_LAW,
        lang=language.value,
        title=stored.file_name.rpartition(".")[0],
        audience=Audience.ALL,
        field_path=TEXTS,
    )
