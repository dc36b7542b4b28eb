"""Where a newcomer looks first: cases at an interesting moment, who signs in to play them on, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.demo.content import script
from app.demo.people import DOMAIN


@dataclass(frozen=True, slots=True)
class Visit:
    """One case that is worth a visit.

    Attributes:
        story: whose words the case has.
        login: who can play it on.
        moment: how it stands, and what can be done.
    """

    story: str
    login: str
    moment: str


@dataclass(frozen=True, slots=True)
class Found:
    """A visit with the case as it is in the database.

    Attributes:
        number: None for what the State has not submitted.
    """

    visit: Visit
    key: str
    number: str | None

    @property
    def email(self) -> str:
        """With which address one signs in for it."""
        return f"{self.visit.login}@{DOMAIN}"

    @property
    def path(self) -> str:
        """Where the case is shown."""
        return f"/cases/{self.key}"


VISITS: Final = (
    Visit("draft_sent_back", "focal.xvh", "A draft that the mission returned: change it and send it again."),
    Visit("with_mission_too_long", "mission.xum", "Waits for its mission in spite of two reminders: confirm it."),
    Visit("submitted_waiting", "intake", "New and late: take it up."),
    Visit("answered", "intake", "Returned, answered with a correction: judge it again and accept it."),
    Visit("revived", "intake2", "Returned twice, lapsed, taken up again by the State: go on with the screening."),
    Visit("paper", "intake", "A note verbale of a small State, registered on paper: take it up."),
    Visit("follow_up", "focal.xnv", "The State whose request lapsed begins anew with what it had written."),
    Visit(
        "two_ministries_other", "officer2", "Two ministries asked for one need; the other request was merged into it."
    ),
    Visit("in_review_reassigned", "officer", "Assessed and signed: ask CTC/CTED."),
    Visit("consulted", "ctc", "Waits for CTC/CTED: read the brief, say that it arrived, answer."),
    Visit("neighbour_xqv", "ctc", "One of five neighbours with draft laws: answer three of them at once in the inbox."),
    Visit("neighbour_xum", "intake", "The last of the five neighbours: take it up."),
    Visit("earlier_declaration", "ola", "Ministers follow up their declaration: Legal Affairs answers for its part."),
    Visit("more_time", "ctc", "CTC/CTED asked for more time: answer before it ends."),
    Visit("objection", "officer3", "CTC/CTED objects: revise. Sign in as focal.xtv and find nothing of its words."),
    Visit("second_round", "ctc", "Revised after an objection: a second round of five working days."),
    Visit("by_telephone", "ctc", "An officer recorded what CTC/CTED said by telephone: correct it within two days."),
    Visit("urgent_consulted", "ctc", "Urgent, confirmed by the chief: three working days, and silence does not count."),
    Visit("consent_withdrawn", "chief", "The State took back its consent to share with CTC: let the request rest."),
    Visit("silence", "officer", "Deemed no objection: read the proof, put the case for decision."),
    Visit("ola_silent", "officer3", "Legal Affairs was asked by rule and is late; its silence never counts."),
    Visit(
        "nuclear_reservation",
        "chief",
        "Nuclear Terrorism Convention with a reservation, second round in silence: go on without Legal Affairs.",
    ),
    Visit(
        "awaiting_decision", "chief", "With its plan before the chief: approve it, type by type, and read the letter."
    ),
    Visit("decision_overdue", "chief2", "Terrorism with corruption and organized crime: late with the chief."),
    Visit("sent_back", "officer3", "The chief asked a question: answer it in the assessment, and put it again."),
    Visit("approved_in_part", "officer2", "Advice and course approved, the mentor not: draft the plan without one."),
    Visit("no_money", "support", "Rests for money: allocate, and let it go on."),
    Visit("resumed_in_kind", "officer3", "Had no money, then another State lent an expert: in planning."),
    Visit("eight_neighbours", "officer2", "Neighbours are invited: go on without some; mission.xvh still answers."),
    Visit("on_hold_long", "mission.xtv", "Rests for security since half a year: keep the request or withdraw it."),
    Visit(
        "reconsideration_asked", "chief", "Declined; the State names a new fact: take it up again with another officer."
    ),
    Visit("reconsidered_approved", "auditor", "Declined, looked at again, approved: the whole way in one history."),
    Visit("referred", "focal.xia", "Referred to another programme: the letter to the State."),
    Visit("discontinued", "focal.xqv", "Ended early: the letter says what was delivered and spent."),
    Visit("supplied", "focal.xnv", "Supplied at once under the standing no-objection: download the two papers."),
    Visit("agreed", "officer3", "The State agreed to the plan: move its dates, or begin when the day has come."),
    Visit("judges_workshop", "officer", "A workshop was held: count who came, recommend, and report it."),
    Visit("delivery_waiting", "mission.xnv", "Delivered and reported: confirm it, or say what is missing."),
    Visit("delivery_contested", "officer2", "The State says that something is missing: see to it, and report again."),
    Visit("delivery_deemed", "focal.xia", "Confirmed by silence after two reminders: evaluate it."),
    Visit("evaluated", "officer2", "Confirmed and evaluated: close it."),
    Visit("closed_long_ago", "auditor", "Closed, followed up and looked back on: read what became of it."),
    Visit("closed_without_evaluation", "focal.xow", "Closed last year: say what became of it, or ask for a follow-up."),
    Visit("follow_up_of_delivery", "focal.xow", "Takes up what a closed request recommended: complete the draft."),
    Visit("reopened", "chief", "Opened again by its State within thirty days."),
    Visit("proposed_not_eligible", "chief", "Asks for equipment: decide on the proposal, read the letter."),
)


def find_visits(session: Session) -> list[Found]:
    """Return every visit whose case is there, in the order of the guide: one statement.

    Args:
        session: one that sees every case.
    """
    titles = {script(visit.story).tasks["need"]["title"]: visit for visit in VISITS}
    wanted = select(AssistanceRequest.title, AssistanceRequest.key, AssistanceRequest.number).where(
        AssistanceRequest.title.in_(titles)
    )
    found = {titles[row.title]: Found(titles[row.title], row.key, row.number) for row in session.execute(wanted)}
    return [found[visit] for visit in VISITS if visit in found]
