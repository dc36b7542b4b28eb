"""A paper as the answer to a request."""

from __future__ import annotations

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from app.foundation.db import end_reading
from app.papers.papers import Paper

#: Whoever opens it in a browser opens it without scripts, forms and the product's origin.
SANDBOX = "default-src 'none'; sandbox"


def as_attachment(paper: Paper, name: str) -> Response:
    """Return `paper` as a file to be kept, after the reading transaction has ended.

    Args:
        paper: complete; rendering it reads nothing.
        name: file name without its ending: letters, digits and hyphens.
    """
    end_reading()
    answer = send_file(
        BytesIO(paper.pdf()), mimetype="application/pdf", as_attachment=True, download_name=f"{name}.pdf", etag=False
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
