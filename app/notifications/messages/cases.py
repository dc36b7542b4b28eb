"""Messages about the steps of a case (process page, Steps).

Until a request is submitted it has no number; these messages have only the link.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind

OPEN_REQUEST = _l("Open the request")
SIGN_IN = _l("Sign in to read it. For your protection this message says nothing about its content.")


def about_case(
    subject: LazyString,
    *body: LazyString,
    tab: str | None = None,
    kind: NoticeKind = NoticeKind.STEPS,
    at_once: bool = False,
) -> MessageTemplate:
    """Return a message whose link leads to the case, or to one of its tabs; `kind`, `at_once`: see the template."""
    body = (*body, SIGN_IN)
    return MessageTemplate(subject, body, button=OPEN_REQUEST, about_case=True, tab=tab, kind=kind, at_once=at_once)


CASE_MESSAGES: dict[str, MessageTemplate] = {
    # to the State, before there is a number
    "case.please_confirm": about_case(
        _l("A request waits for your confirmation"),
        _l("A focal point of your State has prepared a request for technical assistance and asks you to confirm it."),
        _l("Confirm it, or return it with what should change."),
        _l("Please do so by %(due)s."),
        at_once=True,
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
        kind=NoticeKind.QUESTIONS,
        at_once=True,
    ),
    "case.question": about_case(
        _l("Request %(number)s: your case officer has questions"),
        _l("Your case officer asks you something about request %(number)s."),
        _l("The page says whether the work goes on meanwhile or waits for your answer."),
        _l("A question that you cannot answer may be answered with the reason."),
        _l("Please answer by %(due)s."),
        kind=NoticeKind.QUESTIONS,
        at_once=True,
    ),
    "case.accepted": about_case(
        _l("Request %(number)s was accepted for assessment"),
        _l("Request %(number)s passed the eligibility checks. A case officer now assesses it."),
    ),
    "case.not_eligible": about_case(
        _l("Request %(number)s was found not eligible"),
        _l("The Terrorism Prevention Branch could not take request %(number)s on."),
        _l("A letter says why, what would make it eligible, and whether your State can ask for reconsideration."),
        kind=NoticeKind.DECISIONS,
        at_once=True,
    ),
    "case.merged": about_case(
        _l("Request %(number)s was joined with another request"),
        _l("Request %(number)s goes on under the number of another request of the State. The earlier date counts."),
    ),
    "case.unmerged": about_case(
        _l("Request %(number)s stands for itself again"),
        _l("Request %(number)s is no longer joined with another one. It is being checked again."),
    ),
    # to the Terrorism Prevention Branch
    "case.outcome_proposed": about_case(
        _l("Request %(number)s: a proposal waits for your decision"),
        _l("An officer proposed an outcome for request %(number)s. Decide on it, or send it back with a comment."),
        _l("Please decide by %(due)s."),
        kind=NoticeKind.DECISIONS,
        at_once=True,
    ),
    "case.urgency_confirmed": about_case(
        _l("Request %(number)s is urgent"),
        _l("The chief confirmed the dated event of request %(number)s. Shorter limits hold for what begins now."),
        kind=NoticeKind.DECISIONS,
    ),
    "case.proposal_returned": about_case(
        _l("Request %(number)s: the proposal was sent back"),
        _l("The chief did not follow the proposal for request %(number)s. The comment stands in the history."),
        kind=NoticeKind.DECISIONS,
    ),
    "case.found_not_eligible": about_case(
        _l("Request %(number)s: found not eligible"),
        _l("The chief found request %(number)s not eligible, as it was proposed. The State got a letter."),
        kind=NoticeKind.DECISIONS,
    ),
    "case.to_screen_again": about_case(
        _l("Request %(number)s waits to be screened again"),
        _l("The chief undid the merge of request %(number)s. It waits to be screened again."),
    ),
    "case.new_request": about_case(
        _l("New request %(number)s"),
        _l("Request %(number)s was submitted and waits to be taken up."),
        at_once=True,
    ),
    "case.yours_to_assess": about_case(
        _l("Request %(number)s is yours to assess"),
        _l("Request %(number)s passed the eligibility checks. You are its case officer."),
        at_once=True,
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
        kind=NoticeKind.QUESTIONS,
    ),
    "case.question_answered": about_case(
        _l("Request %(number)s: your questions were answered"),
        _l("The State answered the questions that were asked about request %(number)s while it is worked on."),
        kind=NoticeKind.QUESTIONS,
    ),
    "case.revived": about_case(
        _l("Request %(number)s was revived"),
        _l("The State revived request %(number)s, which had lapsed. It waits to be screened again."),
    ),
    # to whoever may read it
    "case.message": about_case(
        _l("Request %(number)s: a new message"),
        _l("There is a new message about request %(number)s that you may read."),
        tab="messages",
        kind=NoticeKind.MESSAGES,
    ),
    "case.message_in_state": about_case(
        _l("A new message about a request of your State"),
        _l("A colleague of your State wrote about a request that was not submitted yet. Only your State reads it."),
        tab="messages",
        kind=NoticeKind.MESSAGES,
    ),
    "case.document": about_case(
        _l("Request %(number)s: a new document"),
        _l("There is a document with request %(number)s that you may read."),
        tab="documents",
        kind=NoticeKind.MESSAGES,
    ),
    "case.document_withheld": about_case(
        _l("A file that you sent is withheld"),
        _l("The virus scanner found something in a file that you attached to a request. Nobody can open it."),
        _l("Check your computer, and send the document again from one that is clean."),
        tab="documents",
        kind=NoticeKind.MESSAGES,
    ),
    # to both
    "case.supplied": about_case(
        _l("Request %(number)s: you have what you asked for"),
        _l("The Terrorism Prevention Branch supplied what request %(number)s asks for. A letter says how you get it."),
        _l("Please confirm on the page of the request that you have it, or say what is missing."),
        at_once=True,
    ),
    "case.withdrawn": about_case(
        _l("Request %(number)s was withdrawn"),
        _l("The State withdrew request %(number)s. Nothing more happens with it."),
    ),
    "case.lapsed": about_case(
        _l("Request %(number)s lapsed"),
        _l("Request %(number)s lapsed because the questions about it were not answered."),
        _l("The State may revive it within 12 months, under the same number."),
        at_once=True,
    ),
}
