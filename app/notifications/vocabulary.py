"""The words of notices and of the outbox: their kinds, where a message stands, and why a delivery failed."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a message is about, in the few words by which people choose how to be told."""

    STEPS = "steps"
    QUESTIONS = "questions"
    MESSAGES = "messages"
    DEADLINES = "deadlines"
    CONSULTATIONS = "consultations"
    DECISIONS = "decisions"
    ACCOUNT = "account"


class MailChoice(StrEnum):
    """How the mails of one kind come. Notices inside the product stay in any case."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


#: What is never withheld nor kept for later, whatever a person chose before.
ALWAYS_AT_ONCE = frozenset({NoticeKind.ACCOUNT})


class MessageState(StrEnum):
    """Where one mail stands.

    `GATHERED` waits for, or stands in, the recipient's daily digest and ends with it.

    `WITHHELD` is final: when the mail was about to leave, its recipient might no longer be told, or what it announced
    was over (a code that expired).
    """

    PENDING = "pending"
    LEASED = "leased"
    GATHERED = "gathered"
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
    NOT_WANTED = "not_wanted"
