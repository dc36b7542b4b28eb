"""Delivery reports as mail servers write them: what is read of them, and what is none."""

from __future__ import annotations

import pytest

from app.notifications.bounces import Reported, read_report

REPORT = """\
From: MAILER-DAEMON@relay.example.org (Mail Delivery System)
To: accede@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org
Arrival-Date: Thu, 22 Oct 2026 15:00:00 +0000

Final-Recipient: rfc822; Registry@Example.ORG
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--cut
Content-Type: {kind}

From: accede@example.org
Message-ID: <{message_id}>
Subject: Request TPB-2026-0001

--cut--
"""


def report(**changes: str) -> bytes:
    usual = {"action": "failed", "status": "5.1.1", "kind": "message/rfc822", "message_id": "abc.def@example.org"}
    return REPORT.format(**(usual | changes)).encode()


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "text/rfc822-headers", "text/rfc822-headers; charset=x-user-defined"]
)
def test_a_report_names_mail_recipient_and_status(kind: str) -> None:
    assert read_report(report(kind=kind)) == [Reported("abc.def", "registry@example.org", "failed", "5.1.1")]


def test_line_ends_of_the_wire_are_read_as_well() -> None:
    assert read_report(report().replace(b"\n", b"\r\n")) == read_report(report())


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("Failed", "5.2.2 (mailbox full of letters)")]
)
def test_the_action_is_read_as_it_stands(action: str, status: str) -> None:
    (one,) = read_report(report(action=action, status=status))
    assert (one.action, one.status) == (action.lower(), status[:20])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00 no mail at all",
        b"From: somebody@example.org\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n",
        report(message_id="").replace(b"Message-ID: <>\n", b""),
        report().replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
        report().replace(b"multipart/report", b"multipart/mixed"),
        report()[:300],
    ],
)
def test_what_is_no_report_says_nothing(content: bytes) -> None:
    assert read_report(content) == []
