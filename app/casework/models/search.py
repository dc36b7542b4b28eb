"""Under which terms a case is found."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.db import CASE_BEARING, Base


class CaseTerm(Base):
    """One term of one submitted case: a folded word of its title, its people, its number or its State.

    Written by a trigger of the database whenever `cases.terms` is. Rows and not a text index of PostgreSQL: behind
    row-level security only comparisons that tell nothing of what they compare may use an index, and those of full text
    and of similarity are not among them (decision 0009).
    """

    __tablename__ = "case_search"
    __table_args__ = (
        *of_case(Index("ix_case_search_term", "term", "case_id"))[:-1],
        CASE_BEARING | {"sqlite_with_rowid": False},
    )

    case_id: Mapped[int] = mapped_column(primary_key=True)
    # in the order of code points, so that words with one beginning stand together
    term: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True)
    state_id: Mapped[int]
