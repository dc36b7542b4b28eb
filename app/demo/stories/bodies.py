"""What stands between the Branch and the bodies: their addresses, and what CTC/CTED agreed to."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.accounts.commands import SetOffice
from app.accounts.offices import set_office
from app.coordination.agreements import services
from app.coordination.agreements.commands import GiveStanding, RecordAgreement, today
from app.demo.director import Story
from app.demo.people import DOMAIN
from app.demo.stage import Stage
from app.documents.receiving import StoredFile, store_bytes
from app.foundation.clock import now
from app.papers import Part
from app.papers import document as typed
from app.reference.vocabulary import AgreementKind
from app.workflow.vocabulary import AssistanceType, Body

OFFICES: Final = {
    Body.CTC_CTED: ("Executive Directorate, registry", "cted-registry"),
    Body.OLA: ("Office of Legal Affairs, Treaty Section", "treaty-section"),
}
LETTER: Final = "CTED/DEMO/31"
_SILENCE: Final = (
    "The Executive Directorate refers to the consultations that the Branch holds with it on requests of States.",
    "It agrees that its silence counts as no objection once ten working days have passed since a notice was delivered.",
    "It does not agree to this for requests that are marked urgent.",
)
_WRITTEN_BEFORE: Final = timedelta(days=6)


def offices(stage: Stage) -> Story:
    """The administrator names the offices to which notices go."""
    yield stage.on("admin", 515, 10)
    for body, (name, login) in OFFICES.items():
        set_office(stage.players["admin"].actor, SetOffice(body=body, name=name, email=f"{login}@{DOMAIN}"))


def agreements(stage: Stage) -> Story:
    """The chief records the letter on silence; months later the liaison gives a standing no-objection for tools."""
    yield stage.on("chief", 330, 10)
    command = RecordAgreement(
        kind=AgreementKind.SILENCE_RULE,
        letter_reference=LETTER,
        letter_date=today() - _WRITTEN_BEFORE,
        original=_letter(),
        valid_from=today(),
    )
    services.record_agreement(stage.players["chief"].actor, command)
    yield stage.on("ctc", 120, 15)
    types = (AssistanceType.TOOLS, AssistanceType.ONLINE_COURSE)
    services.give_standing(stage.players["ctc"].actor, GiveStanding(types=types, valid_from=today()))


def _letter() -> StoredFile:
    """Return the letter, as it would have been scanned."""
    dated = now().date() - _WRITTEN_BEFORE
    paragraphs = [Part(words=words) for words in _SILENCE]
    paper = typed("Silence in consultations", paragraphs, kind="Letter", reference=LETTER, dated=dated)
    return store_bytes(paper.pdf(), "letter-on-silence.pdf", "application/pdf")
