"""`gunicorn tests.bench.floor:app`: what the same queries cost in bare Flask, SQLAlchemy Core and Jinja.

No sign-in, no roles, no translation, no layout: the least that a page with these rows can cost on this machine. It
reads the tables of the product, and writes into one of its own.
"""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Iterator
from typing import Any, Final

from flask import Flask, Response, render_template_string, request
from sqlalchemy import Connection, create_engine, event, func, insert, select, text, update

import app.models
from app.accounts.models import User
from app.casework.models import AssistanceRequest, CaseRevision, CaseTerm, HistoryEntry
from app.casework.models.case import OPEN_CASES
from tests.bench.counted import counted
from tests.bench.stage import written_by_floor

_LIST: Final = """<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td>
<td>{{ row.state }}</td><td>{{ row.due_at }}</td><td>{{ row.name }}</td></tr>{% endfor %}</table>"""
_CASE: Final = """<h1>{{ case.title }}</h1><p>{{ case.state }} {{ case.due_at }}</p><p>{{ said.data.need.problem }}</p>
<ul>{% for one in history %}<li>{{ one.at }} {{ one.action }}</li>{% endfor %}</ul>"""
_COUNTS: Final = "<dl>{% for row in rows %}<dt>{{ row[0] }}</dt><dd>{{ row[1] }}</dd>{% endfor %}</dl>"

engine = create_engine(os.environ["ACCEDE_DATABASE_URL"], pool_size=8)
C, H, R = AssistanceRequest.__table__.c, HistoryEntry.__table__.c, CaseRevision.__table__.c
LISTED = (C.key, C.number, C.title, C.state, C.holder, C.paused, C.due_at, C.submitted_at, User.__table__.c.name)
WRITTEN = written_by_floor()
_bare = Flask(__name__)


@event.listens_for(engine, "begin")
def _see_everything(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('accede.scope', 'all', true)"))


def _listed() -> Any:
    officer = User.__table__
    joined = AssistanceRequest.__table__.outerjoin(officer, officer.c.id == C.officer_id)
    return select(*LISTED).select_from(joined)


@_bare.get("/list")
def page_of_list() -> str:
    """Fifty rows by due date."""
    wanted = _listed().where(OPEN_CASES, C.due_at.is_not(None))
    if after := request.args.get("after"):
        wanted = wanted.where(C.due_at > select(C.due_at).where(C.key == after).scalar_subquery())
    with engine.connect() as connection:
        rows = connection.execute(wanted.order_by(C.due_at, C.id).limit(int(request.args.get("rows", 50)))).all()
    return render_template_string(_LIST, rows=rows)


@_bare.get("/search")
def search() -> str:
    """Fifty rows with a word."""
    term = CaseTerm.__table__.c
    found = select(term.case_id).where(term.term >= request.args["q"], term.term < request.args["q"] + "\U0010ffff")
    wanted = _listed().where(OPEN_CASES, C.id.in_(found)).order_by(C.due_at, C.id).limit(50)
    with engine.connect() as connection:
        return render_template_string(_LIST, rows=connection.execute(wanted).all())


@_bare.get("/case/<key>")
def case(key: str) -> str:
    """One case with what it says and the end of its history."""
    with engine.connect() as connection:
        row = connection.execute(select(AssistanceRequest.__table__).where(C.key == key)).one()
        said = connection.execute(
            select(R.data).where(R.case_id == row.id).order_by(R.revision.desc()).limit(1)
        ).first()
        last = select(H.at, H.action).where(H.case_id == row.id).order_by(H.seq.desc()).limit(10)
        history = connection.execute(last).all()
    return render_template_string(_CASE, case=row, said=said, history=history)


@_bare.get("/counts")
def counts() -> str:
    """Open cases by state."""
    wanted = select(C.state, func.count()).where(OPEN_CASES).group_by(C.state)
    with engine.connect() as connection:
        return render_template_string(_COUNTS, rows=connection.execute(wanted).all())


@_bare.post("/write")
def create() -> str:
    """One row more."""
    with engine.begin() as connection:
        made = insert(WRITTEN).values(key=secrets.token_hex(6), state="draft", version=1)
        return str(connection.execute(made.returning(WRITTEN.c.id)).scalar_one())


@_bare.post("/write/<int:number>")
def change(number: int) -> str:
    """One row changed."""
    with engine.begin() as connection:
        connection.execute(
            update(WRITTEN).where(WRITTEN.c.id == number).values(state="sent", version=WRITTEN.c.version + 1)
        )
    return "done"


@_bare.get("/export")
def export() -> Response:
    """All open cases as CSV, streamed."""

    def lines() -> Iterator[str]:
        with engine.connect() as connection:
            rows = connection.execution_options(yield_per=1000).execute(_listed().where(OPEN_CASES))
            for part in rows.partitions(1000):
                out = io.StringIO()
                csv.writer(out).writerows(part)
                yield out.getvalue()

    return Response(lines(), mimetype="text/csv")


@_bare.get("/livez")
def livez() -> str:
    """Answer."""
    return "ok"


app = counted(_bare)
