"""Agreements of CTC/CTED on record, with a letter in the store."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from app.foundation.clock import now
from app.foundation.db import new_public_key, write_transaction
from app.reference import cache
from app.reference.models import BodyAgreement
from app.reference.vocabulary import AgreementKind
from app.workflow.vocabulary import AssistanceType, Body
from tests.factories.documents import stored_file
from tests.factories.people import Cast

LETTER = "CTED/2026/117"


def agree(
    app: Flask,
    cast: Cast,
    *,
    types: tuple[AssistanceType, ...] = (),
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> str:
    """Put an agreement on record and return its key.

    Args:
        types: classes of a standing no-objection, which then needs `valid_to`; none makes it the silence rule.
        valid_from: first instant in force; now unless given.
    """
    stored = stored_file(app, "letter.pdf")
    key, at = new_public_key(), now()
    with app.app_context(), write_transaction(None) as session:
        session.add(
            BodyAgreement(
                key=key,
                body=Body.CTC_CTED,
                kind=AgreementKind.STANDING_NO_OBJECTION if types else AgreementKind.SILENCE_RULE,
                types=[kind.value for kind in types],
                letter_reference=LETTER,
                letter_date=at.date(),
                valid_from=valid_from or at,
                valid_to=valid_to,
                recorded_at=at,
                recorded_by_id=cast.branch_chief.id,
                **stored.model_dump(include={"file_name", "media_type", "size", "sha256", "storage_name"}),
            )
        )
        cache.changed(session)
    cache.forget()
    return key
