"""Mails are written when they leave, in their recipient's language and direction."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_babel import get_locale

from app.foundation.i18n import Language
from app.foundation.wiring import Wiring
from app.notifications import outbox
from app.notifications.messages import MESSAGES
from app.notifications.rendering import in_words
from app.notifications.sender import deliver_due
from tests.support.mail import MailServer
from tests.support.outbox import NUMBER, change_user, person, tell


@pytest.fixture(autouse=True)
def _arabic_and_no_cases(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "wiring", Wiring)
    languages = app.extensions["languages"]
    offered = (Language("ar", "العربية"), Language("en", "English"))
    monkeypatch.setattr(languages, "offered", offered)


def html_of(mail: Any) -> str:
    return str(mail.get_body(("html",)).get_content())


def test_each_recipient_gets_their_own_language_and_direction(app: Flask, smtp_server: MailServer) -> None:
    arabic, english, other = person(app, "arabic", locale="ar"), person(app, "english"), person(app, "other")
    change_user(app, other, locale="tlh")
    tell(app, [arabic, english, other])
    with app.app_context():
        assert deliver_due() == 3
        assert str(get_locale()) == "en", "the language of this context is as it was"
    by_person = {str(mail["To"]): mail for mail in smtp_server.messages}
    mail = by_person["arabic@example.org"]
    assert mail["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in html_of(mail)
    for name in ("english", "other"):
        mail = by_person[f"{name}@example.org"]
        assert mail["Content-Language"] == "en"
        assert '<html lang="en" dir="ltr">' in html_of(mail)
    assert NUMBER in str(by_person["arabic@example.org"]["Subject"])


@pytest.mark.sqlite_only
@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_can_be_written(app: Flask, code: str) -> None:
    """With everything that may be given, and with nothing but the number."""
    with app.app_context():
        full = in_words(
            MESSAGES[code],
            {"number": NUMBER, "due": "2026-04-01", "date": "2026-03-29T01:00:00+00:00"},
            secret="123456",
        )
        assert len(full.paragraphs) == len(MESSAGES[code].body)
        assert "%(" not in " ".join((full.subject, *full.paragraphs))
        assert in_words(MESSAGES[code], {"number": NUMBER}).paragraphs
