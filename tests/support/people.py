"""What invented people of the tests have in common."""

from __future__ import annotations

from typing import Final

PASSWORD: Final = "quince harbour lantern 27"
"""Long enough and on no blocklist, so that the real sign-in accepts it."""
