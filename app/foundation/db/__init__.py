"""The database: base class, column kinds, sessions and the use-case transaction."""

from app.foundation.db.base import CASE_BEARING, Base, case_bearing_tables
from app.foundation.db.sessions import db, identity_session, init_db, read_session, write_transaction
from app.foundation.db.types import (
    BigInt,
    Code,
    Json,
    Money,
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
    "UtcDateTime",
    "bigint_pk",
    "case_bearing_tables",
    "code_check",
    "db",
    "identity_session",
    "init_db",
    "new_public_key",
    "public_key",
    "read_session",
    "use_case",
    "write_transaction",
]
