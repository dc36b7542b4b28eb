"""Tools of the demonstration: small papers that say so themselves, never a publication of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.casework.content.tasks import Language
from app.demo.people import Player
from app.documents.receiving import StoredFile, store_bytes
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.library.commands import AddFile, PublishTool, SaveTool
from app.library.services import add_file, publish_tool, save_tool
from app.papers import Part, document
from app.reference.models import Tool
from app.reference.vocabulary import ToolKind

PUBLISHER: Final = "Accede demonstration"
_POINTS: Final = {
    "Sample checklist: requests for mutual legal assistance": (
        "Which authority sends and receives requests?",
        "In which languages are requests taken?",
        "Which offences of the universal instruments can be named in a request?",
        "Who answers, and within which time?",
    ),
    "Sample guide: from signature to deposit": (
        "The cabinet approves the instrument and sends it to parliament.",
        "Parliament gives its consent, where the constitution asks for it.",
        "The instrument of ratification or accession is signed.",
        "It is deposited with the depositary, with any reservation or declaration.",
    ),
}
_KINDS: Final = (ToolKind.CHECKLIST, ToolKind.GUIDE)


def printed() -> Sequence[tuple[str, StoredFile]]:
    """Make the papers and put them into the store; call it outside a transaction, in a request or with a locale.

    Returns:
        Each title with its file.
    """
    found = []
    for title, points in _POINTS.items():
        parts = [Part(words=point) for point in points]
        mark = "Demonstration: nobody’s publication, no advice"
        paper = document(title, parts, kind="Sample", reference=None, dated=now().date(), mark=mark)
        name = title.partition(": ")[2].replace(" ", "-").lower()
        found.append((title, store_bytes(paper.pdf(), f"{name}.pdf", "application/pdf")))
    return found


def fill(keeper: Player, papers: Sequence[tuple[str, StoredFile]]) -> None:
    """Enter the tools and publish them, as somebody does who keeps the library.

    Args:
        keeper: an intake officer.
        papers: from `printed`.
    """
    for kind, (title, file) in zip(_KINDS, papers, strict=True):
        said = SaveTool(
            kind=kind, title_en=title, publisher=PUBLISHER, year=now().year, paragraphs=[4, 5, 6], demo=True
        )
        save_tool(keeper.actor, said)
        with write_transaction(None) as session:
            key, version = session.execute(select(Tool.key, Tool.version).order_by(Tool.id.desc()).limit(1)).one()
        add_file(keeper.actor, AddFile(key=key, version=version, lang=Language.EN, file=file))
        publish_tool(keeper.actor, PublishTool(key=key, version=version + 1))
