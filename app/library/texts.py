"""Words of the library."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.foundation.texts import register_texts
from app.reference.vocabulary import ToolKind

KINDS: dict[ToolKind, LazyString] = {
    ToolKind.GUIDE: _l("Guide"),
    ToolKind.MODEL_LAW: _l("Model law"),
    ToolKind.CHECKLIST: _l("Checklist"),
    ToolKind.COURSE: _l("Online course"),
}

register_texts(
    {
        "tool.nothing_to_give": _l("Add a file, or the address of the course, before it is published"),
        "tool.ended": _l("It is published or withdrawn already. Open its page again"),
        "tool.withheld": _l("The virus scanner found something in the file. Choose another one"),
    }
)
