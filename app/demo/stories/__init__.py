"""The twenty stories of the demo, each a case of an invented State."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.demo.director import Story
from app.demo.stage import Stage
from app.demo.stories import preparing, received, returned, reviewed

#: How each case came to where it stands.
STORIES: Final[tuple[Callable[[Stage], Story], ...]] = (
    preparing.draft_begun,
    preparing.draft_without_consents,
    preparing.draft_sent_back,
    preparing.with_mission,
    preparing.with_mission_too_long,
    preparing.discarded,
    received.submitted_alone,
    received.submitted_waiting,
    received.screening_begun,
    received.urgent,
    received.screening_too_long,
    received.revived,
    received.answered,
    returned.returned,
    returned.about_to_lapse,
    returned.lapsed,
    returned.withdrawn,
    reviewed.in_review,
    reviewed.in_review_too_long,
    reviewed.in_review_reassigned,
)
