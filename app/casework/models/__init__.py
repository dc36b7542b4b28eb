"""Tables of the case: all carry the State that owns it and are parted by row-level security."""

from app.casework.models.case import AssistanceRequest, CaseBody, CaseType, NumberCounter
from app.casework.models.content import CaseQuestion, CaseRevision, ConsentRecord, DraftTask
from app.casework.models.history import CaseStay, HistoryEntry, HistoryPayload
from app.casework.models.reminders import CaseReminder

__all__ = [
    "AssistanceRequest",
    "CaseBody",
    "CaseQuestion",
    "CaseReminder",
    "CaseRevision",
    "CaseStay",
    "CaseType",
    "ConsentRecord",
    "DraftTask",
    "HistoryEntry",
    "HistoryPayload",
    "NumberCounter",
]
