"""Messages about the steps of a case (process page, Steps).

Until a request is submitted it has no number; these messages have only the link.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.model import MessageTemplate

OPEN_REQUEST = _l("Open the request")
SIGN_IN = _l("Sign in to read it. For your protection this message says nothing about its content.")


def about_case(subject: LazyString, *body: LazyString) -> MessageTemplate:
    """Return a message whose link leads to the case."""
    return MessageTemplate(subject, (*body, SIGN_IN), button=OPEN_REQUEST, about_case=True)


CASE_MESSAGES: dict[str, MessageTemplate] = {
    # to the State, before there is a number
    "case.please_confirm": about_case(
        _l("A request waits for your confirmation"),
        _l("A focal point of your State has prepared a request for technical assistance and asks you to confirm it."),
        _l("Confirm it, or return it with what should change."),
        _l("Please do so by %(due)s."),
    ),
    "case.returned_to_draft": about_case(
        _l("A request was returned to you to change"),
        _l("A request for technical assistance of your State is a draft again. The page says what should change."),
    ),
    "case.proposed_to_state": about_case(
        _l("A draft request was prepared for you"),
        _l("A draft request was prepared for your State. Nothing happens unless your State adopts it."),
    ),
    "case.discarded": about_case(
        _l("A draft request was discarded"),
        _l("A draft request of your State was discarded. Its content is gone; the page says when and by whom."),
    ),
    # to the State
    "case.received": about_case(
        _l("We received request %(number)s"),
        _l("The Terrorism Prevention Branch received your request for technical assistance."),
        _l("Its number is %(number)s. Please quote it whenever you write to us."),
    ),
    "case.registered_from_paper": about_case(
        _l("Your note verbale was registered as request %(number)s"),
        _l("The Terrorism Prevention Branch registered what your State sent on paper."),
        _l("Its number is %(number)s. Please quote it whenever you write to us."),
    ),
    "case.taken_up": about_case(
        _l("Request %(number)s is being checked"),
        _l("The Terrorism Prevention Branch has taken up request %(number)s and checks whether it can be accepted."),
    ),
    "case.questions": about_case(
        _l("Request %(number)s: we have questions"),
        _l("The Terrorism Prevention Branch needs more information before it can go on with request %(number)s."),
        _l("A question that you cannot answer may be answered with the reason."),
        _l("Please answer by %(due)s."),
    ),
    "case.accepted": about_case(
        _l("Request %(number)s was accepted for assessment"),
        _l("Request %(number)s passed the eligibility checks. A case officer now assesses it."),
    ),
    # to the Terrorism Prevention Branch
    "case.new_request": about_case(
        _l("New request %(number)s"),
        _l("Request %(number)s was submitted and waits to be taken up."),
    ),
    "case.yours_to_assess": about_case(
        _l("Request %(number)s is yours to assess"),
        _l("Request %(number)s passed the eligibility checks. You are its case officer."),
    ),
    "case.assigned": about_case(
        _l("Request %(number)s was assigned to you"),
        _l("You are now the case officer of request %(number)s."),
    ),
    "case.unassigned": about_case(
        _l("Request %(number)s was assigned to somebody else"),
        _l("You are no longer the case officer of request %(number)s."),
    ),
    "case.answered": about_case(
        _l("Request %(number)s: the questions were answered"),
        _l("The State answered the questions about request %(number)s. It waits to be screened again."),
    ),
    "case.revived": about_case(
        _l("Request %(number)s was revived"),
        _l("The State revived request %(number)s, which had lapsed. It waits to be screened again."),
    ),
    # to both
    "case.withdrawn": about_case(
        _l("Request %(number)s was withdrawn"),
        _l("The State withdrew request %(number)s. Nothing more happens with it."),
    ),
    "case.lapsed": about_case(
        _l("Request %(number)s lapsed"),
        _l("Request %(number)s lapsed because the questions about it were not answered."),
        _l("The State may revive it within 12 months, under the same number."),
    ),
}
