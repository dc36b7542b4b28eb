"""Which secrets are good enough, and the demo's own secrets.

A signing key that can be guessed lets anybody forge a session, so start-up refuses it (security.md, Start-up).
"""

from __future__ import annotations

import json
import math
import os
import secrets
import tempfile
from collections import Counter
from pathlib import Path

SECRET_NAMES = ("secret_key", "password_salt", "totp_secret")
MINIMUM_LENGTH = 32
MINIMUM_BITS = 84.0
"""Shannon entropy of the text as it stands; 32 random hexadecimal characters have about 115 bits by this
measure, and one in thousands of them less than 96: the limit lies well below what chance brings."""

KNOWN_DEFAULTS = (
    "changeme",
    "change-me",
    "change_me",
    "password",
    "default",
    "example",
    "insecure",
    "development",
    "topsecret",
)


def weakness(secret: str) -> str | None:
    """Say in words why `secret` must not protect a production system; None when it may."""
    if not secret:
        return "is missing"
    lowered = secret.lower()
    if any(word in lowered for word in KNOWN_DEFAULTS):
        return "contains a known default"
    if len(secret) < MINIMUM_LENGTH:
        return f"is shorter than {MINIMUM_LENGTH} characters"
    if entropy_bits(secret) < MINIMUM_BITS:
        return "is too regular to be random"
    return None


def entropy_bits(text: str) -> float:
    """Shannon entropy of `text` in bits, from the frequencies of its own characters."""
    length = len(text)
    return -sum(count * math.log2(count / length) for count in Counter(text).values())


def new_secrets() -> dict[str, str]:
    """Fresh random secrets, one for each name in `SECRET_NAMES`."""
    return {name: secrets.token_urlsafe(48) for name in SECRET_NAMES}


def demo_secrets(data_dir: Path) -> dict[str, str]:
    """Read the demo's secrets from `data_dir`, making them at the first start.

    Web server and worker start at the same time: the file appears by a hard link, so only one of them wins and both
    read the winner's.

    Raises:
        OSError: `data_dir` cannot be written.
        ValueError: the file is not what this function wrote.
    """
    path = data_dir / "demo-secrets.json"
    if not path.exists():
        _write_once(path, json.dumps(new_secrets(), indent=1))
    stored = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(stored, dict) or any(not isinstance(stored.get(name), str) for name in SECRET_NAMES):
        raise ValueError(f"{path} is damaged; delete it to start with new demo secrets (this signs everybody out)")
    return {name: stored[name] for name in SECRET_NAMES}


def _write_once(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")  # mkstemp creates with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.link(temporary, path)
    except FileExistsError:
        pass  # the other process was first; its secrets are the ones to use
    finally:
        Path(temporary).unlink()
