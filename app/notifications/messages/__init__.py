"""Every message that the product sends: a code and its words.

The words of a message about a case are the same for everybody and hold its number, dates and a link, nothing else: a
mail may be read by the wrong person.
"""

from functools import cache

from app.notifications.messages.accounts import ACCOUNT_MESSAGES
from app.notifications.messages.cases import CASE_MESSAGES
from app.notifications.messages.clocks import CLOCK_MESSAGES
from app.notifications.messages.model import MADE_WHEN_SENT, MessageTemplate, UnknownMessage

MESSAGES: dict[str, MessageTemplate] = {**CASE_MESSAGES, **CLOCK_MESSAGES, **ACCOUNT_MESSAGES}


def template_of(code: str) -> MessageTemplate:
    """Return the words of `code`.

    Raises:
        UnknownMessage: there are none.
    """
    if code not in MESSAGES:
        raise UnknownMessage(code)
    return MESSAGES[code]


@cache
def placeholders_to_store(code: str) -> frozenset[str]:
    """Return the names of the parameters that whoever sends `code` must give."""
    return template_of(code).placeholders - MADE_WHEN_SENT


__all__ = ["MESSAGES", "MessageTemplate", "UnknownMessage", "placeholders_to_store", "template_of"]
