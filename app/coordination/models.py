"""Consultations of one request: a row for each body and round, and every position as it was given."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.coordination.vocabulary import Came, ClosedHow, DeliveredHow, ObjectionGround, OpeningRule
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.workflow.vocabulary import Body, Position

PARTNER_LENGTH = 120
ADDRESS_LENGTH = 254
NAME_LENGTH = 200
#: As text, so that PostgreSQL recognises the partial index also when a statement was prepared.
IS_OPEN = text("closed_at IS NULL")


class Consultation(Base):
    """One body asked about one request, in one round; a later round is a row of its own.

    What was asked never changes. Due dates are not here: history says them, see `facts`.

    Attributes:
        partner: name of the organization; empty for CTC/CTED and the Office of Legal Affairs.
        address: where a partner gets its notice; empty for bodies with liaisons.
        round: 1 for the first time that this body is asked.
        former_id: the round before this one.
        rule: why it was opened.
        brief: what the body is shown, as it stood when it was asked; see `briefs.Brief`.
        notice_delivered_at: when the notice was first provably delivered, and `delivered_how`.
        more_time_at: when the body asked for more time.
        position: what it answered, or how the round ended without an answer.
        closed_at: since when nobody waits for an answer, and `closed_how`.
        objection_withdrawn_at: when the body took its objection back.
        stands: whether the answer still holds for the request as it is now; an officer says when it does not.
    """

    __tablename__ = "consultations"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "body", "partner", "round"),
        code_check("body", Body),
        code_check("rule", OpeningRule),
        code_check("delivered_how", DeliveredHow),
        code_check("position", Position),
        code_check("closed_how", ClosedHow),
        CheckConstraint("round > 0 AND (round = 1) = (former_id IS NULL)", name="round"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("(body = 'partner') = (partner <> '')", name="partner_named"),
        CheckConstraint("(notice_delivered_at IS NULL) = (delivered_how IS NULL)", name="delivered_somehow"),
        CheckConstraint("(closed_at IS NULL) = (closed_how IS NULL)", name="closed_somehow"),
        CheckConstraint(
            "(position IS NOT NULL) = (closed_how IS NOT NULL AND closed_how NOT IN ('overtaken', 'request_ended'))",
            name="closed_with_position",
        ),
        CheckConstraint(
            "position IS NULL OR (position = 'deemed_no_objection') = (closed_how = 'deemed')", name="deemed_by_silence"
        ),
        # The Office of Legal Affairs and partners are never deemed; only a notice that arrived is left unanswered.
        CheckConstraint(
            "position IS NULL OR position <> 'deemed_no_objection' "
            "OR (body = 'ctc_cted' AND notice_delivered_at IS NOT NULL)",
            name="deemed_after_delivery",
        ),
        # Nobody proceeds without CTC/CTED.
        CheckConstraint(
            "position IS NULL OR (position = 'no_answer') = (closed_how = 'proceeded' AND body <> 'ctc_cted')",
            name="proceeded_without",
        ),
        CheckConstraint(
            "objection_withdrawn_at IS NULL OR (position IS NOT NULL AND position = 'objection')",
            name="objection_withdrawn",
        ),
        Index("ix_consultations_asked_at", "asked_at"),
        Index("ix_consultations_open", "body", "case_id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    body: Mapped[Body] = mapped_column(Code(Body))
    partner: Mapped[str] = mapped_column(String(PARTNER_LENGTH), default="")
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), default="")
    round: Mapped[int] = mapped_column(default=1)
    former_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"))
    rule: Mapped[OpeningRule] = mapped_column(Code(OpeningRule))
    brief: Mapped[dict[str, Any]]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    notice_delivered_at: Mapped[datetime | None]
    delivered_how: Mapped[DeliveredHow | None] = mapped_column(Code(DeliveredHow))
    more_time_at: Mapped[datetime | None]
    position: Mapped[Position | None] = mapped_column(Code(Position))
    closed_at: Mapped[datetime | None]
    closed_how: Mapped[ClosedHow | None] = mapped_column(Code(ClosedHow))
    objection_withdrawn_at: Mapped[datetime | None]
    stands: Mapped[bool] = mapped_column(default=True, server_default=true())
    version: Mapped[int] = mapped_column(default=1)

    @property
    def open(self) -> bool:
        """Whether the body still has to answer."""
        return self.closed_at is None

    @property
    def objects(self) -> bool:
        """Whether an objection stands."""
        return self.position is Position.OBJECTION and self.objection_withdrawn_at is None


class ConsultationPosition(Base):
    """One position as it was given. Its words never change; a correction is a row of its own.

    Attributes:
        ground: of an objection.
        given_by_id: the liaison who gave it; None when it came otherwise.
        in_name_of: who gave it, as the link's form or the recording officer says; empty for a liaison's own.
        recorded_by_id: the officer who recorded what came by mail or telephone.
        document_id: the original that the officer attached.
        note: what the officer noted of a call; it counts as the original of what was said by telephone.
        correctable_until: until when the body may correct what an officer recorded.
        replaces_id: the position that this one corrects.
    """

    __tablename__ = "consultation_positions"
    __table_args__ = of_case(
        code_check("position", Position),
        code_check("ground", ObjectionGround),
        code_check("came", Came),
        CheckConstraint("position IN ('no_objection', 'comment', 'objection', 'also_acting')", name="a_body_says_this"),
        CheckConstraint("position = 'no_objection' OR text <> ''", name="said_in_words"),
        CheckConstraint("(position = 'objection') = (ground IS NOT NULL)", name="objection_has_a_ground"),
        CheckConstraint("(came IN ('mail', 'telephone')) = (recorded_by_id IS NOT NULL)", name="recorded_by_somebody"),
        CheckConstraint("came <> 'mail' OR document_id IS NOT NULL", name="mail_with_its_original"),
        CheckConstraint("came <> 'telephone' OR document_id IS NOT NULL OR note <> ''", name="call_with_its_note"),
        CheckConstraint("came <> 'inbox' OR given_by_id IS NOT NULL", name="given_by_a_liaison"),
        UniqueConstraint("replaces_id"),
        Index("ix_consultation_positions_consultation_id", "consultation_id", "id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    position: Mapped[Position] = mapped_column(Code(Position))
    ground: Mapped[ObjectionGround | None] = mapped_column(Code(ObjectionGround))
    text: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8), default="en")
    came: Mapped[Came] = mapped_column(Code(Came))
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    in_name_of: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    note: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime] = mapped_column(default=now)
    correctable_until: Mapped[datetime | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_positions.id"))
