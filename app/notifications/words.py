"""Words for the kinds of notices, for what one may choose, and for the codes that an administrator reads."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.vocabulary import Failure, MailChoice, NoticeKind

KIND_WORDS: dict[NoticeKind, LazyString] = {
    NoticeKind.STEPS: _l("Steps of your requests"),
    NoticeKind.QUESTIONS: _l("Questions and answers"),
    NoticeKind.MESSAGES: _l("Messages and documents"),
    NoticeKind.DEADLINES: _l("Deadlines and reminders"),
    NoticeKind.CONSULTATIONS: _l("Consultations"),
    NoticeKind.DECISIONS: _l("Proposals and decisions"),
    NoticeKind.ACCOUNT: _l("Account and security"),
}

KIND_HINTS: dict[NoticeKind, LazyString] = {
    NoticeKind.STEPS: _l("A request was received, taken up, accepted, planned, withdrawn and so on."),
    NoticeKind.QUESTIONS: _l("Somebody asked you about a request, or answered your question."),
    NoticeKind.MESSAGES: _l("There is a new message or document that you may read."),
    NoticeKind.DEADLINES: _l("A limit comes near or has passed."),
    NoticeKind.CONSULTATIONS: _l("What happens with the consultation of a body."),
    NoticeKind.DECISIONS: _l("An outcome was proposed or decided; a request rests or goes on."),
    NoticeKind.ACCOUNT: _l("Your password, your sign-in and what you may do."),
}

CHOICE_WORDS: dict[MailChoice, LazyString] = {
    MailChoice.AT_ONCE: _l("Mail at once"),
    MailChoice.DIGEST: _l("In one mail a day"),
    MailChoice.OFF: _l("No mail"),
}

FAILURE_WORDS: dict[Failure, LazyString] = {
    Failure.SERVER_UNREACHABLE: _l("The mail server could not be reached"),
    Failure.SERVER_REFUSED: _l("The mail server does not accept mail from this service"),
    Failure.ADDRESS_REFUSED: _l("The mail server does not know the address"),
    Failure.ADDRESS_UNUSABLE: _l("The address is not an address that mail can be sent to"),
    Failure.TRY_LATER: _l("The mail server asked to try later"),
    Failure.CONTENT_REFUSED: _l("The mail server refused the mail"),
    Failure.CONNECTION_LOST: _l("The connection was lost amid the mail"),
    Failure.NOT_RENDERED: _l("The mail could not be written; the log says why"),
    Failure.LEASE_EXPIRED: _l("The worker ended each time it tried"),
    Failure.NOT_PERMITTED: _l("The recipient may no longer be told"),
    Failure.OVER: _l("What it announced is over"),
    Failure.NOT_WANTED: _l("The recipient chose not to get mails of this kind"),
}
