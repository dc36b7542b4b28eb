"""Whether what was allocated covers a plan."""

from __future__ import annotations

from app.funding.facts import Cost, Given, of_plan
from app.workflow.facts import FundingFacts

COSTS = [Cost("Travel", 100_000, 13, "USD"), Cost("Expert", 50_000, 13, "USD")]
WHOLE = 169_500


def money(total: int, currency: str = "USD") -> Given:
    return Given(total, total, currency, 1, in_kind=False)


def in_kind(worth: int, *lines: str) -> Given:
    return Given(worth, worth, "USD", 1, in_kind=True, lines=lines)


def test_the_cost_lines_and_their_support_cost_have_to_be_there() -> None:
    assert of_plan(COSTS, [money(WHOLE)]) == FundingFacts(covers_plan=True, shortfall_minor=0, currency="USD")
    one_cent_short = of_plan(COSTS, [money(WHOLE - 1)])
    assert one_cent_short == FundingFacts(covers_plan=False, shortfall_minor=1, currency="USD")


def test_another_currency_does_not_count() -> None:
    assert of_plan(COSTS, [money(WHOLE, "EUR")]).shortfall_minor == WHOLE


def test_what_is_in_kind_covers_its_lines_without_support_cost_and_never_others() -> None:
    assert of_plan(COSTS, [in_kind(50_000, "Expert")]).shortfall_minor == 113_000
    assert of_plan(COSTS, [in_kind(90_000, "Expert")]).shortfall_minor == 113_000
    assert of_plan(COSTS, [in_kind(50_000, "Interpretation")]).shortfall_minor == WHOLE
    assert of_plan(COSTS, [in_kind(50_000, "Expert"), money(113_000)]).covers_plan


def test_what_is_in_kind_for_no_line_in_particular_covers_any() -> None:
    assert of_plan(COSTS, [in_kind(150_000)]).covers_plan
