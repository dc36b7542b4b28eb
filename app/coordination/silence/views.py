"""The proof page of a silence that counted, and the same on paper."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.coordination.silence.page import proof_paper, proofs_shown
from app.foundation import access
from app.foundation.db import read_session
from app.papers.answers import as_attachment
from app.workflow.vocabulary import LIAISON_ROLES, TPB_ROLES, Role

bp = Blueprint("silence", __name__, template_folder="templates")

#: Those among whom consultations are exchanged; the State reads neither positions nor why there is none.
READERS = (*sorted(TPB_ROLES | LIAISON_ROLES), Role.AUDITOR)


@bp.get("/cases/<key>/silence")
@access.roles(*READERS)
def proof(key: str) -> str:
    """Show why a silence counts: who was told when and how, every day that was counted, the agreement in force."""
    page = case_page(access.the_actor(), key, "silence.proof")
    return render_template("silence/proof.html", page=page, proofs=proofs_shown(read_session(), page))


@bp.get("/cases/<key>/silence.pdf")
@access.roles(*READERS)
def proof_pdf(key: str) -> Response:
    """Give the same as PDF."""
    page = case_page(access.the_actor(), key, "silence.proof")
    return as_attachment(proof_paper(read_session(), page), f"{page.case.number}-silence")
