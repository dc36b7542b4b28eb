"""People, their offices and roles, and who stands in for whom.

Sessions, failed tries and the chain of sign-in and role changes stand in the modules beside; importing this one brings
them all.
"""

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.history_models import SecurityHistory, SecurityHistoryHead, SecurityHistoryPayload
from app.accounts.kinds import BODY_OF_KIND, ROLES_OF_KIND, AccountKind
from app.accounts.second_factor import MAILED_CODE, is_required
from app.accounts.session_models import SignInFailure, UserSession
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, new_public_key, public_key
from app.workflow.vocabulary import Body, Role

__all__ = [
    "Office",
    "SecurityHistory",
    "SecurityHistoryHead",
    "SecurityHistoryPayload",
    "SignInFailure",
    "StandIn",
    "User",
    "UserRole",
    "UserSession",
]

_OPEN = text("ended_at IS NULL")
_OF_BODY = text("body IS NOT NULL")
#: An address that was only invited is not taken: who nominates must not learn from a refusal that an account exists.
_IN_USE = text("ended_at IS NULL AND activated_at IS NOT NULL")


def _kind_fits_body() -> CheckConstraint:
    liaison = " OR ".join(f"(kind = '{kind}' AND body = '{body}')" for kind, body in BODY_OF_KIND.items())
    others = ", ".join(f"'{kind}'" for kind in AccountKind if kind not in BODY_OF_KIND)
    return CheckConstraint(f"(kind IN ({others}) AND body IS NULL) OR {liaison}", name="kind_fits_body")


def _role_fits_kind() -> CheckConstraint:
    cells = (
        f"(kind = '{kind}' AND role IN ({', '.join(repr(role.value) for role in sorted(roles))}))"
        for kind, roles in ROLES_OF_KIND.items()
    )
    return CheckConstraint(" OR ".join(cells), name="role_fits_kind")


class Office(Base):
    """An office: where notices go and which telephone number is listed. Never an actor (process page, People)."""

    __tablename__ = "offices"
    __table_args__ = (
        code_check("body", Body),
        CheckConstraint("state_id IS NULL OR body IS NULL", name="one_side"),
        Index("uq_offices_body", "body", unique=True, sqlite_where=_OF_BODY, postgresql_where=_OF_BODY),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    telephone: Mapped[str | None] = mapped_column(String(40))
    state_id: Mapped[int | None] = mapped_column(ForeignKey("states.id"), index=True)
    body: Mapped[Body | None] = mapped_column(Code(Body))


class User(Base, UserMixin):
    """One person with one account of one kind."""

    __tablename__ = "users"
    __table_args__ = (
        code_check("kind", AccountKind),
        code_check("body", Body),
        CheckConstraint("(kind = 'state') = (state_id IS NOT NULL)", name="kind_fits_state"),
        _kind_fits_body(),
        CheckConstraint("NOT may_submit OR kind = 'state'", name="may_submit_is_of_states"),
        CheckConstraint("theme IN ('system', 'light', 'dark')", name="theme"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("ended_at IS NULL OR NOT active", name="ended_is_not_active"),
        # what user_roles refers to, so that a role can be checked against the account's kind by the database
        UniqueConstraint("id", "kind"),
        # somebody who moves gets a new account with the old address
        Index("uq_users_email_in_use", "email", unique=True, sqlite_where=_IN_USE, postgresql_where=_IN_USE),
        CheckConstraint("NOT active OR activated_at IS NOT NULL", name="active_is_activated"),
        Index("ix_users_state_id_kind", "state_id", "kind"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    kind: Mapped[AccountKind] = mapped_column(Code(AccountKind))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    title: Mapped[str | None] = mapped_column(String(200))
    telephone: Mapped[str | None] = mapped_column(String(40))
    locale: Mapped[str] = mapped_column(String(12), default="en")
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    theme: Mapped[str] = mapped_column(String(8), default="system")
    state_id: Mapped[int | None] = mapped_column(ForeignKey("states.id"))
    body: Mapped[Body | None] = mapped_column(Code(Body))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    may_submit: Mapped[bool] = mapped_column(default=False)

    #: False until the invitation was accepted and again when the account ended.
    active: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: new_public_key() * 4)
    password: Mapped[str | None] = mapped_column(String(255))
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(400))
    tf_mailed_secret: Mapped[str | None] = mapped_column(String(400))
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None]

    created_at: Mapped[datetime] = mapped_column(default=now)
    invited_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    #: The roles held now; granted and taken in `app.accounts.roles`, never through this list.
    roles: Mapped[list["UserRole"]] = relationship(  # type: ignore[assignment]
        primaryjoin="and_(UserRole.user_id == User.id, UserRole.ended_at.is_(None))",
        viewonly=True,
        order_by="UserRole.role",
    )

    @property
    def role_codes(self) -> frozenset[Role]:
        """The roles held now."""
        return frozenset(held.role for held in self.roles)

    def check_tf_required(
        self,
        tf_setup_methods: list[tuple[str, str]],
        tf_fresh: bool,
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Tell whether this sign-in needs a second factor: always when one is set up, else by kind of account."""
        return bool(tf_setup_methods) or self.check_tf_required_setup(), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Tell whether this account may not be used without a second factor (security.md, Sign-in)."""
        return is_required(self.kind)

    def tf_send_security_token(self, method: str, **given: Any) -> str | None:
        """Queue the mail with the one-time code of this sign-in or set-up; the code is made when the mail leaves.

        Returns:
            None: a queued mail does not fail here.
        """
        from app.accounts.identity import queue_code  # noqa: PLC0415 - it reads the models

        if method == MAILED_CODE:
            queue_code(self, str(given["totp_secret"]))
        return None


class UserRole(Base, RoleMixin):
    """A role that somebody holds or held, from when to when and by whose grant."""

    __tablename__ = "user_roles"
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "kind"], ["users.id", "users.kind"]),
        code_check("role", Role),
        _role_fits_kind(),
        Index("uq_user_roles_open", "user_id", "role", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        # who drafts for a State and who confirms for it are two persons
        Index(
            "uq_user_roles_one_of_state",
            "user_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND kind = 'state'"),
            postgresql_where=text("ended_at IS NULL AND kind = 'state'"),
        ),
        Index("ix_user_roles_role", "role", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[bigint_pk]
    user_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[AccountKind] = mapped_column(Code(AccountKind))
    role: Mapped[Role] = mapped_column(Code(Role))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    valid_from: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    @property
    def name(self) -> str:  # type: ignore[override]
        """The role's code, under the name that Flask-Security reads."""
        return self.role.value


class StandIn(Base):
    """Who acts for an absent person, from when to when. No chains (process page, People)."""

    __tablename__ = "stand_ins"
    __table_args__ = (
        CheckConstraint("absent_id <> stand_in_id", name="two_persons"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    absent_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]
