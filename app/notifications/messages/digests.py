"""The mail that holds a day's notices; what it lists is rendered when it leaves."""

from typing import Final

from flask_babel import lazy_gettext as _l

from app.notifications.messages.model import MessageTemplate

DIGEST: Final = "notices.digest"

DIGEST_MESSAGES: dict[str, MessageTemplate] = {
    DIGEST: MessageTemplate(
        _l("Your notices of the day"),
        (_l("This happened since your last daily mail. For your protection it says nothing about the content."),),
        button=_l("All your notices"),
        path="/notices",
        at_once=True,
    ),
}
