"""Messages to those who propose drafts to States: they learn yes or no, and nothing of the draft."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.notifications.messages.model import MessageTemplate
from app.notifications.vocabulary import NoticeKind


def _about_proposal(subject: LazyString, body: LazyString) -> MessageTemplate:
    kind = NoticeKind.DECISIONS
    return MessageTemplate(subject, (body,), button=_l("Your proposals"), path="/proposals", kind=kind)


PROPOSAL_MESSAGES: dict[str, MessageTemplate] = {
    "proposal.adopted": _about_proposal(
        _l("A draft that you proposed was adopted"),
        _l("A State adopted a draft that you proposed. It is now for the State to complete and to send it."),
    ),
    "proposal.not_adopted": _about_proposal(
        _l("A draft that you proposed was not adopted"),
        _l("A State did not adopt a draft that you proposed."),
    ),
}
