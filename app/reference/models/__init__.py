"""Tables of reference data."""

from app.reference.models.calendars import Calendar, Holiday, LimitSetting, SettingValue
from app.reference.models.states import Instrument, ReferenceChange, ReferenceImport, ReferenceVersion, StateRecord
from app.reference.models.treaties import TreatyAct, TreatyCell, TreatyList, TreatyListing

__all__ = [
    "Calendar",
    "Holiday",
    "Instrument",
    "LimitSetting",
    "ReferenceChange",
    "ReferenceImport",
    "ReferenceVersion",
    "SettingValue",
    "StateRecord",
    "TreatyAct",
    "TreatyCell",
    "TreatyList",
    "TreatyListing",
]
