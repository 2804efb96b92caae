"""An OSV query service on the loopback address, with advisories of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def advisory(name: str, fixed: str, *, number: str = "PYSEC-2026-1", alias: str = "CVE-2026-0001") -> dict[str, object]:
    """An advisory in OSV's shape, about every version before `fixed`."""
    events = [{"introduced": "0"}, {"fixed": fixed}]
    affected = {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    return {
        "schema_version": "1.6.0",
        "id": number,
        "aliases": [alias],
        "summary": f"{name} lets anybody in",
        "published": "2026-01-05T10:00:00Z",
        "affected": [affected],
    }


class OsvService:
    """`known` maps names to advisories, `broken` are names whose query ends in an error of the server."""

    def __init__(self, known: Mapping[str, Sequence[Mapping[str, object]]], broken: Sequence[str] = ()) -> None:
        self.known = known
        self.broken = set(broken)
        self.asked: list[tuple[str, str]] = []
        self.address = ""

    def answer(self, question: dict) -> tuple[int, dict]:
        name = question["package"]["name"]
        self.asked.append((name, question["version"]))
        if name in self.broken:
            return 500, {}
        known = self.known.get(name, ())
        return 200, {"vulns": list(known)} if known else {}


@contextmanager
def serving(service: OsvService) -> Iterator[OsvService]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = service.answer(question)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the server's own name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_port}/v1/query"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
