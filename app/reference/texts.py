"""Words for the codes of reference data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts
from app.reference.vocabulary import (
    ActKind,
    CellBasis,
    CellStatus,
    ChangeKind,
    DutyStation,
    ImportKind,
    RegionalGroup,
    StateStatus,
)

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
NOT_ADOPTED = _l("The instrument was adopted later")
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
    ImportKind.EVENTS: _l("Workshops and conferences on record"),
    ImportKind.DEMO_STATES: _l("Invented States of the demo"),
}
CHANGE_KINDS = {
    ChangeKind.HOLIDAY_ENTERED: _l("Holiday entered"),
    ChangeKind.HOLIDAY_ENDED: _l("Holiday ended"),
    ChangeKind.LIST_READ: _l("List of a year read"),
    ChangeKind.WEEK: _l("Time zone and working days"),
}
ROW_ERRORS = {
    "not_utf8": _l("The file is not UTF-8 text. Save it again as “CSV UTF-8”."),
    "not_csv": _l("The line is not valid CSV; most often a quotation mark is not closed (%(reason)s)."),
    "header": _l("The header row must be: %(expected)s."),
    "empty": _l("The file has no rows below its header."),
    "cells": _l(
        "The line has %(found)s cells; the header has %(expected)s. Put quotation marks around a cell with a comma."
    ),
    "circular_date": _l(
        "“%(value)s” does not begin with a date of the form 2027-01-01 or 1 January. Begin the line with the date."
    ),
    "nothing_read": _l("There is no line with a date and a name."),
    "too_many_lines": _l("There are more than %(most)s lines. Take only the holidays of one year."),
    "required": _l("A value is missing. Fill it in."),
    "pattern": _l("“%(value)s” does not have the form %(form)s."),
    "date": _l("“%(value)s” is not a date of the form 2005-07-22."),
    "future": _l("%(value)s lies in the future. Enter the day on which it happened."),
    "before_adoption": _l(
        "%(value)s lies before %(adopted)s, when the instrument was adopted. Check day and instrument."
    ),
    "flag": _l("“%(value)s” is neither 0 nor 1."),
    "choice": _l("“%(value)s” is not one of: %(choices)s."),
    "duplicate": _l("The same entry stands on line %(first)s already. Remove one of the two."),
    "unknown_instrument": _l("There is no instrument with the code “%(value)s”. Codes have the form FINANCING_1999."),
    "unknown_state": _l("There is no State with the code “%(value)s”. Use its ISO code of three letters."),
    "unknown_name": _l("No State is called “%(value)s”. Use its short name in English."),
    "ends_before": _l("The last day is missing, or lies before the first."),
    "unknown_calendar": _l("“%(value)s” is neither a duty station nor the code of a State."),
    "time_zone": _l("No time zone is known for “%(value)s”."),
    "demo_code": _l("“%(value)s” is outside the range XAA to XZZ of invented States."),
    "real_code": _l("“%(value)s” is in the range XAA to XZZ of invented States."),
    "other_year": _l("%(value)s is not in the year %(year)s."),
    "one_date": _l("A complete list has one as-of date for an instrument; line %(first)s says “%(value)s”."),
    "undated_complete": _l("A complete list needs an as-of date; “%(value)s” has none."),
    "older_list": _l("A complete list as of %(held)s is held already; this one is older (%(value)s)."),
    "control": _l("The value contains a control character or one that turns the direction of text. Type it anew."),
    "formula": _l("“%(value)s” begins with a sign that a spreadsheet would calculate. Write the text itself."),
    "too_long": _l("The value is longer than %(most)s characters. Shorten it."),
}
"""What can be wrong with a row of a file, by the code of `parsing.RowError`."""

#: Operative paragraphs of ECOSOC resolution 2005/19, in short.
PARAGRAPH_TEXTS = {
    1: _l("1: coordination with the Counter-Terrorism Committee and partners"),
    2: _l("2: workshops, and agreements on cooperation"),
    3: _l("3: follow-up of earlier assistance"),
    4: _l("4: becoming a party to the instruments, and putting them into law"),
    5: _l("5: legislative guides and tools"),
    6: _l("6: international cooperation in criminal matters"),
    7: _l("7: training of judges and prosecutors"),
    8: _l("8: criminal justice and the rule of law"),
    9: _l("9: links to other crime"),
    10: _l("10: the Nuclear Terrorism Convention"),
}

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
    "holiday_overlaps": _l("It counted before, until a later day. Choose the day on which it ended, or a later one"),
    "ends_before_it_counts": _l("Choose the day from which it counts, or a later one"),
    "unknown_zone": _l("This time zone is not known. Use a name such as Europe/Vienna"),
    "circular_rows": _l("Mend the lines that cannot be read"),
    "not_in_the_past": _l("Choose a later day: what runs already keeps what was in force when it began"),
    "no_such_figure": _l("This limit has no such figure"),
    "outside_limit": _l("A reminder must lie inside the limit"),
    "urgent_longer": _l("The urgent limit must not be longer than the usual one"),
    "as_many_escalations": _l("Enter as many days as there are levels that are told"),
    "not_in_order": _l("Enter the days in their order, each once"),
    "last_too_early": _l("The last day must not come before the limit or a level that is told"),
    "setting_day_begun": _l("Choose a day after today"),
    "not_whole_numbers": _l("Enter whole numbers with commas between them, for example 3, 8"),
    "weights": _l("The parts of the score must add up to 100"),
}
"""What the use cases of reference data refuse."""
SETTING_TEXTS = {
    "fast_lane_below_usd": (
        _l("Cost below which the fast lane is open, in US dollars"),
        _l("A request of only tools or online courses whose cost lies below this sum may be supplied at once."),
    ),
    "support_cost_percent": (
        _l("Programme support cost, per cent"),
        _l("Added to every allocation."),
    ),
    "priority_weights": (
        _l("Weights of the priority score"),
        _l("The most that each part gives. Together they are 100."),
    ),
    "priority_bands": (
        _l("Bands of the priority score"),
        _l("From how many points on the score advises a high and a medium priority."),
    ),
}
"""Name and explanation of each setting, by its key."""
SETTING_PART_TEXTS = {
    "high": _l("High priority from"),
    "medium": _l("Medium priority from"),
    "treaty_gaps": _l("Treaty gaps"),
    "legislative_trigger": _l("Dated legislative trigger"),
    "cted_recommendation": _l("Recommendation of CTED"),
    "special_situation": _l("Least developed, landlocked or small island State"),
    "no_similar_assistance": _l("No similar assistance in 24 months"),
    "regional_demand": _l("Three States of the region ask alike"),
    "readiness": _l("Readiness: text, host and counterpart named"),
}
register_texts(COMMAND_TEXTS)
