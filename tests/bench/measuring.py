"""What is measured: each page of performance.md, with the page of the floor that it is compared with."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from tests.bench.serving import Server
from tests.bench.visitor import Answer, Visitor, fields_of

#: How often each page is asked for; the first answers fill memory and are not counted.
ROUNDS: Final = 40
UNCOUNTED: Final = 4
MOST_SECONDS: Final = 20.0
#: How many forms are sent by one client, and by each of eight.
FORMS: Final = 30
CLIENTS, FORMS_EACH = 8, 15


@dataclass(frozen=True, slots=True)
class Budget:
    """What performance.md allows: so many times the floor, so many statements."""

    times: float | None = None
    statements: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page costs; milliseconds."""

    name: str
    p50: float
    p95: float
    statements: int
    octets: int
    floor: float | None
    budget: Budget

    @property
    def times(self) -> float | None:
        """How many times the floor."""
        return self.p50 / self.floor if self.floor else None

    @property
    def over(self) -> list[str]:
        """What of the budget is exceeded."""
        found = []
        if self.budget.times is not None and self.times is not None and self.times > self.budget.times:
            found.append(f"time {self.times:.1f} x")
        if self.budget.statements is not None and self.statements > self.budget.statements:
            found.append(f"{self.statements} SQL")
        return found

    def as_json(self) -> dict[str, Any]:
        """For the file."""
        return asdict(self) | {"times": self.times, "over": self.over}


LIST, CASE, BOARD = Budget(3, 6), Budget(5, 10), Budget(6, 8)
SEARCH, WRITE = Budget(5, 7), Budget(6, 14)


def timed(ask: Callable[[], Answer], rounds: int = ROUNDS, uncounted: int = UNCOUNTED) -> list[Answer]:
    """Ask so many times, or as often as half a minute allows; the answers that count.

    Raises:
        RuntimeError: one was not what a page answers.
    """
    begun, answers = time.monotonic(), list[Answer]()
    while len(answers) < rounds + uncounted:
        answers.append(ask())
        if time.monotonic() - begun > MOST_SECONDS and len(answers) > uncounted + 2:
            break
    if bad := [one.status for one in answers if one.status not in {200, 302, 303}]:
        raise RuntimeError(f"answers {sorted(set(bad))}")
    return answers[uncounted:]


def figures(name: str, answers: Sequence[Answer], floor: Sequence[Answer] | None, budget: Budget) -> Figures:
    """Return what the answers say."""
    spent = sorted(one.seconds * 1000 for one in answers)
    return Figures(
        name,
        statistics.median(spent),
        spent[min(len(spent) - 1, int(len(spent) * 0.95))],
        # the usual one: now and then a process asks again whether reference data is what it was
        statistics.mode(one.statements for one in answers),
        max(one.octets for one in answers),
        statistics.median(one.seconds * 1000 for one in floor) if floor else None,
        budget,
    )


def forms_to_send(visitor: Visitor, keys: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Open each case and return where its form "take up" goes, with its hidden fields: a page is sent once."""
    found = []
    for key in keys:
        path = f"/cases/{key}/take-up"
        found.append((path, fields_of(visitor.get(f"/cases/{key}").text, f"form[action*='{path}']")))
    return found


def at_once(server: Server, visitor: Visitor, forms: Sequence[tuple[str, dict[str, str]]]) -> tuple[float, int]:
    """Send forms from eight clients at the same time; returns steps a second, and how many were not taken."""
    parts = [forms[number::CLIENTS] for number in range(CLIENTS)]
    lost: list[str] = []

    def send(part: Sequence[tuple[str, dict[str, str]]]) -> None:
        window = visitor.copy(server.port)
        lost.extend(path for path, fields in part if window.post(path, fields).status not in {302, 303})

    threads = [threading.Thread(target=send, args=(part,)) for part in parts]
    begun = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return len(forms) / (time.perf_counter() - begun), len(lost)
