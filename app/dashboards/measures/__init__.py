"""The figures by subject, and the one list of all of them."""

from typing import Final

from app.dashboards.measures import consultations, delivery, money, requests, times
from app.dashboards.measures.base import Measure

#: Every figure by its code in addresses.
MEASURES: Final[dict[str, Measure]] = {
    one.code: one for module in (requests, times, consultations, delivery, money) for one in module.MEASURES
}
