"""One run: the pages of the product, then the floor, from the same database with the same server settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from sqlalchemy import create_engine, text

from tests.bench import measuring as m
from tests.bench.serving import Server, serving
from tests.bench.stage import Stage
from tests.bench.visitor import Visitor, fields_of

#: A word in the titles of hardly any case, and one in those of very many.
RARE, COMMON = "reservation", "terrorism"
#: Pages of a hundred rows that lie before the deep one.
DEEP: Final = 12


@dataclass(slots=True)
class Result:
    """What one run found."""

    pages: list[m.Figures] = field(default_factory=list)
    others: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Keys:
    """Cases that are looked at, by their public keys."""

    case: str
    submitted: list[str]
    middle: str


def keys_of(stage: Stage) -> Keys:
    """Look up a case in coordination, cases that can be taken up, and the case in the middle of the list."""
    engine = create_engine(stage.owner_url)
    wanted = m.FORMS + m.CLIENTS * m.FORMS_EACH
    with engine.begin() as connection:
        if stage.backend == "postgresql":
            connection.execute(text("SELECT set_config('accede.scope', 'all', true)"))
        one = connection.execute(text("SELECT key FROM cases WHERE state = 'in_coordination' ORDER BY id DESC LIMIT 1"))
        some = f"SELECT key FROM cases WHERE state = 'submitted' ORDER BY id LIMIT {wanted}"
        middle = "SELECT key FROM cases WHERE state = 'in_review' AND due_at IS NOT NULL ORDER BY due_at LIMIT 1"
        keys = Keys(one.scalar_one(), list(connection.scalars(text(some))), connection.scalars(text(middle)).one())
    engine.dispose()
    return keys


def measure(stage: Stage) -> Result:
    """Run everything once."""
    result, keys = Result(), keys_of(stage)
    with serving(stage, "floor") as server:
        floor = _floor(server, keys)
    with serving(stage, "product") as server:
        result.others["seconds until the first answer"] = round(server.started_in, 2)
        result.others["MB of a worker before"] = round(server.megabytes())
        _pages(server, keys, floor, result)
        _writing(server, keys, floor, result)
        result.others["MB of a worker after"] = round(server.megabytes())
        _export(server, floor, result)
        result.others["MB of a worker after the export"] = round(server.megabytes())
    return result


def _floor(server: Server, keys: Keys) -> dict[str, Any]:
    visitor = Visitor(server.port)
    pages = {
        "list 25": "/list?rows=25",
        "list 50": "/list?rows=50",
        "list 100": "/list?rows=100",
        "deep": f"/list?rows=50&after={keys.middle}",
        "case": f"/case/{keys.case}",
        "counts": "/counts",
        "rare": f"/search?q={RARE}",
        "common": f"/search?q={COMMON}",
    }
    found: dict[str, Any] = {}
    for name, path in pages.items():
        found[name] = m.timed(lambda path=path: visitor.get(path))  # type: ignore[misc]
    found["create"] = m.timed(lambda: visitor.post("/write", {}))
    found["change"] = m.timed(lambda: visitor.post("/write/1", {}))
    answer = visitor.get("/export")
    found["export"] = answer.body.count(b"\n") / answer.seconds
    return found


def _pages(server: Server, keys: Keys, floor: dict[str, Any], result: Result) -> None:
    intake, manager = (Visitor.signed_in(server.port, login) for login in ("intake", "manager"))
    pages = [
        ("queue, 25 rows", "/queue?rows=25", "list 25", m.LIST),
        ("queue, 50 rows", "/queue?rows=50", "list 50", m.LIST),
        ("queue, 100 rows", "/queue?rows=100", "list 100", m.LIST),
        ("queue, deep page", _deep(intake), "deep", m.LIST),
        ("case page", f"/cases/{keys.case}", "case", m.CASE),
        ("search, rare word", f"/queue?rows=50&q={RARE}", "rare", m.SEARCH),
        ("search, common word", f"/queue?rows=50&q={COMMON}", "common", m.SEARCH),
    ]
    for name, path, beside, budget in pages:
        answers = m.timed(lambda path=path: intake.get(path))  # type: ignore[misc]
        result.pages.append(m.figures(name, answers, floor[beside], budget))
    for path in ("/dashboard", "/dashboards"):
        if manager.get(path).status == 200:
            answers = m.timed(lambda path=path: manager.get(path))  # type: ignore[misc]
            result.pages.append(m.figures("dashboard", answers, floor["counts"], m.BOARD))
            break
    else:
        result.others["dashboard"] = "no such page"


def _deep(visitor: Visitor) -> str:
    """Go on from page to page; returns the address of a page far down, fifty rows long."""
    path = "/queue?rows=100"
    for _ in range(DEEP):
        if (link := re.search(r'href="(/queue\?[^"]*after=[^"]*)"', visitor.get(path).text)) is None:
            break
        path = unescape(link[1])
    return path.replace("rows=100", "rows=50")


def _writing(server: Server, keys: Keys, floor: dict[str, Any], result: Result) -> None:
    focal, intake = (Visitor.signed_in(server.port, login) for login in ("focal.xtv", "intake"))
    made = []
    for _ in range(m.FORMS):
        fields = fields_of(
            focal.get("/requests/new").text, "form[action='/requests/new'], main form, form[method=post]"
        )
        made.append(focal.post("/requests/new", fields))
    result.pages.append(m.figures("create a draft", _taken(made), floor["create"], m.WRITE))
    forms = m.forms_to_send(intake, keys.submitted)
    sent = [intake.post(path, fields) for path, fields in forms[: m.FORMS]]
    result.pages.append(m.figures("take a request up", _taken(sent), floor["change"], m.WRITE))
    if len(forms) > m.FORMS:
        a_second, lost = m.at_once(server, intake, forms[m.FORMS :])
        result.others["steps a second, eight clients"] = round(a_second, 1)
        result.others["of them lost"] = lost


def _taken(answers: list[Any]) -> list[Any]:
    if bad := [one.status for one in answers if one.status not in {302, 303}]:
        raise RuntimeError(f"a form was answered with {sorted(set(bad))}")
    return answers


def _export(server: Server, floor: dict[str, Any], result: Result) -> None:
    intake = Visitor.signed_in(server.port, "intake")
    answer = intake.get("/queue/export?view=all&file=csv")
    if answer.status != 200:
        result.others["export"] = f"answered {answer.status}"
        return
    result.others["export, rows"] = answer.body.count(b"\n")
    result.others["export, rows a second"] = round(answer.body.count(b"\n") / answer.seconds)
    result.others["export, rows a second, floor"] = round(floor["export"])
