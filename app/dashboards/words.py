"""What is said of one figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """What a figure is called and how it is defined.

    Attributes:
        parts: words by part, in the order in which they are shown; empty where parts are States, people or numbers.
    """

    title: Any
    definition: Any
    target: Any = None
    parts: Mapping[str, Any] = field(default_factory=dict)
