"""The answer that carries an export to the browser."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import Response, stream_with_context

from app.foundation.export.csv_file import csv_pieces
from app.foundation.export.sheet import Export, FileKind
from app.foundation.export.xlsx_file import xlsx_pieces

_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PIECES = {FileKind.CSV: csv_pieces, FileKind.XLSX: xlsx_pieces}


def export_answer(export: Export, kind: FileKind) -> Response:
    """Return the answer that sends `export` as a file while its rows are read.

    The first piece is made here, so that what fails at once becomes a page of its own and not half a file. The reading
    session stays open until the last row.
    """
    pieces: Iterator[bytes] = _PIECES[kind](export)
    whole = chain([next(pieces)], pieces)
    answer = Response(stream_with_context(whole), content_type=_TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{export.file_name(kind)}"'
    return answer
