"""Words of the views and orders of the queue."""

from typing import Final

from flask_babel import lazy_gettext as _l

from app.triage.queue_query import Sort, View

VIEW_TEXTS: Final = {
    View.UNASSIGNED: _l("Unassigned"),
    View.MINE: _l("Mine"),
    View.OVERDUE: _l("Overdue"),
    View.CTED: _l("With CTC/CTED"),
    View.DECISION: _l("Awaiting decision"),
    View.OPEN: _l("All open"),
    View.NEW: _l("New"),
    View.SCREENING: _l("In screening"),
    View.RETURNED: _l("With the State"),
    View.HELD: _l("On hold"),
    View.ENDED: _l("Ended"),
    View.ALL: _l("All, also ended"),
}
SORT_TEXTS: Final = {
    Sort.DUE: _l("Sorted by due date, earliest first"),
    Sort.LAST_DUE: _l("Sorted by due date, latest first"),
    Sort.RECEIVED: _l("Oldest first"),
    Sort.NEWEST: _l("Newest first"),
    Sort.STATE: _l("Sorted by State"),
    Sort.LAST_STATE: _l("Sorted by State, backwards"),
    Sort.SINCE: _l("Longest in their status first"),
    Sort.SHORTEST: _l("Shortest in their status first"),
    Sort.HIGHEST: _l("Highest priority score first, then those without one"),
    Sort.LOWEST: _l("Lowest priority score first, then those without one"),
}
