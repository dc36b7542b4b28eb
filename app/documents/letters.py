"""Letters to a State: composed in its language of correspondence, read before they are sent, filed with the request."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.casework.content.labels import raw_value
from app.casework.models import AssistanceRequest, CaseRevision
from app.casework.page import state_name
from app.casework.visibility import visible_cases
from app.documents.receiving import StoredFile, store_bytes
from app.documents.services import file_document, payload_of
from app.documents.vocabulary import DocumentKind
from app.foundation.clock import now
from app.foundation.db import end_reading
from app.foundation.formatting import bdi, one_line
from app.foundation.i18n import DEFAULT, current_locale, is_offered
from app.papers import Letter, letter
from app.reference.models import StateRecord
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was rendered before the transaction in which it is sent: its file, its subject, its language."""

    file: StoredFile
    title: str
    lang: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that can be read before it is sent.

    Attributes:
        words: what it says.
        lang: code of its language.
        number: of the request.
        kind: what the name of its file says.
    """

    words: Letter
    lang: str
    number: str
    kind: str

    @property
    def title(self) -> str:
        """The subject as plain text."""
        subject = self.words.subject
        return subject.striptags() if isinstance(subject, Markup) else str(subject)

    @property
    def direction(self) -> str:
        """In which direction it is read: `ltr` or `rtl`."""
        with force_locale(self.lang):
            return str(current_locale().text_direction)

    @property
    def mark(self) -> str:
        """What differs as soon as one word differs: so a page says which letter it showed."""
        words = self.words
        rows = [part for row in words.rows for part in row]
        said = [self.lang, words.subject, *words.to, *words.paragraphs, *rows, *words.signed]
        return hashlib.sha256("\x1f".join(str(part) for part in said).encode()).hexdigest()[:32]

    def sent(self) -> Sent:
        """Render it, after the reading transaction has ended, and put it into the store."""
        with force_locale(self.lang):
            paper = letter(self.words, reference=self.number, dated=now().date())
        end_reading()
        file = store_bytes(paper.pdf(), f"{self.number}-{self.kind}.pdf", "application/pdf")
        return Sent(file, self.title, self.lang)


def select_addressed(actor: Actor, *more: Any) -> Select[Any]:
    """Return a select over the cases that `actor` may see, with what a letter about one needs.

    Returns:
        Rows of case, State, the newest revision of the content (see `language_of`), and `more`.
    """
    newest = select(CaseRevision.data).where(CaseRevision.case_id == AssistanceRequest.id)
    written = newest.order_by(CaseRevision.revision.desc()).limit(1).scalar_subquery()
    return visible_cases(actor, AssistanceRequest, StateRecord, written, *more).join(
        StateRecord, StateRecord.id == AssistanceRequest.state_id
    )


def file_letter(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    letter: Sent,
    audience: Audience = Audience.STATE_TPB,
) -> dict[str, Any]:
    """File a letter for the State and the Branch, or for `audience`; returns what history keeps of it."""
    document = file_document(
        session,
        case,
        actor,
        letter.file,
        kind=DocumentKind.LETTER,
        lang=letter.lang,
        title=letter.title,
        audience=audience,
    )
    return payload_of(document)


def correspondence_of(session: Session, case: AssistanceRequest) -> str:
    """Return the language of correspondence that the newest revision of `case` names: one statement."""
    newest = select(CaseRevision.data).where(CaseRevision.case_id == case.id).order_by(CaseRevision.revision.desc())
    return language_of(session.scalars(newest.limit(1)).first())


def language_of(data: Any) -> str:
    """Return the State's language of correspondence, as far as this instance offers it."""
    chosen = raw_value(data or {}, "who.contact.language")
    return chosen if is_offered(chosen) else DEFAULT


def address_lines(member_state: StateRecord, lang: str) -> list[Markup | str]:
    """Return to whom a letter goes: the Permanent Mission of the State."""
    return [_("Permanent Mission"), bdi(state_name(member_state, lang))]


def about_line(case: AssistanceRequest) -> Markup:
    """Return the sentence that says which request a letter is about."""
    return escape(_("Your State submitted request %(number)s: %(title)s")) % {
        "number": bdi(case.number),
        "title": one_line(case.title, case.lang),
    }


def signature(actor: Actor) -> Markup:
    """Return who signs a letter, in its language: a stand-in signs with both names."""
    if actor.on_behalf_of is None:
        return bdi(actor.name)
    names = {"name": bdi(actor.name), "absent": bdi(actor.on_behalf_of.name)}
    return escape(_("%(name)s, standing in for %(absent)s")) % names
