"""Every message that the product sends: a code and its words.

The words of a message about a case are the same for everybody and hold its number, dates and a link, nothing else: a
mail may be read by the wrong person.
"""

from functools import cache

from app.notifications.messages.accounts import ACCOUNT_MESSAGES
from app.notifications.messages.cases import CASE_MESSAGES
from app.notifications.messages.clocks import CLOCK_MESSAGES
from app.notifications.messages.consultations import CONSULTATION_MESSAGES
from app.notifications.messages.decisions import DECISION_MESSAGES
from app.notifications.messages.delivery import DELIVERY_MESSAGES
from app.notifications.messages.digests import DIGEST_MESSAGES
from app.notifications.messages.model import MADE_WHEN_SENT, MessageTemplate, UnknownMessage, placeholders_of
from app.notifications.messages.participations import PARTICIPATION_MESSAGES
from app.notifications.messages.plans import PLAN_MESSAGES
from app.notifications.messages.proposals import PROPOSAL_MESSAGES
from app.notifications.messages.service import SERVICE_MESSAGES

_BY_SUBJECT = (
    CASE_MESSAGES,
    CONSULTATION_MESSAGES,
    DECISION_MESSAGES,
    DELIVERY_MESSAGES,
    PLAN_MESSAGES,
    CLOCK_MESSAGES,
    ACCOUNT_MESSAGES,
    PROPOSAL_MESSAGES,
    PARTICIPATION_MESSAGES,
    SERVICE_MESSAGES,
    DIGEST_MESSAGES,
)
MESSAGES: dict[str, MessageTemplate] = {code: one for messages in _BY_SUBJECT for code, one in messages.items()}
if len(MESSAGES) != sum(len(messages) for messages in _BY_SUBJECT):
    raise RuntimeError("a message has two templates")


def template_of(code: str) -> MessageTemplate:
    """Return the words of `code`.

    Raises:
        UnknownMessage: there are none.
    """
    if code not in MESSAGES:
        raise UnknownMessage(code)
    return MESSAGES[code]


@cache
def needed_params(code: str) -> frozenset[str]:
    """Return the parameters without which `code` cannot be told: those of its subject."""
    return placeholders_of(str(template_of(code).subject)) - MADE_WHEN_SENT


__all__ = ["MESSAGES", "MessageTemplate", "UnknownMessage", "needed_params", "placeholders_of", "template_of"]
