"""The shape of an e-mail address. Whether it exists shows when a mail arrives."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 254
_SHAPE: Final = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\".]+(\.[^\s@<>()\[\]\\,;:\".]+)+")


def is_address(text: str) -> bool:
    """Tell whether `text` has the shape name@host.domain."""
    return len(text) <= _LONGEST and text.isprintable() and _SHAPE.fullmatch(text) is not None
