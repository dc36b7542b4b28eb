"""Which bodies a request must be shown to, and why: pure (process page, Consultations 1 and 6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from app.casework.content.details import Reservation
from app.coordination.vocabulary import OpeningRule
from app.workflow.vocabulary import AssistanceType, Body

T = AssistanceType
#: Events at which treaty actions are promoted or done.
_EVENTS = frozenset({T.MINISTERIAL_CONFERENCE})
#: Grounds that an officer may give for asking the Office of Legal Affairs where the request itself shows none.
BY_JUDGEMENT = (OpeningRule.TREATY_EVENT, OpeningRule.COOPERATION_AGREEMENT, OpeningRule.RESERVATION)


def openings(data: Mapping[str, Any], un_deposited: Collection[str]) -> dict[Body, tuple[OpeningRule, ...]]:
    """Return the bodies that must be asked, each with every rule that demands it, the strongest first.

    Args:
        data: answers of the request by task.
        un_deposited: codes of instruments whose depositary is the Secretary-General of the United Nations.
    """
    legal = tuple(_legal(data, un_deposited))
    return {Body.CTC_CTED: (OpeningRule.ALWAYS,), **({Body.OLA: legal} if legal else {})}


def _legal(data: Mapping[str, Any], un_deposited: Collection[str]) -> list[OpeningRule]:
    types = frozenset(T(code) for code in _of(data, "need").get("types") or ())
    deposited = not set(un_deposited).isdisjoint(_of(data, "instruments").get("list") or ())
    wish = _of(_of(data, "details"), "ratification").get("reservation")
    found = {
        OpeningRule.UN_DEPOSITARY: T.RATIFICATION in types and deposited,
        OpeningRule.RESERVATION: wish in {Reservation.YES, Reservation.UNDER_STUDY},
        OpeningRule.TREATY_EVENT: bool(types & _EVENTS) and deposited,
        OpeningRule.COOPERATION_AGREEMENT: T.INTERNATIONAL_COOPERATION in types,
    }
    return [rule for rule, applies in found.items() if applies]


def _of(data: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = data.get(part) or {}
    return found
