"""Declarative base: naming convention, type map and the mark of tables that hold case data."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Date, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase

from app.foundation.db.types import BigInt, Json, UtcDateTime

#: Put into `__table_args__` of every table that holds anything about a case. Such a table carries `state_id`, is
#: parted by row-level security on PostgreSQL, and may not be read by a session that has no actor.
CASE_BEARING: dict[str, Any] = {"info": {"case_bearing": True}}


class Base(DeclarativeBase):
    """Base of every model."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInt,
        str: Text,
        datetime: UtcDateTime,
        date: Date,
        dict[str, Any]: Json,
        list[Any]: Json,
        list[str]: Json,
    }


def case_bearing_tables() -> list[Table]:
    """Return the tables marked with `CASE_BEARING`, in an order in which foreign keys can be created."""
    return [table for table in Base.metadata.sorted_tables if table.info.get("case_bearing")]
