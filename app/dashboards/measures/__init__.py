"""The figures by subject, and the one list of all of them."""

from typing import Final

from app.dashboards.measures import consultations, delivery, requests, times
from app.dashboards.measures.base import Measure

#: Every figure by its code in addresses.
MEASURES: Final[dict[str, Measure]] = {
    one.code: one for module in (requests, times, consultations, delivery) for one in module.MEASURES
}
