"""Messages about what the chief decides, and about requests that rest."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.cases import about_case
from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind


def _decided(subject: LazyString, *body: LazyString, tab: str | None = None, at_once: bool = False) -> MessageTemplate:
    return about_case(subject, *body, tab=tab, kind=NoticeKind.DECISIONS, at_once=at_once)


DECISION_MESSAGES: dict[str, MessageTemplate] = {
    # to the State
    "case.approved": _decided(
        _l("Request %(number)s was approved"),
        _l("The Terrorism Prevention Branch approved assistance that your State asked for in request %(number)s."),
        _l("A letter says which types of assistance were approved, and why others were not."),
        _l("The next step is a plan, which is agreed with your State."),
    ),
    "case.declined": _decided(
        _l("Request %(number)s was declined"),
        _l("The Terrorism Prevention Branch cannot give the assistance that request %(number)s asks for."),
        _l("A letter says why, and whether your State can ask for reconsideration."),
        at_once=True,
    ),
    "case.referred": _decided(
        _l("Request %(number)s was referred to another provider"),
        _l("Request %(number)s was referred to another provider, as your State agreed."),
        _l("A letter says to whom and why."),
    ),
    "case.discontinued": _decided(
        _l("The assistance of request %(number)s ended early"),
        _l("The assistance of request %(number)s was ended before it was complete."),
        _l("A letter says why, and what was delivered and spent."),
    ),
    "case.reconsideration_received": _decided(
        _l("Request %(number)s: we received your wish for reconsideration"),
        _l("The chief of the Branch reads the new fact that your State named, and decides whether to look again."),
    ),
    "case.reconsidered": _decided(
        _l("Request %(number)s is looked at again"),
        _l("The Terrorism Prevention Branch took request %(number)s up again. Another officer assesses it."),
        _l("A letter says what comes next."),
    ),
    "case.reassessed": _decided(
        _l("Request %(number)s is assessed anew"),
        _l("Facts have changed, and so request %(number)s is assessed anew before the plan goes on."),
    ),
    "case.on_hold": _decided(
        _l("Request %(number)s rests"),
        _l("Request %(number)s rests for the time being. The page says which kind of reason there is."),
        _l("The clock stands still meanwhile, and you are told when the work goes on."),
    ),
    "case.resumed": _decided(
        _l("Work on request %(number)s goes on"),
        _l("The reason for which request %(number)s rested has gone. The work goes on."),
    ),
    "case.keep_or_withdraw": _decided(
        _l("Request %(number)s: does your State keep it?"),
        _l("Request %(number)s has been resting for a long time."),
        _l("Please say on its page whether your State keeps the request, or withdraw it. Nothing happens by itself."),
        at_once=True,
    ),
    # to the Branch and the bodies consulted
    "case.to_decide": _decided(
        _l("Request %(number)s waits for your decision"),
        _l("The case officer put request %(number)s for decision. It was assessed, the bodies were consulted."),
        _l("Please decide by %(due)s."),
        tab="decision",
        at_once=True,
    ),
    "case.yours_to_plan": _decided(
        _l("Request %(number)s was approved: please plan"),
        _l("The chief approved request %(number)s. The response plan comes next."),
        at_once=True,
    ),
    "case.was_approved": _decided(
        _l("Request %(number)s was approved"),
        _l("The Terrorism Prevention Branch approved request %(number)s. Planning comes next."),
    ),
    "case.was_declined": _decided(
        _l("Request %(number)s: declined by the chief"),
        _l("The chief of the Terrorism Prevention Branch declined request %(number)s. The State got a letter."),
    ),
    "case.sent_back": _decided(
        _l("Request %(number)s was sent back to you"),
        _l("The chief sent request %(number)s back to review. The comment stands in the history."),
        at_once=True,
    ),
    "case.was_referred": _decided(
        _l("Request %(number)s: referred"),
        _l("The chief referred request %(number)s, as it was proposed. The State got a letter."),
    ),
    "case.was_discontinued": _decided(
        _l("Request %(number)s: the assistance was ended early"),
        _l("The chief ended the assistance of request %(number)s early, as it was proposed."),
    ),
    "case.reconsideration_asked": _decided(
        _l("Request %(number)s: the State asks for reconsideration"),
        _l("The State named a new fact and asks you to look at request %(number)s again."),
        tab="decision",
    ),
    "case.to_assess_anew": _decided(
        _l("Request %(number)s: please assess anew"),
        _l("The chief sent request %(number)s back for a new assessment. The reason stands in the history."),
        at_once=True,
    ),
    "case.was_held": _decided(
        _l("Request %(number)s was put on hold"),
        _l("Request %(number)s rests. Its page says why, and when the hold is looked at again."),
        at_once=True,
    ),
    "case.was_resumed": _decided(
        _l("Request %(number)s goes on"),
        _l("The hold of request %(number)s has ended."),
        at_once=True,
    ),
    "case.allocated": _decided(
        _l("Money was allocated to request %(number)s"),
        _l("Programme support recorded an allocation to request %(number)s."),
    ),
    "case.allocation_to_approve": _decided(
        _l("Request %(number)s: an allocation waits for a second person"),
        _l("Somebody allocated money to request %(number)s from a source that they recorded themselves."),
        _l("It counts once a second person of programme support, or the chief, approves it."),
        tab="approve-allocation",
    ),
    "case.allocation_decided": _decided(
        _l("Request %(number)s: an allocation was approved or refused"),
        _l("A second person looked at an allocation to request %(number)s. Its page says what came of it."),
        tab="money",
    ),
    "case.allocation_uncovered": _decided(
        _l("Request %(number)s: an allocation is no longer covered"),
        _l("A source was reduced, and an allocation to request %(number)s is no longer fully behind its plan."),
        _l("Please look at the money of the request. What is missing has to be allocated from elsewhere."),
        tab="money",
        at_once=True,
    ),
    "case.hold_kept": _decided(
        _l("Request %(number)s: the State keeps it"),
        _l("The State was asked whether it keeps the request that rests. It does."),
    ),
}
