"""Ten scenarios that a newcomer plays on: where each comes from, how it stands, who does what next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that somebody does.

    Attributes:
        login: who signs in for it.
        does: what they do, in words of the pages.
        presses: the buttons on the page of the case with which they do it, in order.
    """

    login: str
    does: Any
    presses: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One of the ten.

    Attributes:
        anchor: names it in the address of the page.
        stories: whose cases belong to it, the one to begin with first.
        pattern: the published event after which it is modelled: its code among the historical events, or nothing.
        title: what it is about.
        stands: how it stands when the demonstration begins.
        turns: who plays it on, in order.
        ends: what is seen at last, or nothing.
    """

    anchor: str
    stories: tuple[str, ...]
    title: Any
    stands: Any
    turns: tuple[Turn, ...]
    pattern: str = ""
    ends: Any = ""


SCENARIOS: Final = (
    Scenario(
        "five-neighbours",
        ("neighbour_xqv", "neighbour_xia", "neighbour_xvh", "neighbour_xlg", "neighbour_xum"),
        _l("Five neighbours ask for the review of their draft laws"),
        _l("Each asks for itself. Three wait for CTC/CTED, one is being assessed, one has just arrived."),
        (
            Turn("ctc", _l("Open the inbox, tick the three requests, and answer them at once.")),
            Turn("intake", _l("Take up the last of the five, judge its eligibility, and accept it.")),
            Turn(
                "officer2",
                _l("Draft a plan for the first, put it for decision, and sort the queue by priority score to compare."),
            ),
        ),
        pattern="W03",
    ),
    Scenario(
        "eight-neighbours",
        ("eight_neighbours",),
        _l("Eight neighbours round one table, with an expert in kind"),
        _l(
            "Approved, then without money, then another State lent an expert. Its plan lies with the host State, and "
            "not all neighbours have answered."
        ),
        (
            Turn("mission.xvh", _l("Find the invitation on the first page, accept it, and nominate somebody.")),
            Turn(
                "officer2",
                _l("Open the plan, go on without each State that has not consented, and propose the plan again."),
            ),
            Turn("mission.xum", _l("Read what differs between the two versions, and agree to the plan.")),
        ),
        pattern="W11",
    ),
    Scenario(
        "earlier-declaration",
        ("earlier_declaration",),
        _l("Ministers meet again to see what became of their declaration"),
        _l("A treaty event: Legal Affairs was asked by rule. CTC/CTED has answered."),
        (
            Turn("ola", _l("Read the brief and answer for Legal Affairs.")),
            Turn("officer3", _l("Draft the plan and put the request for decision.")),
            Turn("chief", _l("Read everything on which the decision rests, and decide.")),
        ),
        pattern="W06",
    ),
    Scenario(
        "national-workshop",
        ("judges_workshop",),
        _l("A national workshop for judges"),
        _l("The plan was agreed and the workshop was held. The report to the State is next."),
        (
            Turn("officer", _l("Count the participants, list the recommendations, and report the delivery.")),
            Turn("focal.xzm", _l("Confirm the delivery, or say what is missing. Then evaluate it.")),
            Turn("officer", _l("Close the request.")),
        ),
    ),
    Scenario(
        "linked-crime",
        ("decision_overdue",),
        _l("Terrorism linked with corruption and organized crime"),
        _l("Before the chief of the Branch, and late."),
        (
            Turn("chief2", _l("Approve what the Branch can give, decline the rest with a reason, read the letter.")),
            Turn("manager", _l("See on the dashboard what the delay did to the time to decision.")),
        ),
        pattern="W10",
    ),
    Scenario(
        "on-paper",
        ("paper",),
        _l("A small State asks through its mission, on paper"),
        _l("The note verbale was registered with its scan. Time counts from the day on which it was received."),
        (
            Turn("intake", _l("Take it up, and return it with questions about what is missing.")),
            Turn("mission.xhv", _l("Answer the questions, and correct the request where they ask for it.")),
            Turn("auditor", _l("Find in the history who registered the paper and who answered for the State.")),
        ),
    ),
    Scenario(
        "two-ministries",
        ("two_ministries", "two_ministries_other"),
        _l("Two ministries, one need"),
        _l("One request was merged into the other. Both histories are kept, and statistics count one."),
        (
            Turn("officer2", _l("Open the request that goes on and follow the link to the merged one.")),
            Turn("chief", _l("Undo the merger, with a reason.")),
        ),
    ),
    Scenario(
        "revived",
        ("revived",),
        _l("Returned twice, lapsed, revived"),
        _l("The State took its request up again under the same number. It is being screened."),
        (
            Turn("intake2", _l("Go on with the screening: accept it and assign an officer.")),
            Turn("focal.xtv", _l("Read on the first page who has the request and by when something happens.")),
        ),
    ),
    Scenario(
        "nuclear-reservation",
        ("nuclear_reservation",),
        _l("The Nuclear Terrorism Convention with a reservation"),
        _l(
            "CTC/CTED asked for more time and objected. The plan was revised, the second round ended in silence that "
            "counts. Legal Affairs is silent past its last limit, and its silence never counts."
        ),
        (
            Turn(
                "chief",
                _l("Open the consultations, read the proof of silence, and go on without Legal Affairs."),
                (Action.PROCEED_WITHOUT,),
            ),
            Turn("officer", _l("Put the request for decision."), (Action.PUT_FOR_DECISION,)),
            Turn("chief", _l("Approve each type of assistance. Read the letter before it is sent."), (Action.APPROVE,)),
            Turn(
                "support", _l("Allocate money from a source that fits, until the plan is covered."), (Action.ALLOCATE,)
            ),
            Turn("officer", _l("Propose the plan to the State."), (Action.PROPOSE_PLAN,)),
            Turn("mission.xum", _l("Read the plan, costs included, and agree to it."), (Action.AGREE_PLAN,)),
            Turn(
                "officer",
                _l("Record that the first activity began today, and start the delivery."),
                (Action.RECORD_ACTIVITY, Action.START_DELIVERY),
            ),
        ),
        ends=_l(
            "The request is under way: its delivery shows one activity under way and one planned, and its history who "
            "did what."
        ),
    ),
    Scenario(
        "in-kind",
        ("no_money", "resumed_in_kind"),
        _l("Approved, no money, then in kind"),
        _l("One request rests for money. The other had none until another State lent an expert."),
        (
            Turn("support", _l("Allocate money to the request that rests, and let it go on.")),
            Turn("officer3", _l("Propose the plan of the other to the State.")),
            Turn("manager", _l("Find the needs without money, and which State agreed to be named.")),
        ),
    ),
)
