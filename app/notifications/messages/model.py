"""What a message template is."""

import re
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from app.notifications.vocabulary import ALWAYS_AT_ONCE, NoticeKind

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
#: Filled in when the mail leaves, never stored.
MADE_WHEN_SENT = frozenset({"link", "secret"})


class UnknownMessage(KeyError):
    """A code without a template."""


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """The words of one message, in every language.

    Attributes:
        subject: the mail's subject and the line in the list of notices; holds the number and nothing else.
        body: paragraphs of the mail; a paragraph that names a date which was not given is left out. `%(secret)s` is the
            one-time code that accounts answers.
        button: the words on the link; None for a mail without link.
        path: where the link leads when the message is not about a case, below the base URL; `{key}` in it is the
            parameter of that name.
        about_case: the link leads to the case's page, or to the page below it that `tab` names.
        tab: such as "messages".
        from_accounts: link and secret come from the hook of `init_notifications` when the mail leaves.
        to_inactive: also sent to accounts that are not active (an invitation, the end of an account).
        kind: under which a person chooses how to be told.
        at_once: leaves at once whatever was chosen: a limit or silence counts from its delivery, or it is the last
            warning before something ends.
    """

    subject: LazyString
    body: tuple[LazyString, ...]
    button: LazyString | None = None
    path: str | None = None
    about_case: bool = False
    tab: str | None = None
    from_accounts: bool = False
    to_inactive: bool = False
    kind: NoticeKind = NoticeKind.STEPS
    at_once: bool = False

    @property
    def can_wait(self) -> bool:
        """Whether its recipient may choose a digest, or no mail, instead."""
        return not self.at_once and self.kind not in ALWAYS_AT_ONCE


def placeholders_of(sentence: str) -> frozenset[str]:
    """Return the names of the named placeholders in `sentence`."""
    return frozenset(_PLACEHOLDER.findall(sentence))
