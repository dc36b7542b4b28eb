"""A draft law that is too large, without JavaScript: the refusal stands beside the file, the text in its fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.workflow.vocabulary import State
from tests.browser.leading import lead_on
from tests.browser.world import World, sign_in
from tests.support.browser import Visitor

pytestmark = pytest.mark.sqlite_only
TITLE = "مشروع قانون – draft of 2026"


def test_a_draft_law_of_40_mb_is_refused_with_the_text_of_the_form_still_there(
    world: World, visitor: Visitor, tmp_path: Path
) -> None:
    law = tmp_path / "law.pdf"
    with law.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(40_000_000)
    tab = visitor.open(javascript=False)
    sign_in(tab, world.cast.focal_point.email)
    tab.goto(f"/cases/{world.cases[State.IN_REVIEW].key}/documents/new")
    tab.get_by_label("File").set_input_files(law)
    tab.get_by_label("Title").fill(TITLE)
    tab.get_by_label("Kind of document").select_option("draft_law")
    tab.get_by_label("My government and TPB", exact=True).check()
    lead_on(tab, tab.get_by_role("button", name="Add the document"))
    expect(tab.get_by_text("The file is larger than 25 MB").first).to_be_visible()
    expect(tab.get_by_label("Title")).to_have_value(TITLE)
    expect(tab.get_by_label("Kind of document")).to_have_value("draft_law")
    expect(tab.get_by_label("My government and TPB", exact=True)).to_be_checked()
    visitor.faults[:] = [fault for fault in visitor.faults if "422" not in fault]  # the browser notes the refusal
