"""Web servers on loopback that git talks to: one that serves repositories, one that only answers with a status."""

from __future__ import annotations

import os
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server that lives as long as the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def repositories_under(root: Path, *, filters: bool = True, seen: list[str] | None = None) -> type:
    """Serves every repository of a folder by git's own server program; `seen` collects the requests."""

    class Handler(_Quiet):
        def answer(self) -> None:
            if seen is not None:
                seen.append(f"{self.command} {self.path}")
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            environment = {
                "PATH": os.environ["PATH"],
                "GIT_PROJECT_ROOT": str(root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_COUNT": "2",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
                "GIT_CONFIG_KEY_1": "uploadpack.allowFilter",
                "GIT_CONFIG_VALUE_1": "true" if filters else "false",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "REMOTE_ADDR": "127.0.0.1",
            }
            done = subprocess.run(
                ["git", "http-backend"], input=body, env=environment, capture_output=True, check=False
            )
            head, _, content = done.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
            self.send(int(headers.pop("Status", "200").split()[0]), content, headers)

    return Handler


def status_only(status: int, headers: dict[str, str] | None = None) -> type:
    """Answers everything with one status."""

    class Handler(_Quiet):
        def answer(self) -> None:
            self.send(status, b"<html>\n<p>Hello\n</html>\n", headers or {})

    return Handler


class _Quiet(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        with suppress(ConnectionError):  # a client that was stopped
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Nothing on the terminal."""


def only_for(token: str, handler: type, *, asked: list[str] | None = None) -> type:
    """The same server behind a password: 401 without, 403 with a wrong one. `asked` collects what came as passwords."""

    class Handler(handler):  # type: ignore[misc]
        def answer(self) -> None:
            scheme, _, given = self.headers.get("Authorization", "").partition(" ")
            password = b64decode(given).decode().partition(":")[2] if scheme == "Basic" else ""
            if asked is not None and given:
                asked.append(password)
            if password == token:
                super().answer()
            elif given:
                self.send(403, b"", {})
            else:
                self.send(401, b"", {"WWW-Authenticate": 'Basic realm="private"'})

    return Handler


def leading_to(address: str, *, seen: list[dict[str, str]] | None = None) -> type:
    """Sends everybody to another server."""

    class Handler(_Quiet):
        def answer(self) -> None:
            if seen is not None:
                seen.append(dict(self.headers))
            self.send(302, b"", {"Location": address + self.path})

    return Handler
