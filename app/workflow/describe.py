"""The process as a page: tables and a diagram written from the definition.

`python -m app.workflow.describe` writes docs/process.md, `--check` fails when the page says something else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.workflow.definition import PROCESS
from app.workflow.descriptions import DESCRIPTIONS
from app.workflow.model import Act, Limit, Process, Span, Step, Who
from app.workflow.states import ALL, OPEN
from app.workflow.vocabulary import State, Tie, Unit

PAGE = Path(__file__).resolve().parents[2] / "docs" / "process.md"
UNITS = {Unit.WORKING_DAYS: "wd", Unit.DAYS: "d", Unit.MONTHS: "months"}
MOSTLY = 5

HEAD = """# The process of an assistance request

This page is written by `python -m app.workflow.describe` from `app/workflow/`; change the lines there, not here.
Basis: ECOSOC resolution 2005/19; numbers in brackets are its operative paragraphs. Words in `code` are the codes that
are stored; a tie says what connects a person with the case. Whatever is not written here is refused. `OPEN` is every
state except `draft`, `awaiting_mission` and the ended ones.
"""

REMARKS = """The day of the event does not count; a limit ends at 24:00 of its last day in its holder's calendar and
is stored in UTC. Calendars: Vienna for TPB, partners and money, New York for CTC/CTED and OLA, its own for a State.
Paper requests count from the day of receipt. `returned`, `on_hold` and a blocking question stop every clock that does
not count this very thing; the days on which a pause begins and ends do not count. Warning at 75 %, breach at 100 %, the
chief is told at 150 %, in counted days; a warning falls on the earlier, the chief's on the later full day. A repeated
limit begins anew at its end. wd = working days, d = calendar days.
"""

HOLDER = """The case lies with the State in `draft`, `awaiting_mission`, `returned`, `delivered`, in `evaluation` until
it evaluated, while a blocking question is open and while a proposed plan waits; in `in_coordination` with CTC/CTED,
else OLA, else partners, from the delivered notice to the answer; in `on_hold` with funding when money is missing; with
nobody once it ended; else with TPB. A participating State has a limit of its own, never the case.
"""


def code(word: str) -> str:
    """One code as it is stored."""
    return f"`{word}`"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    names = list(head)
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def states_text(states: frozenset[State]) -> str:
    """The states of a line, named as a set where it is one."""
    if states == OPEN:
        return "OPEN"
    if states == ALL:
        return "every state"
    if len(ALL - states) <= MOSTLY:
        return "every state but " + ", ".join(code(state) for state in State if state not in states)
    return ", ".join(code(state) for state in State if state in states)


def who_text(people: Iterable[Who]) -> str:
    """Roles with their ties, conditions and reasons."""
    return "; ".join(_one(who) for who in people)


def _one(who: Who) -> str:
    tie = "" if who.tie is Tie.ANY else f" ({who.tie.value})"
    only = f" if {who.only.value.replace('_', ' ')}" if who.only else ""
    holds = " for " + ", ".join(sorted(reason.value.replace("_", " ") for reason in who.holds_for))
    return code(who.role) + tie + only + (holds if who.holds_for else "")


def conditions(line: Step | Act) -> str:
    """The guards of a line."""
    return "; ".join(guard.name.replace("_", " ") for guard in line.guards)


def asks(line: Step | Act) -> str:
    """What the command must bring."""
    return ", ".join(sorted(ask.value.replace("_", " ") for ask in line.asks))


def span_text(span: Span | None) -> str:
    """A length of time with its unit."""
    return "-" if span is None else f"{span.amount} {UNITS[span.unit]}"


def steps_table(process: Process) -> Iterator[str]:
    """One row per step."""
    head = ("step", "from", "to", "who (tie)", "only if", "brings", "what it is")
    rows = (
        (
            code(step.action),
            states_text(step.sources),
            code(step.target),
            who_text(step.people),
            conditions(step),
            asks(step),
            DESCRIPTIONS[step.action],
        )
        for step in process.steps
    )
    yield from table(head, rows)


def acts_table(process: Process) -> Iterator[str]:
    """One row per act."""
    head = ("act", "states", "who (tie)", "only if", "brings", "what it is")
    rows = (
        (
            code(act.action),
            f"(new) to {code(act.creates)}" if act.creates else states_text(act.sources),
            who_text(act.people),
            conditions(act),
            asks(act),
            DESCRIPTIONS[act.action],
        )
        for act in process.acts
    )
    yield from table(head, rows)


def runs_text(limit: Limit) -> str:
    """When a limit runs."""
    parts = []
    for runs in limit.runs:
        text = "in " + states_text(runs.states)
        if runs.first_only:
            text += ", first time"
        if runs.starts:
            also = "also from " if runs.on_entry else "from "
            text += f", {also}" + ", ".join(sorted(start.value for start in runs.starts))
        if runs.body:
            text += f" ({runs.body.value})"
        if runs.blocking:
            text += " (blocking)"
        if runs.stops:
            text += " to " + ", ".join(sorted(stop.value for stop in runs.stops))
        parts.append(text)
    return "; or ".join(parts)


def extras_text(limit: Limit) -> str:
    """Reminders, escalations and longer times of a limit."""
    found = []
    if limit.reminders:
        found.append("reminders after " + ", ".join(map(str, limit.reminders)))
    if limit.reminders_left:
        found.append("reminders with " + ", ".join(map(str, limit.reminders_left)) + " left")
    if limit.escalations:
        found.append("escalation after " + ", ".join(map(str, limit.escalations)))
    named = (("last", limit.last), ("more time", limit.more_time), ("second round", limit.second_round))
    found.extend(f"{name} {span_text(span)}" for name, span in named if span)
    if limit.times != 1:
        found.append("repeated" if limit.times is None else f"{limit.times} times")
    return "; ".join(found)


def limits_table(process: Process) -> Iterator[str]:
    """One row per limit."""
    head = ("limit", "runs", "amount", "urgent", "holder", "and")
    rows = (
        (code(one.key), runs_text(one), span_text(one.span), span_text(one.urgent), code(one.holder), extras_text(one))
        for one in process.limits
    )
    yield from table(head, rows)


def states_table(process: Process) -> Iterator[str]:
    """One row per state."""
    marks = {(True, False): "start", (False, True): "ended"}
    rows = (
        (code(line.state), code(line.phase), marks.get((line.start, line.ended), ""), "yes" if line.your_turn else "")
        for line in process.states
    )
    yield from table(("state", "phase that the State reads", "", "your turn"), rows)


def diagram(process: Process) -> Iterator[str]:
    """A Mermaid state diagram: one arrow for each pair of states, with every step that leads along it."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    [*] --> {line.state.value}" for line in process.states if line.start)
    arrows: dict[tuple[State, State], list[str]] = {}
    for step in process.steps:
        for source in State:
            if source in step.sources:
                arrows.setdefault((source, step.target), []).append(step.action.value)
    for (source, target), actions in arrows.items():
        yield f"    {source.value} --> {target.value}: {', '.join(actions)}"
    yield from (f"    {line.state.value} --> [*]" for line in process.states if line.ended)
    yield "```"


def page(process: Process = PROCESS) -> str:
    """The whole page; the same text for the same process, whenever and wherever it is written."""
    windows = table(("window", "open for"), ((code(window), span_text(span)) for window, span in process.windows))
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        ("States", states_table(process)),
        ("Diagram", diagram(process)),
        ("Steps: each is the full cross product of its sources and its people", steps_table(process)),
        ("Acts: without a change of state", acts_table(process)),
        ("Limits (defaults)", limits_table(process)),
        ("How time is counted", REMARKS.splitlines()),
        ("Who has the case", HOLDER.splitlines()),
        ("Windows: for how long something may still be done", windows),
    )
    parts = [HEAD.strip()]
    parts.extend(f"## {title}\n\n" + "\n".join(lines) for title, lines in sections)
    return "\n\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it; the exit code is 1 when it differs."""
    text = page()
    if "--check" in arguments:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current == text:
            return 0
        sys.stderr.write(f"{PAGE.name} is not what the definition says: run python -m app.workflow.describe\n")
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
