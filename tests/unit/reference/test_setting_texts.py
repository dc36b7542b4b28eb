"""Every setting has its name, its explanation, and words for each of its parts."""

from __future__ import annotations

from collections.abc import Mapping

from app.reference.settings import SETTINGS
from app.reference.texts import SETTING_PART_TEXTS, SETTING_TEXTS


def test_every_setting_has_words() -> None:
    assert set(SETTING_TEXTS) == set(SETTINGS)
    parts = {part for one in SETTINGS.values() if isinstance(one.default, Mapping) for part in one.default}
    assert parts == set(SETTING_PART_TEXTS)
    for one in SETTINGS.values():
        assert one.form.validate_python(one.default, strict=True) == one.default
