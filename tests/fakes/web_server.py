"""An HTTP server on the loopback address that answers as a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

Answer = tuple[int, Mapping[str, str], bytes]


class WebServer:
    """`answers` maps paths to (status, headers, content), or to a function that is called for each question."""

    def __init__(self, answers: Mapping[str, Answer | Callable[[], Answer]]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self.address = ""

    def answer(self, path: str) -> Answer:
        found = self.answers.get(path, (404, {}, b""))
        return found() if callable(found) else found


@contextmanager
def answering(answers: Mapping[str, Answer | Callable[[], Answer]]) -> Iterator[WebServer]:
    web = WebServer(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(self.path)
            web.asked.append(path)
            web.headers.append(dict(self.headers))
            status, headers, content = web.answer(path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.do_GET()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the server's own name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    web.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
