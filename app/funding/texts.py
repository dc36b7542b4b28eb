"""Words of holds and money."""

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts
from app.funding.vocabulary import SourceKind

SOURCE_TEXTS = {
    SourceKind.EXTRABUDGETARY: _l("Extrabudgetary contribution"),
    SourceKind.EXISTING_REGULAR_BUDGET: _l("Existing regular budget"),
    SourceKind.IN_KIND: _l("In kind"),
}

register_texts(
    {
        "hold_reason_needed": _l("Choose why the request rests"),
        "hold_reason_not_yours": _l("A hold for money is programme support’s, every other one the chief’s"),
        "shortfall_needed": _l("Enter how much is missing, for example 12500.00"),
        "currency_needed": _l("Choose a currency"),
        "allocation_needed": _l("Enter an amount, for example 12500.00"),
        "source_kind_needed": _l("Choose where the money comes from"),
        "budget_line_needed": _l("Enter the budget line and its year"),
        "allocation_currency": _l("Enter it in %(currency)s, the currency in which the shortfall was recorded"),
        "no_increase": _l(
            "The resolution provides no basis for an increase in the regular budget or requests for supplemental "
            "increases (footnote 4). Choose another source"
        ),
        "nothing_to_keep": _l("Your State was not asked whether it keeps the request"),
    }
)
