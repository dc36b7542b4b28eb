"""Texts of every kind on a case, one for each readership it can have, each with a word unlike anything else.

Every function puts the texts of one kind where people of the product would, and says what gives each of them away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask
from sqlalchemy import select

from app.assessment.vocabulary import Part
from app.casework.audiences import Readership
from app.delivery.plan.models import PlanActivity
from app.documents.models import Document
from app.documents.receiving import StoredFile
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.funding.models import Allocation
from app.funding.sources.models import ContributionLine
from app.funding.vocabulary import LineKind
from tests.factories import messages
from tests.factories.assessment import assessed
from tests.factories.cases import Made
from tests.factories.clients import signed_in
from tests.factories.documents import attach, stored_file
from tests.factories.invitations import agree, answer, keys_of, put_before_the_host, workshop
from tests.factories.money import fund, put_source
from tests.factories.people import AWAY, Cast
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import rows
from tests.support import questions
from tests.support.canaries import words

R = Readership
#: Who writes a message to whom once the request is submitted.
MESSAGE_WRITERS: Final[Mapping[Readership, str]] = {
    R.STATE_TPB: "mission",
    R.ALL: "ctc_liaison",
    R.COORDINATION: "ola_liaison",
    R.TPB_ONLY: "programme_support",
}
#: Who brings a document for whom.
DOCUMENT_BRINGERS: Final[Mapping[Readership, str]] = {
    R.STATE_TPB: "mission",
    R.ALL: "focal_point",
    R.COORDINATION: "ola_liaison",
    R.TPB_ONLY: "manager",
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text that stands in the world.

    Attributes:
        kind: what it is, as a failing test names it.
        readers: for whom it is meant.
        signs: what gives it away, each alone: a word of it, a part of its name, its key.
    """

    kind: str
    readers: Readership
    signs: tuple[str, ...]


def message_within_the_state(app: Flask, cast: Cast, draft: Made) -> Text:
    """What a State says among itself before it submits."""
    word = words("message")[R.OWN_STATE]
    return Text("message", R.OWN_STATE, (word, messages.write(app, cast.focal_point, draft, word, R.OWN_STATE).key))


def messages_to_others(app: Flask, cast: Cast, case: Made) -> list[Text]:
    """One message for each other readership."""
    found = []
    for readers, writer in MESSAGE_WRITERS.items():
        word = words("message")[readers]
        found.append(Text("message", readers, (word, messages.write(app, cast[writer], case, word, readers).key)))
    return found


def document_within_the_state(app: Flask, cast: Cast, draft: Made) -> tuple[Text, Document]:
    """A document that has to be replaced before the request is submitted: nobody else ever reads it."""
    word = words("document")[R.OWN_STATE]
    document = attach(app, cast.focal_point, draft, _file_with(app, word), title=word)
    return Text("document", R.OWN_STATE, (word, document.key)), document


def documents_for_others(app: Flask, cast: Cast, case: Made) -> list[Text]:
    """One document for each other readership; its title, its name and its content have a word each."""
    found = []
    for readers, bringer in DOCUMENT_BRINGERS.items():
        word = words("document")[readers]
        title, file = f"{word}-title", _file_with(app, word)
        document = attach(app, cast[bringer], case, file, audience=readers.audience, title=title)
        found.append(Text("document", readers, (title, f"{word}-name", f"{word}-content", document.key)))
    return found


def _file_with(app: Flask, word: str) -> StoredFile:
    return stored_file(app, f"{word}-name.txt", f"{word}-content".encode())


def assessment(app: Flask, case: Made) -> Text:
    """Findings of the case officer, and that they were signed; the Branch's own."""
    word = words("assessment")[R.TPB_ONLY]
    texts = {
        Part.NEED: ("text", f"need {word}"),
        Part.RIGHTS_REVIEW: ("safeguards", f"safeguards {word}"),
        Part.RISKS: ("text", f"risks {word}"),
        Part.COST_ESTIMATE: ("basis", f"basis {word}"),
        Part.PRIORITY: ("reason", f"reason {word}"),
    }
    assessed(app, case, answers={part: {name: text} for part, (name, text) in texts.items()})
    told = (*(text for _name, text in texts.values()), "Assessment signed", "Priority score", "24,000.00")
    return Text("assessment", R.TPB_ONLY, told)


def questions_of_the_branch(app: Flask, cast: Cast, case: Made) -> list[Text]:
    """A question that was answered, and one whose answer the State has begun and keeps to itself."""
    asked, given, half, changed = (words(mark) for mark in ("asked", "given", "half", "changed"))
    officer, focal = signed_in(app, cast.case_officer), signed_in(app, cast.focal_point)
    questions.ask(officer, case.key, ("other", asked[R.STATE_TPB]))
    questions.answer(focal, case.key, {"answers-0-answer": given[R.STATE_TPB]})
    questions.ask(officer, case.key, ("need.problem", "And what else?"), blocking=True)
    begun = {"answers-0-answer": half[R.OWN_STATE], "answers-0-correction": changed[R.OWN_STATE]}
    assert questions.answer(focal, case.key, begun, button="later").status_code == 303
    return [
        Text("question", R.STATE_TPB, (asked[R.STATE_TPB], given[R.STATE_TPB])),
        Text("answer that was begun", R.OWN_STATE, tuple(begun.values())),
    ]


def consultations(app: Flask, cast: Cast, case: Made) -> Text:
    """CTC/CTED objects, a comment of OLA is recorded from a call, and the request is taken back into review."""
    objection, comment, note, changed = (
        words(mark)[R.COORDINATION] for mark in ("objects", "comments", "noted", "revised")
    )
    ctc, officer = signed_in(app, cast.ctc_liaison), signed_in(app, cast.case_officer)
    said = {"position": "objection", "ground": "visit_or_report", "text": objection}
    assert ctc.submit(ctc.get(f"/cases/{case.key}/position"), said).status_code == 303
    call = {"came": "telephone", "in_name_of": "Vera Nix", "position": "comment", "text": comment, "note": note}
    assert officer.submit(officer.get(f"/cases/{case.key}/record-position"), call).status_code == 303
    assert officer.submit(officer.get(f"/cases/{case.key}/revise"), {"what_changed": changed}).status_code == 303
    return Text("consultation", R.COORDINATION, (objection, comment, note, changed))


def plan_that_is_drafted(app: Flask, cast: Cast, case: Made) -> Text:
    """A version of the plan that was put to nobody yet, changed once through its page."""
    word = words("plan-draft")[R.TPB_ONLY]
    activity = PlannedActivity({"title": f"Course {word}", "results": f"Results {word}"})
    put_plan(app, case, cast.case_officer, [activity], costs=[(f"Cost {word}", 100)], summary=f"Summary {word}")
    ((key,),) = rows(app, select(PlanActivity.key).where(PlanActivity.case_id == case.id))
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/plan/activities/{key}")
    assert client.submit(page, {"city": f"City {word}"}, button=None).status_code == 303
    return Text("plan that is drafted", R.TPB_ONLY, (word, key))


def plan_before_the_state(app: Flask, cast: Cast, case: Made) -> list[Text]:
    """A version of the plan that waits for the State's answer, and what the State says that was invited to it."""
    word = words("plan-proposed")[R.STATE_TPB]
    costs, summary = [(f"Cost {word}", 100)], f"Summary {word}"
    put_plan(app, case, cast.case_officer, [workshop(AWAY)], proposed=True, costs=costs, summary=summary)
    put_before_the_host(app, cast, case)
    (key,) = keys_of(app, case)
    agree(app, cast, case, key)
    said, whom = words("remark")[R.STATE_TPB], words("nominee")[R.STATE_TPB]
    answer(app, cast.away_mission, key, remark=said, nominees=({"name": whom},))
    return [
        Text("plan before the State", R.STATE_TPB, (f"Summary {word}", f"Cost {word}")),
        Text("answer to an invitation", R.STATE_TPB, (said, whom, "Fiji consented")),
    ]


def money(app: Flask, case: Made) -> Text:
    """A source, what was allocated of it and what was noted beside, and a bill that was paid of that."""
    title, note = words("source")[R.TPB_ONLY], words("note")[R.TPB_ONLY]
    source = put_source(app, received=10**7, title=title)
    fund(app, case, minor=1_000_000, source=source, note=note)
    spend(app, case, words("bill")[R.TPB_ONLY])
    return Text("money", R.TPB_ONLY, (title, note, "7,919.31"))


def spend(app: Flask, case: Made, note: str) -> None:
    """Put a line that spends 7,919.31 of the allocation of a case into the ledger."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        allocation = session.scalars(select(Allocation).where(Allocation.case_id == case.id)).one()
        line = {"kind": LineKind.SPENDING, "minor": 7_919_31, "on_date": now().date(), "note": note}
        session.add(ContributionLine(contribution_id=allocation.contribution_id, allocation_id=allocation.id, **line))
