"""Words for the codes of reference data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts
from app.reference.vocabulary import ActKind, CellBasis, CellStatus, DutyStation, ImportKind, RegionalGroup, StateStatus

REGIONAL_GROUPS = {
    RegionalGroup.AFRICAN: _l("African States"),
    RegionalGroup.ASIA_PACIFIC: _l("Asia-Pacific States"),
    RegionalGroup.EASTERN_EUROPEAN: _l("Eastern European States"),
    RegionalGroup.LATIN_AMERICAN_CARIBBEAN: _l("Latin American and Caribbean States"),
    RegionalGroup.WESTERN_EUROPEAN_OTHERS: _l("Western European and other States"),
}
STATE_STATUSES = {
    StateStatus.MEMBER: _l("Member State"),
    StateStatus.OBSERVER: _l("Non-member observer State"),
    StateStatus.DEMO: _l("Invented State of the demo"),
}
CELL_STATUSES = {
    CellStatus.PARTY: _l("Party"),
    CellStatus.SIGNATORY: _l("Signatory"),
    CellStatus.NOT_PARTY: _l("Not a party"),
    CellStatus.UNKNOWN: _l("Unknown"),
}
CELL_BASES = {
    CellBasis.DATED_ACT: _l("A dated act in the list"),
    CellBasis.COMPLETE_LIST: _l("Not named in a list that is complete"),
    CellBasis.LISTING: _l("A list without dates says so"),
    CellBasis.UNDISTINGUISHED: _l("Listed as signatory or party; the list does not say which"),
    CellBasis.PARTIAL_LIST: _l("Signed; the list is not complete, so a later consent may be missing"),
    CellBasis.UNDATED: _l("Party at a later date; since when is not known"),
    CellBasis.NO_LIST: _l("No list was found"),
}
ACT_KINDS = {
    ActKind.SIGNATURE: _l("Signature"),
    ActKind.SUCCESSION_TO_SIGNATURE: _l("Succession to signature"),
    ActKind.RATIFICATION: _l("Ratification"),
    ActKind.ACCESSION: _l("Accession"),
    ActKind.ACCEPTANCE: _l("Acceptance"),
    ActKind.APPROVAL: _l("Approval"),
    ActKind.SUCCESSION: _l("Succession"),
    ActKind.CONSENT: _l("Consent to be bound; the list does not say in which form"),
    ActKind.WITHDRAWAL: _l("Withdrawal"),
}
DUTY_STATIONS = {DutyStation.VIENNA: _l("Vienna"), DutyStation.NEW_YORK: _l("New York")}
IMPORT_KINDS = {
    ImportKind.STATES: _l("States"),
    ImportKind.INSTRUMENTS: _l("Instruments"),
    ImportKind.TREATY: _l("Treaty acts with dates"),
    ImportKind.SNAPSHOTS: _l("Party lists without dates"),
    ImportKind.HOLIDAYS: _l("Holidays"),
    ImportKind.DEMO_STATES: _l("Invented States of the demo"),
}
ROW_ERRORS = {
    "not_utf8": _l("The file is not UTF-8 text."),
    "not_csv": _l("The line is not valid CSV: %(reason)s."),
    "header": _l("The header row must be: %(expected)s."),
    "empty": _l("The file has no rows."),
    "cells": _l("The line has %(found)s cells; the header has %(expected)s."),
    "required": _l("A value is missing."),
    "pattern": _l("“%(value)s” does not have the form %(form)s."),
    "date": _l("“%(value)s” is not a date of the form 2005-07-22."),
    "future": _l("%(value)s lies in the future."),
    "flag": _l("“%(value)s” is neither 0 nor 1."),
    "choice": _l("“%(value)s” is not one of: %(choices)s."),
    "duplicate": _l("The same entry stands on line %(first)s already."),
    "unknown_instrument": _l("There is no instrument with the code “%(value)s”."),
    "unknown_state": _l("There is no State with the code “%(value)s”."),
    "unknown_calendar": _l("“%(value)s” is neither a duty station nor the code of a State."),
    "time_zone": _l("No time zone is known for “%(value)s”."),
    "demo_code": _l("“%(value)s” is outside the range XAA to XZZ of invented States."),
    "real_code": _l("“%(value)s” is in the range XAA to XZZ of invented States."),
    "other_year": _l("%(value)s is not in the year %(year)s."),
    "one_date": _l("A complete list has one as-of date for an instrument; line %(first)s says “%(value)s”."),
    "undated_complete": _l("A complete list needs an as-of date; “%(value)s” has none."),
    "older_list": _l("A complete list as of %(held)s is held already; this one is older (%(value)s)."),
    "control": _l("The value contains a control character."),
}
"""What can be wrong with a row of a file, by the code of `parsing.RowError`."""

WEEKDAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)
COMMAND_TEXTS = {
    "holiday_exists": _l("This day is entered already. End the other entry first"),
    "not_in_the_past": _l("Choose a later day: what runs already keeps what was in force when it began"),
    "no_such_figure": _l("This limit has no such figure"),
    "outside_limit": _l("A reminder must lie inside the limit"),
}
"""What the use cases of reference data refuse."""
register_texts(COMMAND_TEXTS)
