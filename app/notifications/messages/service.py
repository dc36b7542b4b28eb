"""Messages that name no case: to whoever keeps the service running, and about agreements of consulted bodies."""

from flask_babel import lazy_gettext as _l

from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind

SERVICE_MESSAGES: dict[str, MessageTemplate] = {
    "service.file_withheld": MessageTemplate(
        _l("A file is withheld"),
        (
            _l("The virus scanner found something in a file that was uploaded. Nobody can open it."),
            _l("The log of the web server says when; its sender was asked to check their computer."),
        ),
        kind=NoticeKind.ACCOUNT,
    ),
    "body.consultation": MessageTemplate(
        _l("Request %(number)s: the position of your body is asked"),
        (
            _l("The Terrorism Prevention Branch asks for the position of your body on request %(number)s."),
            _l("The link shows what is asked and takes the answer; no account is needed. Pass it on to nobody else."),
            _l("Opening it answers nothing. Please confirm the receipt there, also if the answer comes later."),
        ),
        button=_l("Open the consultation"),
        from_accounts=True,
        kind=NoticeKind.CONSULTATIONS,
        at_once=True,
    ),
    "body.monthly_list": MessageTemplate(
        _l("The monthly list of requests is there"),
        (_l("What was received, decided, started, delivered and refused, of the requests on which you advise."),),
        button=_l("Monthly lists"),
        path="/monthly-lists",
        kind=NoticeKind.CONSULTATIONS,
    ),
    "agreement.recorded": MessageTemplate(
        _l("An agreement of CTC/CTED is on record"),
        (_l("It counts from the day that it names. Whoever finds it wrong can revoke it at once."),),
        button=_l("Agreements"),
        path="/agreements",
        kind=NoticeKind.CONSULTATIONS,
        at_once=True,
    ),
    "agreement.revoked": MessageTemplate(
        _l("An agreement of CTC/CTED was revoked"),
        (_l("It has no effect any more. What was decided under it stays as it was."),),
        button=_l("Agreements"),
        path="/agreements",
        kind=NoticeKind.CONSULTATIONS,
        at_once=True,
    ),
}
