"""An IMAP server on loopback that knows as much as a reader of reports asks for, and keeps what was said to it."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class ImapServer:
    """Speaks TLS. `mails` are its mails; `commands` what the client said, without the tags."""

    def __init__(self, mails: Sequence[bytes], context: ssl.SSLContext, password: str = "s3cret") -> None:
        self.mails, self.password = list(mails), password
        self.commands: list[str] = []
        server = self

        class Session(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with context.wrap_socket(self.request, server_side=True) as secure, secure.makefile("rb") as said:
                    secure.sendall(b"* OK ready\r\n")
                    while line := said.readline():
                        tag, _, command = line.decode().strip().partition(" ")
                        server.commands.append(command)
                        verdict = f"{tag} {server._verdict(command)}\r\n".encode()
                        secure.sendall(b"".join(server._answer(command)) + verdict)
                        if command == "LOGOUT":
                            return

        class Server(socketserver.ThreadingTCPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up is no news."""

        self._server = Server(("127.0.0.1", 0), Session)
        self.port: int = self._server.server_address[1]

    @contextmanager
    def running(self) -> Iterator[ImapServer]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def _verdict(self, command: str) -> str:
        if command.startswith("LOGIN") and self.password not in command:
            return "NO [AUTHENTICATIONFAILED] wrong password"
        if command.startswith(("EXAMINE", "SELECT")) and "INBOX" not in command:
            return "NO no such mailbox"
        return "OK done"

    def _answer(self, command: str) -> Iterator[bytes]:
        if command == "CAPABILITY":
            yield b"* CAPABILITY IMAP4rev1\r\n"
        if command.startswith("EXAMINE"):
            yield b"* %d EXISTS\r\n" % len(self.mails)
        if command.startswith("SEARCH"):
            yield b"* SEARCH " + b" ".join(b"%d" % n for n in range(1, len(self.mails) + 1)) + b"\r\n"
        if found := re.match(r"FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            mail = self.mails[int(found[1]) - 1][: int(found[2])]
            yield b"* %s FETCH (BODY[]<0> {%d}\r\n%s)\r\n" % (found[1].encode(), len(mail), mail)
        if found := re.match(r"FETCH ([\d,]+) \(BODYSTRUCTURE\)", command):
            for number in found[1].split(","):
                kind = b'"CALENDAR"' if b"text/calendar" in self.mails[int(number) - 1] else b'"PLAIN"'
                yield b'* %s FETCH (BODYSTRUCTURE ("TEXT" %s NIL NIL NIL "7BIT" 1 1))\r\n' % (number.encode(), kind)
        if command == "LOGOUT":
            yield b"* BYE\r\n"
