"""Words of the figures of money (indicator 23)."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l

from app.dashboards.words import Words

MONEY: Final[dict[str, Words]] = {
    "money-pledged": Words(
        _l("Pledged, by donor and year"),
        _l("Pledges dated in the period, less their reductions. Filters by State and type do not narrow sources."),
    ),
    "money-received": Words(
        _l("Received, by donor and year"), _l("Receipts dated in the period, without gifts in kind.")
    ),
    "money-allocated": Words(
        _l("Allocated, by donor and year"),
        _l("Allocations approved in the period, less what was released, without support cost and gifts in kind."),
    ),
    "money-support": Words(
        _l("Programme support cost"), _l("What the same allocations take besides, by donor and year.")
    ),
    "money-spent": Words(_l("Spent, by donor and year"), _l("Spending recorded with a date in the period.")),
    "money-released": Words(
        _l("Released, by donor and year"), _l("What was given back of allocations, with a date in the period.")
    ),
    "money-in-kind": Words(
        _l("In kind, by donor and year"), _l("Gifts in kind received in the period, at the worth that was recorded.")
    ),
    "unfunded": Words(
        _l("Approved and not paid for"),
        _l(
            "Approved requests in planning or on hold: what the newest plan costs, support cost included, beyond what "
            "is allocated in its currency. As of this moment."
        ),
    ),
    "unfunded-days": Words(
        _l("Days that unfunded requests wait"), _l("Calendar days since the same requests were approved.")
    ),
}
