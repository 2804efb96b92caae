"""A proxy that answers for every host itself, with certificates of its own authority: a service that is not there."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path
from typing import Self

import trustme


class Forwarder:
    """Answers every request over TLS with `status` and an empty JSON object."""

    def __init__(self, folder: Path, status: int) -> None:
        self._ca = trustme.CA()
        self.authority = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(str(self.authority))
        self._answer = f"HTTP/1.1 {status} No\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}".encode()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                try:
                    self._handle(connection)
                except OSError:
                    continue

    def _handle(self, connection: socket.socket) -> None:
        host = _head(connection).split()[1].rsplit(b":", 1)[0].decode()
        connection.sendall(b"HTTP/1.1 200 Yes\r\n\r\n")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(host).configure_cert(context)
        with context.wrap_socket(connection, server_side=True) as secure:
            _head(secure)
            secure.sendall(self._answer)


def _head(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(4096)
        if not part:
            raise OSError("closed")
        head += part
    return head
