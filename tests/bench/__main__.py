"""`python -m tests.bench --cases 100000 --backend postgresql`: fills a database unless it is there, and measures."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys

from app.foundation.clock import now
from tests.bench.run import Result, measure
from tests.bench.stage import FOLDER, Stage, prepare

_HEAD = ("PAGE", "P50 MS", "P95 MS", "SQL", "BYTES", "FLOOR MS", "TIMES", "BUDGET", "")


def main() -> int:
    """Measure once; returns 0 whatever the figures say: they are read by people, tests assert statements and bytes."""
    arguments = argparse.ArgumentParser(prog="tests.bench")
    arguments.add_argument("--cases", type=int, default=100_000)
    arguments.add_argument("--backend", choices=("postgresql", "sqlite"), default="postgresql")
    given = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers which were started here are ended
    stage = prepare(given.backend, given.cases)
    try:
        result = measure(stage)
    finally:
        stage.close()
    sys.stdout.write(table(stage, result))
    path = FOLDER / f"{given.backend}-{given.cases}.json"
    figures = {"cases": stage.cases, "pages": [one.as_json() for one in result.pages], "others": result.others}
    about = {"at": now().isoformat(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    path.write_text(json.dumps(about | figures, indent=1), encoding="utf-8")
    sys.stdout.write(f"\n{path}\n")
    return 0


def table(stage: Stage, result: Result) -> str:
    """Return the figures as plain text."""
    rows: list[tuple[str, ...]] = [_HEAD]
    for one in result.pages:
        floor = f"{one.floor:.1f}" if one.floor else "-"
        times = f"{one.times:.1f} x" if one.times else "-"
        budget = f"{one.budget.times:g} x, {one.budget.statements} SQL"
        told = "OVER: " + ", ".join(one.over) if one.over else "ok"
        spent = (f"{one.p50:.1f}", f"{one.p95:.1f}", str(one.statements), str(one.octets))
        rows.append((one.name, *spent, floor, times, budget, told))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    others = [f"{name}: {value}" for name, value in result.others.items()]
    return "\n".join([f"{stage.cases} cases, {stage.backend}", "", *lines, "", *others, ""])


if __name__ == "__main__":
    sys.exit(main())
