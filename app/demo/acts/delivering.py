"""Activities take place, the State confirms and evaluates, and the request is closed (slice `delivery`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.casework.content.details import Profession
from app.delivery import offering, recommending
from app.delivery.activities import recording
from app.delivery.activities.commands import (
    BeginActivity,
    CountParticipants,
    CountRow,
    HoldActivity,
    NoteActivity,
    ReportDelivered,
    StartDelivery,
)
from app.delivery.activities.models import Activity
from app.delivery.activities.vocabulary import Gender
from app.delivery.evaluation import closing, looking_back
from app.delivery.evaluation.commands import (
    AnswerLookBack,
    Close,
    ConfirmDelivery,
    ContestDelivery,
    Evaluate,
    Measure,
    Reopen,
)
from app.delivery.evaluation.vocabulary import Became
from app.delivery.models import Recommendation
from app.delivery.vocabulary import RecommendationStatus
from app.demo.acts.on_stage import OnStage
from app.demo.stage import backstage
from app.foundation.clock import now
from app.workflow.vocabulary import AssistanceType, Audience, EvaluationAnswer

#: So many days after the recommendation was listed it falls due.
DUE_IN = timedelta(days=240)


class Delivering(OnStage):
    """Acts of officer and State from the first activity until the look-back."""

    def begin_activity(self, login: str, place: int = 0) -> None:
        """Record that an activity began today."""
        command = BeginActivity(**self.shown(), activity=self._activity(place).key, began_on=now().date())
        recording.begin_activity(self.actor(login), command)

    def start_delivery(self, login: str) -> None:
        """Start the delivery."""
        recording.start_delivery(self.actor(login), StartDelivery(**self.shown()))

    def hold_activity(self, login: str, place: int = 0) -> None:
        """Record that an activity was held on the days that stand, with the word `outcome`."""
        row = self._activity(place)
        command = HoldActivity(
            **self.shown(),
            activity=row.key,
            began_on=row.starts_on,
            ended_on=min(row.ends_on, now().date()),
            outcome=self.script.words["outcome"],
        )
        recording.hold_activity(self.actor(login), command)

    def note_activity(self, login: str, word: str, audience: Audience, place: int = 0) -> None:
        """Write a word of the script into the log of an activity."""
        said: dict[str, Any] = {"happened_on": now().date(), "text": self.script.words[word], "audience": audience}
        recording.note_activity(
            self.actor(login), NoteActivity(**self.shown(), activity=self._activity(place).key, **said)
        )

    def count(self, login: str, *groups: tuple[Profession, int, int], place: int = 0) -> None:
        """Count who came from the host: profession, women, men."""
        rows = [
            CountRow(state=self.state, profession=profession, gender=gender, number=number)
            for profession, women, men in groups
            for gender, number in ((Gender.WOMEN, women), (Gender.MEN, men))
            if number
        ]
        command = CountParticipants(
            **self.shown(), activity=self._activity(place).key, rows=tuple(rows), nobody=not rows
        )
        recording.count_participants(self.actor(login), command)

    def recommend(self, login: str) -> None:
        """List the word `recommendation` with its `owner`."""
        words = self.script.words
        said: dict[str, Any] = {
            "text": words["recommendation"],
            "owner": words["owner"],
            "due_on": now().date() + DUE_IN,
        }
        recommending.recommend(self.actor(login), recommending.Recommend(**self.shown(), **said))

    def follow_recommendation(self, login: str) -> None:
        """Say that what was recommended is done, with the word `done`."""
        with backstage() as session:
            wanted = select(Recommendation.key).where(Recommendation.case_id == self.id_select())
            key = session.scalars(wanted.order_by(Recommendation.id).limit(1)).one()
        said: dict[str, Any] = {
            "recommendation": key,
            "status": RecommendationStatus.DONE,
            "note": self.script.words["done"],
        }
        command = recommending.FollowRecommendation(**self.shown(), **said)
        recommending.follow_recommendation(self.actor(login), command)

    def offer_follow_up(self, login: str) -> None:
        """Tell the State that it can ask for a follow-up."""
        offering.offer_follow_up(self.actor(login), offering.OfferFollowUp(key=self.key))

    def report(self, login: str) -> None:
        """Report the assistance as delivered."""
        recording.report_delivered(self.actor(login), ReportDelivered(**self.shown()))

    def confirm_delivery(self, login: str) -> None:
        """Confirm the delivery, for the State."""
        closing.confirm_delivery(self.actor(login), ConfirmDelivery(**self.shown()))

    def contest_delivery(self, login: str) -> None:
        """Say what is missing, with the word `missing`."""
        command = ContestDelivery(**self.shown(), missing=self.script.words["missing"])
        closing.contest_delivery(self.actor(login), command)

    def evaluate(self, login: str, *grades: int) -> None:
        """Evaluate with five grades and the word `remark`; without grades, decline to."""
        given: dict[str, Any] = {"answer": EvaluationAnswer.DECLINED}
        if grades:
            names = ("relevance", "quality", "timeliness", "use", "cooperation")
            given = {**dict(zip(names, grades, strict=True)), "remark": self.script.words.get("remark", "")}
        closing.evaluate(self.actor(login), Evaluate(**self.shown(), **given))

    def close(self, login: str) -> None:
        """Close the request."""
        closing.close(self.actor(login), Close(**self.shown()))

    def reopen(self, login: str) -> None:
        """Open the request again, with the word `reopened`."""
        closing.reopen(self.actor(login), Reopen(**self.shown(), reason=self.script.words["reopened"]))

    def look_back(self, login: str, answer: Became, number: int | None = None) -> None:
        """Say what became of the assistance, with the word `became`."""
        types = [AssistanceType(one) for one in self.script.tasks["need"]["types"]]
        words = self.script.words["became"]
        measures = tuple(Measure(type=one, answer=answer, number=number, words=words) for one in types)
        looking_back.answer_look_back(self.actor(login), AnswerLookBack(**self.shown(), measures=measures))

    @property
    def state(self) -> str:
        """Code of the State in which the activities of the plan take place."""
        return str(self.script.plan["activities"][0]["country"])

    def _activity(self, place: int) -> Activity:
        with backstage() as session:
            wanted = select(Activity).where(Activity.case_id == self.id_select()).order_by(Activity.place)
            row: Activity = session.scalars(wanted.offset(place).limit(1)).one()
            session.expunge(row)
            return row
