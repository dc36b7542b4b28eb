"""The time zone in which a State's working days are counted."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files


def data_file(name: str) -> bytes:
    """Return the bytes of a file that comes with the product (`app/reference/data/`)."""
    return files("app.reference").joinpath("data", name).read_bytes()


def zone_of(alpha3: str, alpha2: str) -> str | None:
    """Return the IANA zone of a State: the reviewed table first, else its only zone in the zone database.

    Args:
        alpha3: ISO 3166 code of three letters.
        alpha2: of two letters, by which the zone database lists countries.

    Returns:
        None for a code that the zone database does not know or for which it has several zones.
    """
    if (reviewed := _reviewed().get(alpha3)) is not None:
        return reviewed
    zones = zones_by_country().get(alpha2, [])
    return zones[0] if len(zones) == 1 else None


@cache
def zones_by_country() -> dict[str, list[str]]:
    """Return the zones of each country (ISO 3166, two letters) in `zone.tab` of the installed zone database."""
    table: dict[str, list[str]] = {}
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            table.setdefault(country, []).append(zone)
    return table


@cache
def _reviewed() -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(data_file("state_time_zones.csv").decode()))
    return {row["alpha3"]: row["time_zone"] for row in rows}
