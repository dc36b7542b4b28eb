"""Intake takes up, screens, asks, merges, accepts and supplies (slice `triage`)."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage
from app.documents.letters import Draft
from app.triage import asking, judging, merge_letters, merging, supply_letters, supplying
from app.triage import services as triage
from app.triage.commands import (
    AskState,
    ChooseOfficer,
    JudgeChecks,
    Judgement,
    LapseUnanswered,
    MergeCase,
    Question,
    ReturnForInformation,
    TakeUp,
)
from app.triage.models import ScreeningCheck
from app.triage.supplying import SupplyCase


class Screening(OnStage):
    """Acts of intake officers, and what officers ask later."""

    def take_up(self, login: str) -> None:
        """Begin to screen."""
        triage.take_up(self.actor(login), TakeUp(**self.shown()))

    def judge(self, login: str, *checks: str) -> None:
        """Pass these checks ("e1") or all; words of the script named after a check are its remark."""
        wanted = checks or tuple(f"e{number}" for number in range(1, 9))
        before = self._judged()
        given = {
            check: Judgement(passed=True, remark=self.script.words.get(check, ""), version=before.get(check, 0))
            for check in wanted
        }
        judging.judge_checks(self.actor(login), JudgeChecks(**self.shown() | given))

    def ask(self, login: str, number: int = 1) -> None:
        """Return to the State with the questions that the script has for the `number`-th time."""
        asking.return_for_information(
            self.actor(login), ReturnForInformation(**self.shown(), questions=self._questions(number))
        )

    def ask_meanwhile(self, login: str, *, blocking: bool) -> None:
        """Ask the State what stands in the script, while the request is worked on."""
        command = AskState(**self.shown(), questions=self._questions(), blocking=blocking)
        asking.ask_state(self.actor(login), command)

    def lapse(self, login: str) -> None:
        """End the request, which stayed unanswered."""
        triage.lapse_unanswered(self.actor(login), LapseUnanswered(**self.shown()))

    def merge(self, login: str, target: OnStage) -> None:
        """Merge into `target`; the State gets the letter."""
        with backstage() as session:
            number = session.scalars(select(AssistanceRequest.number).where(AssistanceRequest.key == target.key)).one()
        actor = self.actor(login)
        command = MergeCase(**self.shown(), number=str(number))

        def compose(session: Session) -> Draft:
            subject = merge_letters.subject_of(session, actor, self.key, number)
            joined = merging.check_target(session, actor, subject.case, subject.target)
            return merge_letters.merged(subject, joined, actor)

        merging.merge(actor, command, self.letter(compose))

    def assign(self, login: str, officer: str) -> None:
        """Give the case to an officer."""
        triage.assign(self.actor(login), self._choice(officer))

    def accept(self, login: str, officer: str) -> None:
        """Accept for review, with this officer."""
        triage.accept(self.actor(login), self._choice(officer))

    def supply(self, login: str) -> None:
        """Supply by the fast lane every file of the library in the language of the word `supplied_language`.

        The words `supplied_course` and `supplied` of the script go with them; the State gets the letter.
        """
        actor, words = self.actor(login), self.script.words
        with backstage() as session:
            items = [one for one in supplying.offered_items(session) if one.lang == words["supplied_language"]]
            subject = supply_letters.subject_of(session, actor, self.key)
            session.expunge_all()
        command = SupplyCase(
            **self.shown(),
            items=tuple(one.code for one in items),
            course=words.get("supplied_course", ""),
            words=words["supplied"],
            cost_minor=0,
        )
        with current_app.test_request_context():  # the letter has the addresses of downloads
            letter = self.letter(lambda session: supply_letters.supplied(subject, command, items, actor))
        supplying.supply(actor, command, subject.types, letter)

    def _questions(self, number: int = 1) -> tuple[Question, ...]:
        asked = (one for one in self.script.questions if one.get("round", 1) == number)
        return tuple(Question(field_path=one["field_path"], text=one["text"]) for one in asked)

    def _choice(self, officer: str) -> ChooseOfficer:
        return ChooseOfficer(**self.shown(), officer=self.player(officer).key)

    def _judged(self) -> dict[str, int]:
        with backstage() as session:
            judged = select(ScreeningCheck.check, ScreeningCheck.version).where(
                ScreeningCheck.case_id == self.id_select(), ScreeningCheck.superseded_at.is_(None)
            )
            return {row.check.value: row.version for row in session.execute(judged)}
