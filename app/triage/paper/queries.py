"""What pages read of paper requests: the note of one, and others of the same State with the same number."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.audiences import readable_by
from app.casework.content.labels import Row as ContentRow
from app.casework.models import AssistanceRequest
from app.casework.texts import channel_text
from app.casework.visibility import visible_cases
from app.foundation.formatting import bdi, date_filter, one_line, plain_text
from app.triage.paper.models import NUMBER_LENGTH, PaperNote
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience, Channel

#: Requests with the same number that one page names.
MOST_NAMED = 10


def mark_of(number: str) -> str:
    """Return the number of a note as it is compared: letters and digits only, whatever their case, width or script."""
    plain = unicodedata.normalize("NFKC", number).casefold()
    return "".join(letter for letter in plain if letter.isalnum())[:NUMBER_LENGTH]


def same_number(session: Session, actor: Actor, state_id: int, number: str) -> Sequence[Row[Any]]:
    """Return requests of a State that came with a note of the same number: one statement.

    Returns:
        Rows of key, number, title, lang and note_date, the newest first.
    """
    case = AssistanceRequest
    columns = (case.key, case.number, case.title, case.lang, PaperNote.note_date)
    statement = (
        visible_cases(actor, *columns)
        .select_from(case)
        .join(PaperNote, PaperNote.case_id == case.id)
        .where(PaperNote.state_id == state_id, PaperNote.note_mark == mark_of(number))
    )
    return session.execute(statement.order_by(case.id.desc()).limit(MOST_NAMED)).all()


def paper_section(session: Session, actor: Actor, case: AssistanceRequest) -> list[tuple[str, list[ContentRow]]]:
    """Return how a request came on paper as one section of its pages; nothing for one of the portal.

    For the State and TPB; to bodies that are only consulted it is not shown. One statement for a paper request.
    """
    if case.channel is Channel.PORTAL or Audience.STATE_TPB not in readable_by(actor):
        return []
    statement = (
        select(PaperNote, User.name)
        .outerjoin(User, User.id == PaperNote.registered_by_id)
        .where(PaperNote.case_id == case.id)
    )
    found = session.execute(statement).first()
    if found is None:
        return []
    note, registrar = found
    rows = [
        ContentRow(_("How it came"), channel_text(case.channel), "who.channel"),
        ContentRow(_("Number of the document"), one_line(note.note_number), "paper.note_number"),
        ContentRow(_("Date of the document"), date_filter(note.note_date), "paper.note_date"),
        ContentRow(_("Received on"), date_filter(case.received_on), "paper.received_on"),
        ContentRow(_("Scan"), _scan(case), "paper.scan"),
        ContentRow(_("Registered by"), bdi(registrar), "paper.registered_by"),
    ]
    if note.gist:
        words = Markup("{}<p>{}</p>").format(plain_text(note.gist, "en"), _("The original prevails."))
        rows.append(ContentRow(_("What it says, in English"), words, "paper.gist"))
    return [(_("As it came on paper"), rows)]


def _scan(case: AssistanceRequest) -> Markup:
    address = url_for("documents.documents", key=case.key)
    return Markup('<a href="{}">{}</a>').format(address, _("Among the documents of the request"))
