"""Hash chains: an append-only record in which a changed, missing or cut row shows.

A row's hash covers its fields and the hash before it. Its payload is only present by digest, so that a payload may be
erased (a person's right, a discarded draft) and the chain stays valid.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

#: The hash before the first row.
GENESIS = "0" * 64


def new_salt() -> str:
    """Return 32 random hexadecimal characters; without them a digest of a short payload could be guessed."""
    return secrets.token_hex(16)


def canonical(value: Any) -> str:
    """Return the one JSON form of `value`: sorted keys, no spaces, instants in UTC with microseconds."""
    return _CANONICAL.encode(value)


def digest(payload: Mapping[str, Any], salt: str) -> str:
    """Return the SHA-256 of salt and canonical payload."""
    return hashlib.sha256(f"{salt}\n{canonical(payload)}".encode()).hexdigest()


def link(previous_hash: str, fields: Mapping[str, Any]) -> str:
    """Return the hash of a row: SHA-256 of the hash before it and its canonical fields."""
    return hashlib.sha256(f"{previous_hash}\n{canonical(fields)}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no canonical form")


#: Made once: `json.dumps` would make one for each value.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
