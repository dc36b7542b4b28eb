"""The letter about what was supplied, in the State's language of correspondence, with the addresses of downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.content import types_of
from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES
from app.casework.models import AssistanceRequest
from app.casework.visibility import found
from app.documents.letters import Draft, about_line, address_lines, language_of, select_addressed
from app.foundation.clock import now
from app.foundation.formatting import bdi, one_line, plain_text
from app.papers import Letter
from app.reference.limits import limits_in_force
from app.reference.models import StateRecord
from app.reference.tools import tool_title
from app.triage.supplying import Item, SupplyCase
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType, LimitKey


@dataclass(frozen=True, slots=True)
class Subject:
    """What the letter is about.

    Attributes:
        case: the request.
        member_state: who asks.
        lang: code of the State's language of correspondence, of those that are offered.
        answers: the request as it was last submitted or answered, by task.
        confirm_days: within how many days the State is asked to confirm.
    """

    case: AssistanceRequest
    member_state: StateRecord
    lang: str
    answers: Any
    confirm_days: int

    @property
    def types(self) -> frozenset[AssistanceType]:
        """What the request asks for."""
        return types_of(self.answers)


def subject_of(session: Session, actor: Actor, key: str) -> Subject:
    """Return what the letter about the case `key` needs: one statement.

    Raises:
        NotFound: there is none that this actor may see.
    """
    statement = select_addressed(actor).where(AssistanceRequest.key == key)
    case, member_state, data = found(session.execute(statement).first())
    return Subject(case, member_state, language_of(data), data or {}, _confirm_days(session))


def supplied(subject: Subject, command: SupplyCase, items: Sequence[Item], actor: Actor) -> Draft:
    """Return the letter with which the State gets what it asked for."""
    with force_locale(subject.lang):
        words = Letter(
            to=address_lines(subject.member_state, subject.lang),
            subject=_("Your request %(number)s: what you asked for", number=subject.case.number),
            paragraphs=list(_paragraphs(subject, command)),
            rows=list(_rows(subject, command, items)),
            signed=[bdi(actor.name), _("Terrorism Prevention Branch")],
        )
    return Draft(words, subject.lang, str(subject.case.number), "supplied")


def _paragraphs(subject: Subject, command: SupplyCase) -> Iterator[Markup | str]:
    yield about_line(subject.case)
    yield _("The Terrorism Prevention Branch supplies what it asks for, as follows.")
    if command.words:
        yield plain_text(command.words, subject.lang)
    yield _(
        "Please confirm within %(days)s days, on the page of the request, that you have what is listed, or say what is "
        "missing.",
        days=subject.confirm_days,
    )


def _rows(subject: Subject, command: SupplyCase, items: Sequence[Item]) -> Iterator[tuple[str, Markup | str]]:
    for item in items:
        title, lang = tool_title(item.tool.titles, subject.lang)
        language = LANGUAGES[Language(item.lang)]
        yield (
            _("Download (%(language)s)", language=language),
            Markup("{}<br>{}").format(one_line(title, lang), bdi(_address(item))),
        )
    if command.course:
        yield _("Online course"), one_line(command.course, subject.lang)
    if command.copies:
        copies = ngettext("%(num)s printed copy of each", "%(num)s printed copies of each", command.copies)
        yield _("Printed copies"), copies
        yield _("Sent to"), plain_text(command.address)


def _address(item: Item) -> str:
    path = url_for("library.download", key=item.tool.key, lang=item.lang)
    return f"{current_app.config['ACCEDE_BASE_URL']}{path}"


def _confirm_days(session: Session) -> int:
    """Return within how many days the State confirms: the figure in force today."""
    begun = (line for line in limits_in_force(session) if line.valid_from is None or line.valid_from <= now().date())
    return [line.span.amount for line in begun if line.key is LimitKey.CONFIRM][-1]
