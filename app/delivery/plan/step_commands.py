"""What the steps of a plan take, from its proposal to its agreement: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.casework.commands import CaseCommand, Words


class OfVersion(CaseCommand):
    """About the version of the plan that the page showed.

    Attributes:
        plan: its number.
    """

    plan: Annotated[int, Field(ge=1)]


class ProposePlan(OfVersion):
    """Put the draft to the State."""


class RequestChanges(OfVersion):
    """Say what should change before the State agrees.

    Attributes:
        comment: in the State's words; the Branch reads them.
    """

    comment: Words = ""


class AgreePlan(OfVersion):
    """Agree to the plan, for the State."""


class LapsePlan(OfVersion):
    """End a request whose plan was not answered."""


class Reschedule(CaseCommand):
    """Take an agreed plan up again, because it changes in substance.

    Attributes:
        what_changed: what changes and why; the State reads it.
    """

    what_changed: Words = ""
