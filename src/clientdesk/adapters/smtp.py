"""Handing a finished mail to a mail server, with the phases told apart so that it never goes out twice."""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

from clientdesk.documents.mail_address import BadAddress, wire_address
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.mail import Message, MessageState, Undelivered

_IMPLICIT_TLS_PORT = 465
_GOODBYE_SECONDS = 5
_OK, _GO_AHEAD = 250, 354
_ACCEPTED = frozenset({_OK, 251, 252})
_TEMPORARY, _PERMANENT = range(400, 500), range(500, 600)


class SmtpMode(StrEnum):
    """How the connection is kept secret: from the first byte, from STARTTLS on, or not at all."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


class BadMailServer(Refusal):
    """The mail server's settings can't be used."""


def mode_for(host: str, port: int) -> SmtpMode:
    """The mode where none was named: no secret is needed to this machine itself, STARTTLS to any other."""
    if port == _IMPLICIT_TLS_PORT:
        return SmtpMode.IMPLICIT
    return SmtpMode.NONE if is_loopback(host) else SmtpMode.STARTTLS


def is_loopback(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class NoMailServer:
    """`ports.mail.Mailer` where none is configured: mails stay in the outbox folder."""

    is_configured = False

    def deliver(self, message: Message) -> str:
        raise Undelivered(MessageState.RETRYABLE, f"no mail server is configured; {message.subject!r} was not sent")


class SmtpMailer:
    """`ports.mail.Mailer` by SMTP. `sender` is the envelope's; `timeout` (seconds) limits each wait for the server.

    With `redirect_to` every mail goes to that address, its headers unchanged. `trusted` replaces the system's
    certificates; a server that can't show a valid one is never spoken to.
    """

    def __init__(
        self,
        host: str,
        port: int,
        mode: SmtpMode,
        user: str,
        password: str,
        timeout: float,
        sender: str,
        redirect_to: str = "",
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        if mode is SmtpMode.NONE and user and not is_loopback(host):
            raise BadMailServer(f"the password for {host} would go over the network in clear: use starttls or implicit")
        self._host, self._port, self._mode = host, port, mode
        self._user, self._password, self._timeout = user, password, timeout
        self._sender = wire_address(sender)
        self._redirect_to = wire_address(redirect_to) if redirect_to else ""
        self._trusted = trusted or ssl.create_default_context()

    @property
    def is_configured(self) -> bool:
        return True

    def deliver(self, message: Message) -> str:
        recipient = self._redirect_to or _address_of(message)
        with self._connection() as connection:
            _announce(connection, self._sender, recipient, len(message.source))
            answer = _hand_over(connection, message.source)
            _say_goodbye(connection)
        return answer

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        with self._retryable_if_unreachable():
            connection = self._connected()
        try:
            with self._retryable_if_unreachable():
                self._introduce(connection)
            yield connection
        finally:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        own_name = self._sender.rpartition("@")[2]
        if self._mode is SmtpMode.IMPLICIT:
            return smtplib.SMTP_SSL(self._host, self._port, own_name, timeout=self._timeout, context=self._trusted)
        return smtplib.SMTP(self._host, self._port, own_name, timeout=self._timeout)

    def _introduce(self, connection: smtplib.SMTP) -> None:
        if self._mode is SmtpMode.STARTTLS:
            connection.starttls(context=self._trusted)
        if self._user:
            connection.login(self._user, self._password)
        connection.ehlo_or_helo_if_needed()

    @contextmanager
    def _retryable_if_unreachable(self) -> Iterator[None]:
        """Whatever goes wrong before the mail is named is the server's or the settings' fault, not the mail's."""
        where = f"{self._host}:{self._port}"
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            reason = f"{where} shows a certificate that is not trusted: {error.verify_message}"
            raise Undelivered(MessageState.RETRYABLE, reason) from error
        except smtplib.SMTPAuthenticationError as error:
            reason = f"{where} refused the login: {_said(error.smtp_code, error.smtp_error)}"
            raise Undelivered(MessageState.RETRYABLE, reason) from error
        except smtplib.SMTPNotSupportedError as error:
            reason = f"{where} does not offer {self._mode} as the settings ask: {error}"
            raise Undelivered(MessageState.RETRYABLE, reason) from error
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise Undelivered(MessageState.RETRYABLE, f"{where} can't be reached: {error}") from error


def _address_of(message: Message) -> str:
    try:
        return wire_address(message.key.recipient)
    except BadAddress as error:
        raise Undelivered(MessageState.REJECTED, str(error)) from error


def _announce(connection: smtplib.SMTP, sender: str, recipient: str, size: int) -> None:
    """Up to the server's word to begin: no byte of the mail has gone out, so a failure can be tried again."""
    options = [f"size={size}"] if connection.has_extn("size") else []
    try:
        _accepted("the sender", *connection.mail(sender, options))
        _accepted("the recipient", *connection.rcpt(recipient))
        _accepted("the mail", *connection.docmd("DATA"), good=frozenset({_GO_AHEAD}))
    except (smtplib.SMTPException, OSError) as error:
        raise Undelivered(MessageState.RETRYABLE, f"the server fell silent before the mail: {error}") from error


def _hand_over(connection: smtplib.SMTP, source: bytes) -> str:
    """From the first byte on, silence means that nobody knows: a person looks whether it arrived."""
    try:
        connection.send(_dotted(source))
        code, answer = connection.getreply()
    except (smtplib.SMTPException, OSError) as error:
        reason = f"the server fell silent after the mail was handed over: {error}"
        raise Undelivered(MessageState.UNCERTAIN, reason) from error
    _accepted("the mail", code, answer, otherwise=MessageState.UNCERTAIN)
    return _said(code, answer)


def _accepted(
    what: str,
    code: int,
    answer: bytes,
    *,
    good: frozenset[int] = _ACCEPTED,
    otherwise: MessageState = MessageState.RETRYABLE,
) -> None:
    if code in good:
        return
    state = otherwise
    if code in _TEMPORARY:
        state = MessageState.RETRYABLE
    elif code in _PERMANENT:
        state = MessageState.REJECTED
    raise Undelivered(state, f"the server refused {what}: {_said(code, answer)}")


def _dotted(source: bytes) -> bytes:
    """The mail with its lines' leading dots doubled, and the final dot."""
    lines = source if source.endswith(b"\r\n") else source + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n"


def _say_goodbye(connection: smtplib.SMTP) -> None:
    """The mail is the server's by now; how it takes its leave changes nothing."""
    if connection.sock:
        connection.sock.settimeout(_GOODBYE_SECONDS)
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()


def _said(code: int, answer: bytes | str) -> str:
    said = answer if isinstance(answer, str) else answer.decode("utf-8", "replace")
    return " ".join(f"{code} {said}".split())
