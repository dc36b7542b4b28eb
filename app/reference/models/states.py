"""States, instruments, and what was changed in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db.base import Base
from app.foundation.db.types import Code, bigint_pk, code_check, public_key
from app.reference.vocabulary import ImportKind, RegionalGroup, StateStatus


class StateRecord(Base):
    """A Member State, an observer State, or an invented State of the demo (`status`)."""

    __tablename__ = "states"
    __table_args__ = (
        code_check("status", StateStatus),
        code_check("regional_group", RegionalGroup),
        # An invented State lives in the user-assigned range, a real one never does.
        CheckConstraint("(status = 'demo') = (alpha3 BETWEEN 'XAA' AND 'XZZ')", name="demo_range"),
        CheckConstraint(
            "status <> 'member' OR (regional_group IS NOT NULL AND admitted_on IS NOT NULL)", name="member"
        ),
        CheckConstraint("length(working_days) = 7", name="working_days"),
        Index("ix_states_status_regional_group", "status", "regional_group"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    alpha3: Mapped[str] = mapped_column(String(3), unique=True)
    alpha2: Mapped[str | None] = mapped_column(String(2), unique=True)
    m49: Mapped[str | None] = mapped_column(String(3), unique=True)
    status: Mapped[StateStatus] = mapped_column(Code(StateStatus))
    name_en: Mapped[str]
    name_fr: Mapped[str]
    name_es: Mapped[str]
    name_ru: Mapped[str]
    name_ar: Mapped[str]
    name_zh: Mapped[str]
    formal_name_en: Mapped[str]
    m49_region: Mapped[str | None] = mapped_column(String(3))
    m49_subregion: Mapped[str | None] = mapped_column(String(3))
    regional_group: Mapped[RegionalGroup | None] = mapped_column(Code(RegionalGroup))
    regional_group_note: Mapped[str] = mapped_column(default="")
    admitted_on: Mapped[date | None]
    ldc: Mapped[bool]
    ldc_until: Mapped[date | None]
    """First day on which the State is no longer a least developed country; decided graduations lie ahead."""
    ldc_note: Mapped[str] = mapped_column(default="")
    lldc: Mapped[bool]
    sids: Mapped[bool]
    time_zone: Mapped[str] = mapped_column(String(64))
    working_days: Mapped[str] = mapped_column(String(7), default="1111100")
    """Seven digits from Monday to Sunday, 1 = working day."""
    source: Mapped[str]


class Instrument(Base):
    """One of the international legal instruments against terrorism, or an amendment or protocol to one."""

    __tablename__ = "instruments"

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    seq: Mapped[int] = mapped_column(unique=True)
    in_2005_set: Mapped[bool]
    short_name: Mapped[str]
    full_title: Mapped[str]
    place: Mapped[str]
    adopted_on: Mapped[date]
    opened_on: Mapped[date | None]
    in_force_on: Mapped[date | None]
    depositary: Mapped[str]
    un_depositary: Mapped[bool]
    """Deposited with the Secretary-General of the United Nations: OLA is consulted (process page, Consultations 6)."""
    unts_citation: Mapped[str]
    subject_area: Mapped[str]
    topics: Mapped[str]
    amends: Mapped[list[str]]
    """Codes of the instruments that it amends or supplements."""
    sources: Mapped[str]
    cross_check: Mapped[str]


class ReferenceImport(Base):
    """One file that was read into reference data, with what it changed."""

    __tablename__ = "reference_imports"
    __table_args__ = (code_check("kind", ImportKind), Index("ix_reference_imports_kind_file_name", "kind", "file_name"))

    id: Mapped[bigint_pk]
    kind: Mapped[ImportKind] = mapped_column(Code(ImportKind))
    file_name: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the file and of the loader's version."""
    rows: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    removed: Mapped[int]
    imported_at: Mapped[datetime] = mapped_column(index=True)
    imported_by: Mapped[int | None]
    """Id of the person; None for the command line and the demo."""


class ReferenceChange(Base):
    """What a row of `states`, `instruments` or `holidays` said before an import changed it."""

    __tablename__ = "reference_changes"
    __table_args__ = (Index("ix_reference_changes_table_name_row_key", "table_name", "row_key"),)

    id: Mapped[bigint_pk]
    import_id: Mapped[int] = mapped_column(ForeignKey("reference_imports.id"), index=True)
    table_name: Mapped[str] = mapped_column(String(40))
    row_key: Mapped[str] = mapped_column(String(80))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class ReferenceVersion(Base):
    """One row whose token changes with every write to reference data, so that processes drop what they cached."""

    __tablename__ = "reference_versions"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[bigint_pk]
    token: Mapped[str] = mapped_column(String(12))
