"""Words of holds and money."""

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts
from app.funding.vocabulary import LineKind, SourceKind

SOURCE_TEXTS = {
    SourceKind.EXTRABUDGETARY: _l("Extrabudgetary contribution"),
    SourceKind.EXISTING_REGULAR_BUDGET: _l("Existing regular budget"),
    SourceKind.IN_KIND: _l("In kind"),
}

LINE_TEXTS = {
    LineKind.PLEDGE: _l("Pledge"),
    LineKind.REDUCTION: _l("Reduction of the pledge"),
    LineKind.RECEIPT: _l("Receipt"),
    LineKind.SPENDING: _l("Spending"),
    LineKind.RELEASE: _l("Release of an allocation"),
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
        "allocation_source_needed": _l("Choose a source"),
        "allocation_answer_needed": _l("Choose whether it counts"),
        "allocation_reason_needed": _l("Say why it is refused"),
        "allocation_own": _l("Whoever allocated it does not approve it. A second person has to"),
        "not_available": _l(
            "%(available)s is available of this source, and %(support)s of support cost is added. Enter less, or "
            "choose another source"
        ),
        "earmark_region": _l("The source is earmarked to regions to which the State does not belong"),
        "earmark_state": _l("The source is earmarked to other States"),
        "earmark_type": _l("The source is earmarked to types of assistance that the request does not ask for"),
        "source_expired": _l("The source has expired"),
        "only_in_kind": _l("Only what is in kind covers single cost lines"),
        "source.day_needed": _l("Enter the day, for example 15 3 2027"),
        "source.day_ahead": _l("Enter today or a day before"),
        "source.what_needed": _l("Enter what is given, for example an expert for two weeks"),
        "source.first_needed": _l("Choose whether it is pledged or received"),
        "source.allocation_needed": _l("Choose an allocation"),
        "source.line_needed": _l("Choose a line"),
        "source.not_approved": _l("The allocation waits for a second person. Nothing can be spent of it yet"),
        "source.reduced_too_much": _l("%(most)s is pledged and not received yet. Enter no more than that"),
        "source.spent_too_much": _l("%(most)s of it can be spent. Enter no more than that"),
        "source.released_too_much": _l("%(most)s of it is not spent. Enter no more than that"),
        "source.says_so_already": _l("The line says so already"),
        "source.pledge_below_nothing": _l("More would then be reduced than was pledged"),
        "nothing_to_keep": _l("Your State was not asked whether it keeps the request"),
    }
)
