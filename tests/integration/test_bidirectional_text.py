"""Text of any script and direction in every field: it appears as it was written, and its controls are never obeyed."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import Office, User
from app.casework.models import AssistanceRequest, CaseQuestion, CaseRevision, DraftTask
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.foundation.formatting import BIDI_CONTROLS
from app.workflow.vocabulary import Audience, Body, State
from tests.factories import messages
from tests.factories.answers import answers
from tests.factories.cases import Made, at_home, make_cases
from tests.factories.clients import get, quick_client
from tests.factories.people import Cast, cast_of
from tests.support import canaries
from tests.support.clock import StoppedClock

CONTROLS: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: A right-to-left override between letters, then text of both directions that must come through whole.
HOSTILE: Final = "ab\u202ecd \u2067\u200f"
WHOLE: Final = "مكافحة 反恐 (draft 2)"
#: Who walks the pages of which cases, and every list once.
WALKS: Final = {
    "focal_point": (State.DRAFT, State.RETURNED),
    "mission": (State.AWAITING_MISSION,),
    "intake_officer": (State.SCREENING, State.RETURNED),
    "branch_chief": (State.IN_REVIEW,),
    "ctc_liaison": (State.IN_REVIEW,),
    "administrator": (),
}
STATES: Final = sorted({state for states in WALKS.values() for state in states})
#: Where a text stands that its reader is about to change, or that takes no markup inside.
_INPUTS: Final = re.compile(r"<textarea.*?</textarea>|<input\b[^>]*>", re.DOTALL)
#: Words of an element that takes no markup inside; the browser isolates what it shows of them.
_NO_MARKUP: Final = ("title", "option", "button", "textarea", "script", "style")


def typed(field: str) -> str:
    """What somebody typed into `field`."""
    return f"{HOSTILE}{field} {WHOLE}"


def all_answers() -> dict[str, Any]:
    """A request whose every text is of this kind."""
    written = answers(typed("title"))
    written["who"]["contact"] |= {name: typed(name) for name in ("name", "function", "institution", "telephone")}
    written["who"]["beneficiaries"][0]["name"] = typed("beneficiary")
    written["who"]["working_language"] = "ar"
    written["need"] |= {name: typed(name) for name in ("problem", "urgency_trigger", "cted_recommendation")}
    written["rights"] = {name: {"answer": "no", "remark": typed(name)} for name in written["rights"]}
    written["consents"] |= {"partners": "listed", "partners_listed": typed("partners_listed")}
    return written


pytestmark = pytest.mark.sqlite_only  # what a page shows of a text does not hang on the database


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def made(app: Flask, cast: Cast) -> list[Made]:
    """Cases, people, questions and messages in which every text is of this kind."""
    plan = at_home(cast, bodies=(Body.CTC_CTED,), judged=True)
    cases = make_cases(app, cast, [(state, plan) for state in STATES])
    for case in cases:
        messages.put(app, case, cast.focal_point, typed("message"), audience=case_audience(case))
    written = all_answers()
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(update(AssistanceRequest).values(title=typed("title"), lang="ar"))
        for task in session.scalars(select(DraftTask)):
            task.data = written[task.task]
        session.execute(update(CaseQuestion).values(text=typed("question")))
        for user in session.scalars(select(User)):
            user.name = typed(f"person {user.id}")
        session.execute(update(Office).values(name=typed("office")))
        rewrite(session, written)
    return cases


def rewrite(session: Any, written: dict[str, Any]) -> None:
    """A submitted request is append-only: it gets a later revision."""
    for first in session.scalars(select(CaseRevision)):
        later = {"revision": first.revision + 1, "schema_number": 1, "lang": "ar", "data": written}
        people = {"written_by_id": first.written_by_id, "written_at": first.written_at}
        session.add(CaseRevision(case_id=first.case_id, state_id=first.state_id, **later, **people))


def case_audience(case: Made) -> Audience:
    return Audience.STATE_TPB if case.number is None else Audience.ALL


def pages_of(app: Flask, cast: Cast, made: list[Made], name: str) -> dict[str, str]:
    """The lists, the pages of the cases that are walked, and the mails."""
    client, paths = quick_client(app, cast[name]), {}
    for case in made:
        walked = case.state in WALKS[name]
        every = canaries.paths_of(app, case, cast[name].actor)
        paths |= dict.fromkeys(path for path in every if walked or not (case.key in path or "/n/" in path))
    return {path: canaries.as_text(get(app, client, path)) for path in paths} | dict(canaries.mails_to(app, cast[name]))


def test_controls_are_shown_and_texts_come_through_whole(app: Flask, cast: Cast, made: list[Made]) -> None:
    faults, whole = [], 0
    for name in WALKS:
        for where, text in pages_of(app, cast, made, name).items():
            shown = _INPUTS.sub("", text)
            obeyed = BIDI_CONTROLS.search(shown)
            if obeyed:
                around = shown[max(0, obeyed.start() - 70) : obeyed.end() + 40]
                faults.append(f"{name} {where}: U+{ord(obeyed[0]):04X} in {around!r}")
            whole += WHOLE in text
            faults += [f"{name} {where}: {fault}" for fault in unmarked(text)]
    assert not faults, "\n".join(sorted(set(faults))[:60])
    assert whole > 30, "the texts stood nowhere"


def unmarked(text: str) -> list[str]:
    """Where a person's text stands without a direction of its own, so that it turns its neighbours round."""
    if not text.lstrip().startswith("<!doctype"):
        return []
    found = []
    for piece in BeautifulSoup(text, "lxml").find_all(string=re.compile(re.escape(WHOLE))):
        around = [tag for tag in piece.parents if isinstance(tag, Tag)]
        isolated = any(tag.name == "bdi" or tag.get("dir") in ("auto", "ltr") for tag in around)
        if not isolated and around[0].name not in _NO_MARKUP:
            found.append(f"not isolated: <{around[0].name} class={around[0].get('class')}> {str(piece).strip()[:60]!r}")
    return found


def test_every_control_is_one() -> None:
    assert all(BIDI_CONTROLS.fullmatch(control) for control in CONTROLS)
    assert not BIDI_CONTROLS.search("\u200c\u200d עברית مكافحة 反恐 é")
