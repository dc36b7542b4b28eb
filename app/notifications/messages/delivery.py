"""Messages about a delivery: begun, reported, confirmed, evaluated, closed."""

from flask_babel import lazy_gettext as _l

from app.notifications.messages.cases import about_case
from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind

DELIVERY_MESSAGES: dict[str, MessageTemplate] = {
    # to the State
    "case.delivery_started": about_case(
        _l("The assistance under request %(number)s has begun"),
        _l("The first activity under request %(number)s has begun. Its page says what is planned and what was held."),
    ),
    "case.delivered": about_case(
        _l("Request %(number)s: please confirm what was delivered"),
        _l("The Terrorism Prevention Branch reported the assistance under request %(number)s as delivered."),
        _l("Confirm it, or say what is missing. Without an answer it counts as confirmed when the time has passed."),
        _l("Please do so by %(due)s."),
        at_once=True,
    ),
    "case.to_evaluate": about_case(
        _l("Request %(number)s: please evaluate the assistance"),
        _l("The delivery under request %(number)s is confirmed. Five short questions ask how useful it was."),
        _l("Your State may also decline to evaluate."),
        _l("Please do so by %(due)s."),
        at_once=True,
    ),
    "case.delivery_deemed": about_case(
        _l("Request %(number)s: the delivery counts as confirmed"),
        _l("No answer came in time, and so the delivery under request %(number)s counts as confirmed."),
        _l("Please evaluate it now; your State may also decline."),
        _l("The time for it ends on %(due)s."),
        at_once=True,
    ),
    "case.closed": about_case(
        _l("Request %(number)s is closed"),
        _l("Request %(number)s is complete and closed. Thank you for your cooperation."),
        _l("Your State can have it opened again within 30 days, and ask for a follow-up at any time."),
        at_once=True,
    ),
    "case.reopened": about_case(
        _l("Request %(number)s is open again"),
        _l("Request %(number)s was opened again. Its page says why; your State can evaluate once more."),
        at_once=True,
    ),
    "case.look_back": about_case(
        _l("Request %(number)s: what became of the assistance?"),
        _l(
            "Some time has passed since request %(number)s was closed. A short page asks what became of the assistance."
        ),
        kind=NoticeKind.QUESTIONS,
    ),
    "case.follow_up_offered": about_case(
        _l("Request %(number)s: your State can ask for a follow-up"),
        _l("The Terrorism Prevention Branch offers a follow-up of request %(number)s. Only your State can ask for it."),
        _l("The page shows what was recommended and is still open, and begins a draft with what is known."),
        tab="follow-up",
    ),
    # to the Branch and the bodies consulted
    "case.delivery_confirmed": about_case(
        _l("Request %(number)s: the State confirmed the delivery"),
        _l("The State confirmed what was delivered under request %(number)s. Its evaluation comes next."),
    ),
    "case.was_deemed_confirmed": about_case(
        _l("Request %(number)s: the delivery counts as confirmed"),
        _l("The State did not answer in time, after two reminders. The delivery counts as confirmed."),
    ),
    "case.participants_corrected": about_case(
        _l("Request %(number)s: numbers of participants were corrected"),
        _l("After the report on request %(number)s the numbers of participants were corrected, with a reason."),
    ),
    "case.delivery_contested": about_case(
        _l("Request %(number)s: the State says that something is missing"),
        _l("The State did not confirm the delivery under request %(number)s. The history says what is missing."),
        at_once=True,
    ),
    "case.evaluated": about_case(
        _l("Request %(number)s: the State answered about the evaluation"),
        _l("The State evaluated the assistance, or said that it will not. The request can be closed."),
    ),
    "case.looked_back": about_case(
        _l("Request %(number)s: what became of the assistance"),
        _l("The State says what became of the assistance under request %(number)s."),
    ),
    "case.recommendation_followed": about_case(
        _l("Request %(number)s: a recommendation was followed up"),
        _l("It was said what became of a recommendation under request %(number)s."),
    ),
    "case.was_closed": about_case(
        _l("Request %(number)s: closed"),
        _l("Request %(number)s is complete and closed."),
        kind=NoticeKind.DECISIONS,
    ),
    "case.was_reopened": about_case(
        _l("Request %(number)s was opened again"),
        _l("Request %(number)s is in evaluation again. The history says why."),
        at_once=True,
    ),
}
