"""The database: base class, column kinds, sessions and the use-case transaction."""

from app.foundation.db.base import CASE_BEARING, Base, case_bearing_tables
from app.foundation.db.inserting import insert_rows, insert_unless_there
from app.foundation.db.sessions import db, end_reading, identity_session, init_db, read_session, write_transaction
from app.foundation.db.types import (
    BigInt,
    Code,
    Json,
    Money,
    NullableJson,
    UtcDateTime,
    bigint_pk,
    code_check,
    new_public_key,
    public_key,
)
from app.foundation.db.use_case import NestedUseCase, use_case

__all__ = [
    "CASE_BEARING",
    "Base",
    "BigInt",
    "Code",
    "Json",
    "Money",
    "NestedUseCase",
    "NullableJson",
    "UtcDateTime",
    "bigint_pk",
    "case_bearing_tables",
    "code_check",
    "db",
    "end_reading",
    "identity_session",
    "init_db",
    "insert_rows",
    "insert_unless_there",
    "new_public_key",
    "public_key",
    "read_session",
    "use_case",
    "write_transaction",
]
