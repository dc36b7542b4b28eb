"""Why a file is not taken."""

from __future__ import annotations

from typing import Any


class Unfit(ValueError):
    """A file that is not taken.

    Attributes:
        code: key of the table of texts; each reason has a sentence of its own.
        params: values for the sentence.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = f"document.{code}"
        self.params = params
