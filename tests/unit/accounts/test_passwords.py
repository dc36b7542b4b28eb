"""Which passwords are taken (NIST SP 800-63B: length and a blocklist, no composition rules)."""

from __future__ import annotations

import pytest

from app.accounts.passwords import normalise, weakness

PERSON = ("Cleo Marsh", "cleo.marsh@ministry.example.org")


@pytest.mark.parametrize(
    "password",
    [
        "violet tractor lemonade 95",
        "correct tractor staple onion",
        "пятнадцать жёлтых слонов",
        "十五个不同的字符组成的一个很长的密码",
        "tr0ub4dor&3 walks home",
        "quince harbour lantern 27",
    ],
)
def test_long_and_uncommon_is_enough(password: str) -> None:
    assert weakness(normalise(password), PERSON) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("fourteen-chars", "password_too_short"),
        ("x" * 257, "password_too_long"),
        ("aaaaaaaaaaaaaaaaaa", "password_too_simple"),
        ("abababababababab", "password_too_simple"),
        ("passwordpassword", "password_common"),
        ("P@ssw0rd-P@ssw0rd!", "password_common"),
        ("correct horse battery staple", "password_common"),
        ("qwertyuiopasdfghjkl", "password_common"),
        ("1234567890123456789", "password_common"),
        ("Welcome2026Welcome", "password_common"),
        ("Accede Vienna Mission 2026", "password_common"),
        ("cleo marsh ministry", "password_common"),
        ("CleoMarsh-2026-2027", "password_common"),
    ],
)
def test_short_common_or_personal_is_refused(password: str, code: str) -> None:
    assert weakness(normalise(password), PERSON) == code


def test_the_same_password_from_another_keyboard_is_the_same() -> None:
    assert normalise("cafe\u0301 mit fünfzehn") == normalise("caf\u00e9 mit fu\u0308nfzehn")
