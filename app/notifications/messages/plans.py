"""Messages about the plan of a request and its activities: number and link, never what is planned."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.cases import about_case
from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind


def _planned(subject: LazyString, *body: LazyString, at_once: bool = False) -> MessageTemplate:
    return about_case(subject, *body, tab="plan", kind=NoticeKind.DECISIONS, at_once=at_once)


PLAN_MESSAGES: dict[str, MessageTemplate] = {
    # to the State
    "case.plan_proposed": _planned(
        _l("Request %(number)s: a plan waits for your answer"),
        _l("The Terrorism Prevention Branch put a plan for request %(number)s to your State."),
        _l("Please agree to it, or say what should change."),
        _l("Please answer by %(due)s."),
        at_once=True,
    ),
    "case.plan_taken_back": _planned(
        _l("Request %(number)s: the plan is being changed"),
        _l("The plan for request %(number)s that was put to your State was taken back to be changed."),
        _l("Nothing has to be done now; a new version comes."),
    ),
    "case.plan_agreed": _planned(
        _l("Request %(number)s: your State agreed to the plan"),
        _l("Your State agreed to the plan for request %(number)s. The activities are being prepared."),
    ),
    "case.move_proposed": _planned(
        _l("Request %(number)s: other dates wait for your answer"),
        _l("The Terrorism Prevention Branch proposes other dates for an activity of request %(number)s."),
        _l("Please accept them, or keep the agreed ones. Until you answer, the agreed dates stand."),
        at_once=True,
    ),
    "case.activity_cancelled": _planned(
        _l("Request %(number)s: an activity was cancelled"),
        _l("An activity of request %(number)s was cancelled. Its page says why."),
        at_once=True,
    ),
    # to both
    "case.plan_lapsed": _planned(
        _l("Request %(number)s lapsed"),
        _l("Request %(number)s lapsed because the plan was not answered."),
        _l("The State may revive it within 12 months, under the same number."),
        at_once=True,
    ),
    "case.rescheduled": _planned(
        _l("Request %(number)s is planned again"),
        _l("The agreed plan for request %(number)s changes in substance, and so it is planned again."),
        _l("A new version is put to the State. Until the State agrees, nothing is scheduled."),
    ),
    # to the Branch and the bodies consulted
    "case.plan_changes_asked": _planned(
        _l("Request %(number)s: the State asks for changes to the plan"),
        _l("The State read the plan for request %(number)s and says what should change."),
        _l("Please put a new version to it by %(due)s."),
        at_once=True,
    ),
    "case.move_answered": _planned(
        _l("Request %(number)s: the State answered the other dates"),
        _l("The State answered the other dates that were proposed for an activity of request %(number)s."),
        at_once=True,
    ),
    "case.was_scheduled": _planned(
        _l("Request %(number)s: the plan was agreed"),
        _l("The State agreed to the plan for request %(number)s. The first activity comes next."),
    ),
}
