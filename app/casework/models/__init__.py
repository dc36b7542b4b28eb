"""Tables of the case: all carry the State that owns it and are parted by row-level security."""

from app.casework.models.alerts import CaseAlert
from app.casework.models.case import AssistanceRequest, CaseBody, CaseType, NumberCounter
from app.casework.models.checks import HistoryCheck, HistoryFault
from app.casework.models.content import CaseQuestion, CaseRevision, ConsentRecord, DraftTask
from app.casework.models.history import CaseStay, HistoryEntry, HistoryPayload
from app.casework.models.moves import DueMove
from app.casework.models.reminders import CaseReminder
from app.casework.models.search import CaseTerm

__all__ = [
    "AssistanceRequest",
    "CaseAlert",
    "CaseBody",
    "CaseQuestion",
    "CaseReminder",
    "CaseRevision",
    "CaseStay",
    "CaseTerm",
    "CaseType",
    "ConsentRecord",
    "DraftTask",
    "DueMove",
    "HistoryCheck",
    "HistoryEntry",
    "HistoryFault",
    "HistoryPayload",
    "NumberCounter",
]
