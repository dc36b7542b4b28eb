"""The figures of consultations, delivery and money once more, computed in plain Python from whole tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from app.casework.costs import support_cost
from tests.support.direct_counts import _ENDED, NEW_YORK, Counts, Tables, tallied, working_days


def of_consultations(t: Tables) -> dict[str, Counts]:
    """Indicators 10 and 11."""
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    rows = t.of_cases("consultations")
    for case, one in rows:
        if one.body == "ctc_cted" and t.within(one.asked_at):
            found["consultations"].append((one.position or ("ended" if one.closed_at else "open"), 0))
            if one.position is not None:
                begun = (one.notice_delivered_at or one.asked_at).astimezone(NEW_YORK).date()
                days = working_days(t.headquarters, begun, one.closed_at.astimezone(NEW_YORK).date())
                found["consultation-days"].append((days, 0))
        if one.position == "objection" and t.within(one.closed_at):
            found["objections"].append((_what_became(case, one, [other for _case, other in rows]), 0))
    for case in t.cases.values():
        approvals = [one for one in t.history[case.id] if one.action == "approve" and t.within(one.at)]
        if approvals:
            closed = any(
                one.case_id == case.id
                and one.body == "ctc_cted"
                and one.position is not None
                and one.closed_at <= approvals[-1].at
                for _case, one in rows
            )
            found["approved-consulted"].append(("consulted" if closed else "not_consulted", 0))
    found["fast-lane"] = [("all", 0) for _case, one in t.of_cases("supplies") if t.within(one.supplied_at)]
    return {code: tallied(iter(parts)) for code, parts in found.items()}


def _what_became(case: Any, one: Any, every: list[Any]) -> str:
    if one.objection_withdrawn_at is not None:
        return "withdrawn"
    for other in every:
        same = (other.case_id, other.body, other.partner) == (one.case_id, one.body, one.partner)
        if same and other.round > one.round and other.position not in (None, "objection"):
            return "second_round"
    return "request_ended" if case.state in _ENDED else "standing"


def of_delivery(t: Tables) -> dict[str, Counts]:
    """Indicators 12 to 14, 18 and 19."""
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    everywhere = {one.id: one for one in t.rows("activities") if one.status == "held" and t.within(one.ends_on)}
    held = {key: one for key, one in everywhere.items() if one.case_id in t.cases}
    assisted = {one.state_id for one in held.values()}
    for guest in t.rows("activity_states"):
        activity = everywhere.get(guest.activity_id)
        if activity is not None and activity.case_id in t.counted and t.fits(guest.participant_id):
            assisted.add(guest.participant_id)
    found["assisted"] = [(state, 0) for state in assisted]
    for one in held.values():
        found["activities-type"].append((one.type, 0))
        found["activities-scope"].append((one.scope, 0))
        apart = abs((one.starts_on - one.agreed_starts_on).days)
        found["on-time"].append(("on_time" if apart <= 14 else "moved", 0))
    for one in t.rows("participant_counts"):
        if one.activity_id in held:
            found["people-profession"].append((one.profession, one.number))
            found["people-gender"].append((one.gender, one.number))
            found["people-state"].append((one.from_state_id, one.number))
    for case in t.cases.values():
        actions = {one.action for one in t.history[case.id] if t.within(one.at)}
        found["confirmed"] += [(one, 0) for one in ("confirm_delivery", "deem_delivery_confirmed") if one in actions]
    return {code: tallied(iter(parts)) for code, parts in found.items()}


def of_money(t: Tables) -> dict[str, Counts]:
    """Indicator 23."""
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    sources = {one.id: one for one in t.rows("contributions")}
    lines = t.rows("contribution_lines")
    names = {
        "pledge": "pledged",
        "reduction": "pledged",
        "receipt": "received",
        "spending": "spent",
        "release": "released",
    }
    for one in lines:
        source = sources[one.contribution_id]
        if not t.within(one.on_date):
            continue
        part = f"{source.donor}|{one.on_date.year}|{source.currency}"
        amount = -one.minor if one.kind == "reduction" else one.minor
        if source.kind != "in_kind":
            found[f"money-{names[one.kind]}"].append((part, amount))
        elif one.kind == "receipt":
            found["money-in-kind"].append((part, amount))
    for _case, one in t.of_cases("allocations"):
        if one.kind != "in_kind" and t.within(one.approved_at):
            part = f"{sources[one.contribution_id].donor}|{one.approved_at.year}|{one.currency}"
            rest = max(one.minor + one.support_minor - _released(t, one), 0)
            money = rest * one.minor // (one.minor + one.support_minor)
            found["money-allocated"].append((part, money))
            found["money-support"].append((part, rest - money))
    for case in t.cases.values():
        rests = case.state == "on_hold" and case.hold_reason == "money"
        if case.approved_at is not None and (rests or case.state == "planning"):
            _wanting(t, case, found, rests=rests)
    return {code: tallied(iter(parts)) for code, parts in found.items()}


def _released(t: Tables, allocation: Any) -> int:
    lines = (one for one in t.rows("contribution_lines") if one.allocation_id == allocation.id)
    return int(sum(one.minor for one in lines if one.kind == "release"))


def _wanting(t: Tables, case: Any, found: dict[str, list[tuple[Any, int]]], *, rests: bool) -> None:
    plans = [one for one in t.rows("plans") if one.case_id == case.id]
    newest = max(plans, key=lambda one: one.number).id if plans else None
    costs = [one for one in t.rows("plan_costs") if one.plan_id == newest]
    holds = [one for one in t.rows("holds") if one.case_id == case.id and one.reason == "money"]
    if costs and not rests:
        plan = next(one for one in plans if one.id == newest)
        missing, currency = _of_plan(t, case, plan, costs), plan.currency
    elif holds:
        hold = max(holds, key=lambda one: one.seq)
        later = [one for one in _approved(t, case, hold.currency) if one.seq > hold.seq]
        given = sum(_stands(t, one) * one.minor // (one.minor + one.support_minor) for one in later)
        missing, currency = hold.shortfall_minor - given, hold.currency
    else:
        return
    if missing > 0:
        found["unfunded"].append((currency, missing))
        found["unfunded-days"].append(((_utc_day(t.at) - _utc_day(case.approved_at)).days, 0))


def _of_plan(t: Tables, case: Any, plan: Any, costs: list[Any]) -> int:
    """What is given in kind covers the lines that it names, or any; money pays the rest with its support cost."""
    left, money = {one.id: one.minor for one in costs}, 0
    for one in sorted(_approved(t, case, plan.currency), key=lambda one: one.seq):
        worth = _stands(t, one)
        if one.kind != "in_kind":
            money += worth
            continue
        for line in costs:
            if not one.cost_lines or line.what in one.cost_lines:
                taken = min(worth, left[line.id])
                left[line.id], worth = left[line.id] - taken, worth - taken
    uncovered = sum(left.values())
    return int(uncovered + support_cost(uncovered, plan.support_percent) - money)


def _approved(t: Tables, case: Any, currency: str) -> list[Any]:
    rows = (one for one in t.rows("allocations") if one.case_id == case.id and one.approved_at is not None)
    return [one for one in rows if one.currency == currency]


def _stands(t: Tables, one: Any) -> int:
    return int(max(one.minor + one.support_minor - _released(t, one) - one.uncovered_minor, 0))


def _utc_day(moment: datetime) -> Any:
    return moment.date()
