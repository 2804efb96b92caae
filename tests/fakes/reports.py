"""Delivery reports as mail servers write them."""

from __future__ import annotations

ORIGINAL = "<1a2b@atenbi.example>"


def report(
    *,
    original: str = ORIGINAL,
    action: str = "failed",
    recipient: str = "nora@harbour.example",
    diagnostic: str = "smtp; 550 5.1.1 <nora@harbour.example>: no such user",
    quoted: str = "message/rfc822",
) -> bytes:
    """As Postfix writes it, with the original (or its headers) enclosed."""
    return f"""\
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: contact@atenbi.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce@relay.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 4F2A

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: {diagnostic}

--b1
Content-Type: {quoted}

Message-ID: {original}
From: contact@atenbi.example
To: nora@harbour.example
Subject: Your proposal

Dear Nora

--b1--
""".replace("\n", "\r\n").encode()
