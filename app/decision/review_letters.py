"""Letters about requests on which the chief decided, or that are looked at again.

In the State's language of correspondence; nothing internal stands in them.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from app.casework.texts import TYPE_TEXTS
from app.decision.commands import Approve, Decline
from app.decision.letters import Subject, about_reconsideration, chiefs_letter
from app.documents.letters import Draft
from app.foundation.formatting import plain_text
from app.foundation.texts import text
from app.workflow.actor import Actor


def approved(subject: Subject, actor: Actor, command: Approve | None) -> Draft | None:
    """Return the letter about an approval, type by type; None before the chief chose anything."""
    if command is None:
        return None
    with force_locale(subject.lang):
        return chiefs_letter(
            subject,
            actor,
            "approved",
            _("Your request %(number)s was approved", number=subject.case.number),
            paragraphs=[
                _("The Terrorism Prevention Branch has decided on each type of assistance as written below."),
                _("The next step is a plan. Nothing begins before your State has agreed to it."),
            ],
            rows=list(_decisions(subject, command)),
        )


def declined(subject: Subject, actor: Actor, command: Decline | None) -> Draft | None:
    """Return the letter about a request that is declined as a whole; None before the chief wrote why."""
    if command is None or command.reason is None:
        return None
    with force_locale(subject.lang):
        return chiefs_letter(
            subject,
            actor,
            "declined",
            _("Your request %(number)s was declined", number=subject.case.number),
            paragraphs=[
                _("After assessing it, the Terrorism Prevention Branch cannot give the assistance it asks for."),
                about_reconsideration(subject),
            ],
            rows=[
                (_("Reason"), text(f"decline_reason.{command.reason.value}")),
                (_("Explanation"), plain_text(command.text, subject.lang)),
            ],
        )


def reconsidered(subject: Subject, actor: Actor, command: object = None) -> Draft:
    """Return the letter about a refused request that is looked at again."""
    del command
    with force_locale(subject.lang):
        return chiefs_letter(
            subject,
            actor,
            "reconsidered",
            _("Your request %(number)s is looked at again", number=subject.case.number),
            paragraphs=[
                _("Your State named a new fact and asked for reconsideration. The Branch takes the request up again."),
                _("It keeps its number. An officer who did not work on it before assesses it."),
            ],
        )


def _decisions(subject: Subject, command: Approve) -> Iterator[tuple[str, Markup | str]]:
    for one in command.decisions:
        words: Markup | str = _("Approved")
        if one.reason is not None:
            reason = _("Declined. %(reason)s", reason=text(f"decline_reason.{one.reason.value}"))
            words = plain_text(f"{reason}\n\n{one.text}", subject.lang)
        yield str(TYPE_TEXTS[one.type]), words
