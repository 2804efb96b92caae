"""Mail servers on loopback: a well-behaved one (aiosmtpd), and one that fails at a given word."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

USER, PASSWORD = "desk", "correct horse"
HANG, CLOSE = "hang", "close"


class Inbox:
    """What arrived. `refusals` answers instead, by the word of the protocol ("RCPT", "DATA")."""

    def __init__(self, **refusals: str) -> None:
        self.received: list[Envelope] = []
        self._refusals = refusals

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd's name
        if "RCPT" in self._refusals:
            return self._refusals["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        if "DATA" in self._refusals:
            return self._refusals["DATA"]
        self.received.append(envelope)
        return "250 queued as 42"


@contextmanager
def mail_server(
    inbox: Inbox, *, implicit: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, login: bool = False
) -> Iterator[int]:
    """A server that takes mail; yields its port."""
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=implicit,
        tls_context=starttls,
        require_starttls=starttls is not None,
        auth_required=login,
        auth_require_tls=implicit is None,
        authenticator=_authenticated,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def certificates(authority: trustme.CA) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For a server on 127.0.0.1, and for a client that trusts it."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


class BadServer:
    """Answers each word as told ("450 later", HANG, CLOSE).

    `taken` counts the final dots, `reached` is set once it hangs.
    """

    def __init__(self, **answers: str) -> None:
        self._answers = {"CONNECT": "220 hello", "DATA": "354 go", "DOT": "250 queued", "QUIT": "221 bye"} | answers
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self.port = self._listener.getsockname()[1]
        self.taken = 0
        self.reached = Event()
        self._thread = Thread(target=self._serve)

    def __enter__(self) -> BadServer:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        for each in (self._listener, *self._connections):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._connections.append(connection)
                self._converse(connection)

    def _converse(self, connection: socket.socket) -> None:
        with suppress(OSError), connection.makefile("rb") as lines:
            if not self._answer(connection, "CONNECT"):
                return
            for line in lines:
                word = line.split()[0].decode().upper() if line.strip() else ""
                if not self._answer(connection, word):
                    return
                begins = word == "DATA" and self._answers["DATA"].startswith("354")
                if begins and not (self._takes_body(lines) and self._answer(connection, "DOT")):
                    return

    def _takes_body(self, lines) -> bool:
        for line in lines:
            if line == b".\r\n":
                self.taken += 1
                return True
        return False

    def _answer(self, connection: socket.socket, word: str) -> bool:
        """False if the conversation is over."""
        answer = self._answers.get(word, "250 OK")
        if answer == CLOSE:
            connection.shutdown(socket.SHUT_RDWR)
            connection.close()
            return False
        if answer == HANG:
            self.reached.set()
            return False
        connection.sendall(answer.encode() + b"\r\n")
        return True


def _authenticated(server, session, envelope, mechanism, data) -> AuthResult:
    is_known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, handled=False)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
