"""One case on stage: every act is the use case behind a button, with the key and version that the page would carry."""

from __future__ import annotations

from app.demo.acts.assessing import Assessing
from app.demo.acts.consenting import Consenting
from app.demo.acts.consulting import Consulting
from app.demo.acts.deciding import Deciding
from app.demo.acts.delivering import Delivering
from app.demo.acts.funding import Funding
from app.demo.acts.participating import Participating
from app.demo.acts.planning import Planning
from app.demo.acts.requesting import Requesting
from app.demo.acts.screening import Screening
from app.demo.acts.writing import Writing


class Case(
    Requesting,
    Consenting,
    Writing,
    Screening,
    Assessing,
    Consulting,
    Planning,
    Deciding,
    Funding,
    Delivering,
    Participating,
):
    """A case with everything that can be done about it; each group of acts stands in its own module of `acts`."""
