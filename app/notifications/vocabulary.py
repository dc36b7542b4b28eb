"""The words of the outbox: where a message stands, and why a delivery failed."""

from enum import StrEnum


class MessageState(StrEnum):
    """Where one mail stands.

    `WITHHELD` is final: when the mail was about to leave, its recipient might no longer be told, or what it announced
    was over (a code that expired).
    """

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    WITHHELD = "withheld"


class Failure(StrEnum):
    """Why a mail was not delivered: a code for the administrator, never what a server wrote."""

    SERVER_UNREACHABLE = "server_unreachable"
    SERVER_REFUSED = "server_refused"
    ADDRESS_REFUSED = "address_refused"
    ADDRESS_UNUSABLE = "address_unusable"
    TRY_LATER = "try_later"
    CONTENT_REFUSED = "content_refused"
    CONNECTION_LOST = "connection_lost"
    NOT_RENDERED = "not_rendered"
    LEASE_EXPIRED = "lease_expired"
    NOT_PERMITTED = "not_permitted"
    OVER = "over"
