"""Pages of the treaty picture. What they say of treaties is public fact, so everybody with an account reads it."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.export import FileKind, export_answer
from app.states import query
from app.states.exporting import matrix_export
from app.states.index import index as index_of
from app.states.marks import MARKS
from app.states.matrix import matrix
from app.states.state_page import names_of, state_page

bp = Blueprint("states", __name__, template_folder="templates")

Shown = str | tuple[str, int]


@bp.get("/treaties")
@access.signed_in
def treaties() -> Shown:
    """Show the States of a group and the instruments, as known on a day."""
    session = read_session()
    form, asked, understood = _asked()
    shown = matrix(session, asked)
    html = render_template("states/treaties.html", form=form, shown=shown, marks=list(MARKS.values()))
    return html if understood else (html, 422)


@bp.get("/treaties.csv")
@access.signed_in
def treaties_file() -> Response:
    """Send the same as CSV. It holds public facts only, so it asks for no fresh sign-in as other exports do.

    Raises:
        NotFound: the address asks for a group or a day that there is not.
    """
    _form, asked, understood = _asked()
    if not understood:
        raise NotFound
    return export_answer(matrix_export(read_session(), asked), FileKind.CSV)


@bp.get("/states")
@access.signed_in
def index() -> str:
    """Show the States by regional group, or those that fit a search."""
    form = query.SearchForm(request.args)
    groups = index_of(read_session(), form.wanted, demo=_demo())
    return render_template("states/index.html", form=form, groups=groups, marks=list(MARKS.values()))


@bp.get("/states/<alpha3>")
@access.signed_in
def state(alpha3: str) -> Shown:
    """Show one State: facts, instruments with the gaps first, its requests and activities."""
    session, actor = read_session(), access.the_actor()
    on = query.day_of(request.args.get("on"))
    page = state_page(session, actor, alpha3, on, request.args.get("after"))
    return render_template("states/state.html", page=page, names=names_of(page.state))


def _asked() -> tuple[query.MatrixForm, query.MatrixQuery, bool]:
    group = query.own_group(read_session(), access.the_actor(), demo=_demo())
    return query.read(request.args, default_group=group, demo=_demo())


def _demo() -> bool:
    return bool(current_app.extensions["settings"].demo_data)
