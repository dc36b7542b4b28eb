"""One case on stage: every act is the use case behind a button, with the key and version that the page would carry."""

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import select

from app.casework.models import AssistanceRequest, DraftTask
from app.demo.content import Script, script
from app.demo.people import Player
from app.demo.stage import Stage, backstage
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
    WithdrawRequest,
)
from app.triage import judging
from app.triage import services as triage
from app.triage.commands import (
    ChooseOfficer,
    JudgeChecks,
    Judgement,
    LapseUnanswered,
    Question,
    ReturnForInformation,
    TakeUp,
)
from app.triage.models import ScreeningCheck

Task = Literal["who", "need", "rights", "consents"]


class Case:
    """A case whose words are the script `name`; people are named by their login.

    Attributes:
        script: what is written in it.
        key: public key, once it was begun.
    """

    def __init__(self, stage: Stage, name: str) -> None:
        self.script: Script = script(name)
        self.key = ""
        self._stage = stage

    # --- the State ---------------------------------------------------------------------------------------------------

    def begin(self, login: str) -> None:
        """Begin the draft."""
        self.key = drafting.draft_request(self._player(login).actor, DraftRequest()).key

    def save(self, login: str, task: Task, *, finished: bool = True, **changed: Any) -> None:
        """Save one task as it stands in the script, with `changed` answers."""
        player = self._player(login)
        answers = self.script.answers(task, player.part) | changed
        command = SaveTask(
            key=self.key, task=task, version=self._task_version(task), answers=answers, finished=finished
        )
        drafting.save_task(player.actor, command)

    def send(self, login: str) -> None:
        """Send the draft to the Permanent Mission."""
        requests.send_to_mission(self._player(login).actor, self._sending())

    def submit(self, login: str) -> None:
        """Submit the draft without the mission."""
        requests.submit(self._player(login).actor, self._sending())

    def confirm(self, login: str) -> None:
        """Confirm for the State."""
        command = ConfirmRequest(key=self.key, version=self._version())
        requests.confirm_request(self._player(login).actor, command)

    def send_back(self, login: str) -> None:
        """Return to draft, with the word `what_to_change` of the script."""
        what = self.script.words["what_to_change"]
        command = ReturnToDraft(key=self.key, version=self._version(), what_to_change=what)
        requests.return_to_draft(self._player(login).actor, command)

    def discard(self, login: str) -> None:
        """Discard the draft."""
        ending.discard(self._player(login).actor, DiscardDraft(key=self.key, version=self._version()))

    def withdraw(self, login: str) -> None:
        """Withdraw, with the words `committed_costs` and `reason` of the script."""
        words = {name: self.script.words[name] for name in ("committed_costs", "reason")}
        ending.withdraw(self._player(login).actor, WithdrawRequest(key=self.key, version=self._version(), **words))

    def revive(self, login: str) -> None:
        """Take the lapsed request up again."""
        ending.revive(self._player(login).actor, ReviveRequest(key=self.key, version=self._version()))

    def answer(self, login: str, *, finished: bool = True) -> None:
        """Answer the questions as the script says; unfinished answers are only saved."""
        with backstage() as session:
            case = session.scalars(select(AssistanceRequest).where(AssistanceRequest.key == self.key)).one()
            version, asked = case.version, answering.questions_of_last_round(session, case.id)
            seen = answering.mark_of(asked)
            keys = {question.text: question.key for question in asked}
        given = [_given(keys[one["text"]], one, self.script.words) for one in self.script.questions]
        answers = tuple(one for one in given if finished or one.complete)
        command = AnswerQuestions(key=self.key, version=version, seen=seen, answers=answers, finished=finished)
        answering.answer_questions(self._player(login).actor, command)

    # --- TPB ---------------------------------------------------------------------------------------------------------

    def take_up(self, login: str) -> None:
        """Begin to screen."""
        triage.take_up(self._player(login).actor, TakeUp(key=self.key, version=self._version()))

    def judge(self, login: str, *checks: str) -> None:
        """Pass these checks ("e1") or all; words of the script named after a check are its remark."""
        wanted = checks or tuple(f"e{number}" for number in range(1, 9))
        before = self._judged()
        given = {
            check: Judgement(passed=True, remark=self.script.words.get(check, ""), version=before.get(check, 0))
            for check in wanted
        }
        judging.judge_checks(self._player(login).actor, JudgeChecks(key=self.key, version=self._version(), **given))

    def ask(self, login: str) -> None:
        """Return to the State with the questions of the script."""
        questions = tuple(Question(field_path=one["field_path"], text=one["text"]) for one in self.script.questions)
        command = ReturnForInformation(key=self.key, version=self._version(), questions=questions)
        triage.return_for_information(self._player(login).actor, command)

    def lapse(self, login: str) -> None:
        """End the request, which stayed unanswered."""
        triage.lapse_unanswered(self._player(login).actor, LapseUnanswered(key=self.key, version=self._version()))

    def assign(self, login: str, officer: str) -> None:
        """Give the case to an officer."""
        triage.assign(self._player(login).actor, self._choice(officer))

    def accept(self, login: str, officer: str) -> None:
        """Accept for review, with this officer."""
        triage.accept(self._player(login).actor, self._choice(officer))

    # --- what the pages would carry ----------------------------------------------------------------------------------

    def _player(self, login: str) -> Player:
        return self._stage.players[login]

    def _sending(self) -> SendRequest:
        return SendRequest(key=self.key, version=self._version(), answers_checked=True)

    def _choice(self, officer: str) -> ChooseOfficer:
        return ChooseOfficer(key=self.key, version=self._version(), officer=self._player(officer).key)

    def _version(self) -> int:
        with backstage() as session:
            version = select(AssistanceRequest.version).where(AssistanceRequest.key == self.key)
            return session.scalars(version).one()

    def _task_version(self, task: Task) -> int:
        with backstage() as session:
            mine = select(AssistanceRequest.id).where(AssistanceRequest.key == self.key).scalar_subquery()
            saved = select(DraftTask.version).where(DraftTask.case_id == mine, DraftTask.task == task)
            return session.scalars(saved).one_or_none() or 0

    def _judged(self) -> dict[str, int]:
        with backstage() as session:
            mine = select(AssistanceRequest.id).where(AssistanceRequest.key == self.key).scalar_subquery()
            judged = select(ScreeningCheck.check, ScreeningCheck.version).where(
                ScreeningCheck.case_id == mine, ScreeningCheck.superseded_at.is_(None)
            )
            return {row.check.value: row.version for row in session.execute(judged)}


def _given(key: str, one: Mapping[str, str], words: Mapping[str, str]) -> GivenAnswer:
    """Return the State's answer; `correction` names the word of the script that replaces the field."""
    return GivenAnswer(
        question=key,
        answer=one.get("answer", ""),
        cannot_answer=one.get("cannot_answer", ""),
        correction=words[one["correction"]] if "correction" in one else None,
    )
