"""Words for what can be wrong with a history or a projection."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.casework.checking import PROJECTION

#: What can be wrong with a history, by the code of `casework.verify.Finding`.
FAULT_TEXTS = {
    "missing_row": _l("An entry is missing"),
    "wrong_link": _l("An entry does not follow the one before it"),
    "changed_row": _l("An entry was changed"),
    "changed_payload": _l("What an entry says was changed"),
    "cut_tail": _l("The last entries are missing"),
    "wrong_head": _l("The end of the history is not the one on record"),
    "wrong_state": _l("The request stands elsewhere than its history says"),
    "before_checkpoint": _l("The history differs from the signed checkpoint"),
    PROJECTION: _l("What is kept differs from what the history says"),
}
