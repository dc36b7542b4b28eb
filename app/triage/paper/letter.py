"""The receipt of a paper request as a letter, for a State whose people have no account here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from app.casework.content.labels import raw_value
from app.casework.models import AssistanceRequest
from app.casework.page import CasePage
from app.casework.queries import latest_revision
from app.foundation.errors import NotFound
from app.foundation.formatting import bdi, date_filter, one_line
from app.foundation.i18n import current_locale, is_offered, locale_code
from app.papers import Letter, Paper, letter
from app.reference.states import state_name
from app.triage.paper.models import PaperNote

Shown = Markup | str


def receipt_letter(session: Session, page: CasePage) -> Paper:
    """Return the letter in the language of the writer, if the product speaks it, else in that of the reader.

    Raises:
        NotFound: the request did not come on paper.
    """
    case = page.case
    note, revision = session.get(PaperNote, case.id), latest_revision(session, case.id)
    if note is None or revision is None:
        raise NotFound
    wanted = raw_value(revision.data, "who.contact.language") or raw_value(revision.data, "who.working_language")
    with force_locale(wanted if is_offered(wanted) else locale_code()):
        words = Letter(
            to=list(_address(page, revision.data)),
            subject=_("Receipt of your request for technical assistance"),
            paragraphs=_paragraphs(case, note),
            rows=[
                (_("Number"), bdi(case.number)),
                (_("Title"), one_line(case.title, case.lang)),
                (_("Received on"), date_filter(case.received_on)),
            ],
            signed=[_("Terrorism Prevention Branch"), _("United Nations Office on Drugs and Crime")],
        )
        return letter(words, reference=case.number, dated=note.registered_at.date())


def _address(page: CasePage, data: Mapping[str, Any]) -> Iterator[Shown]:
    for path in ("who.contact.name", "who.contact.function", "who.contact.institution"):
        if line := raw_value(data, path):
            yield one_line(line)
    yield bdi(state_name(page.header.member_state, current_locale()))


def _paragraphs(case: AssistanceRequest, note: PaperNote) -> list[Shown]:
    known = escape(_("The Terrorism Prevention Branch received your document %(note)s of %(date)s."))
    number = escape(_("Your request was registered under the number %(number)s."))
    return [
        known % {"note": one_line(note.note_number), "date": date_filter(note.note_date)},
        number % {"number": bdi(case.number)},
        _("Please quote the number whenever you write to us."),
        _(
            "An intake officer checks that the request is complete and can be taken on. You are told when it is "
            "accepted, or asked when something is missing."
        ),
        _(
            "Your Permanent Mission can ask us for an account of Accede, in which your State follows its requests and "
            "answers our questions."
        ),
    ]
