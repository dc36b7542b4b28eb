"""Tables as files: CSV and XLSX, streamed, safe to open.

    export = Export(name="queue", title=_("Queue: all open"), columns=[_("Number"), _("Due (UTC)")], rows=rows,
                    filters=[(_("State"), "Norway")], as_of=now(), readers=_("Staff of the Branch only"))
    return export_answer(export, FileKind.CSV)

Rows are any iterable of sequences of `Cell` (text, numbers, days, instants, None) and are read once. Whoever makes them
leaves out what the reader may not see. A view that exports asks for a fresh sign-in (`accounts.freshness`).
"""

from app.foundation.export.answer import export_answer
from app.foundation.export.cells import Cell, safe_text
from app.foundation.export.sheet import Export, FileKind

__all__ = ["Cell", "Export", "FileKind", "export_answer", "safe_text"]
