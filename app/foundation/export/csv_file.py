"""An export as CSV: UTF-8 with a byte order mark, written piece by piece."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from app.foundation.export.cells import csv_value
from app.foundation.export.sheet import Export

#: Characters that are gathered before they are sent.
PIECE: Final = 64 * 1024
_BOM: Final = "\ufeff"


def csv_pieces(export: Export) -> Iterator[bytes]:
    """Yield the file in pieces: what it is about, an empty line, the headings, the rows.

    All text is quoted, lines end as RFC 4180 says, and memory stays flat however many rows come.
    """
    buffer = io.StringIO(newline="")
    buffer.write(_BOM)
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([csv_value(cell) for cell in line] for line in export.about())
    buffer.write("\r\n")
    writer.writerow([csv_value(heading) for heading in export.columns])
    for row in export.rows:
        writer.writerow([csv_value(cell) for cell in row])
        if buffer.tell() >= PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
