"""Tables of reference data."""

from app.reference.models.agreements import BodyAgreement
from app.reference.models.calendars import Calendar, CalendarChange, CalendarWeek, Holiday, LimitSetting, SettingValue
from app.reference.models.events import HistoricalEvent
from app.reference.models.states import Instrument, ReferenceChange, ReferenceImport, ReferenceVersion, StateRecord
from app.reference.models.tools import Tool, ToolDownload, ToolFile
from app.reference.models.treaties import TreatyAct, TreatyCell, TreatyList, TreatyListing

__all__ = [
    "BodyAgreement",
    "Calendar",
    "CalendarChange",
    "CalendarWeek",
    "HistoricalEvent",
    "Holiday",
    "Instrument",
    "LimitSetting",
    "ReferenceChange",
    "ReferenceImport",
    "ReferenceVersion",
    "SettingValue",
    "StateRecord",
    "Tool",
    "ToolDownload",
    "ToolFile",
    "TreatyAct",
    "TreatyCell",
    "TreatyList",
    "TreatyListing",
]
