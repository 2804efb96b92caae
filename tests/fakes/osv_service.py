"""An OSV query service on the loopback address, with advisories of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def advisory(
    name: str,
    fixed: str,
    *,
    number: str = "PYSEC-2026-1",
    alias: str = "CVE-2026-0001",
    ecosystem: str = "PyPI",
    **more: object,
) -> dict[str, object]:
    """An advisory in OSV's shape, about every version before `fixed`; `more` stands in the record as it is."""
    events = [{"introduced": "0"}, {"fixed": fixed}]
    kind = "SEMVER" if ecosystem in {"npm", "Go"} else "ECOSYSTEM"
    affected = {"package": {"name": name, "ecosystem": ecosystem}, "ranges": [{"type": kind, "events": events}]}
    return {
        "schema_version": "1.6.0",
        "id": number,
        "aliases": [alias],
        "summary": f"{name} lets anybody in",
        "published": "2026-01-05T10:00:00Z",
        "modified": "2026-01-06T10:00:00Z",
        "affected": [affected],
        **more,
    }


class OsvService:
    """`known` maps names to advisories, `broken` are names whose query ends in an error of the server.

    A batch is answered with at most `page` ids a question. `silent` ids have no record to be read.
    """

    def __init__(
        self,
        known: Mapping[str, Sequence[Mapping[str, object]]],
        broken: Sequence[str] = (),
        page: int = 1_000,
        silent: Sequence[str] = (),
    ) -> None:
        self.known = known
        self.broken = set(broken)
        self.page = page
        self.silent = set(silent)
        self.asked: list[tuple[str, str]] = []
        self.read: list[str] = []
        self.address = ""

    def answer(self, question: dict) -> tuple[int, dict]:
        name = question["package"]["name"]
        self.asked.append((name, question["version"]))
        if name in self.broken:
            return 500, {}
        known = self.known.get(name, ())
        return 200, {"vulns": list(known)} if known else {}

    def answer_batch(self, questions: list[dict]) -> tuple[int, dict]:
        if any(question["package"]["name"] in self.broken for question in questions):
            return 400, {"code": 3, "message": "Invalid query"}
        return 200, {"results": [self._mentions(question) for question in questions]}

    def _mentions(self, question: dict) -> dict:
        self.asked.append((question["package"]["name"], question["version"]))
        known = self.known.get(question["package"]["name"], ())
        start = int(question.get("page_token") or 0)
        shown = [{"id": each["id"], "modified": each["modified"]} for each in known[start : start + self.page]]
        more = {"next_page_token": str(start + self.page)} if len(known) > start + self.page else {}
        return {"vulns": shown, **more} if shown else {}

    def record(self, number: str) -> tuple[int, dict]:
        self.read.append(number)
        found = [each for known in self.known.values() for each in known if each["id"] == number]
        return (200, dict(found[0])) if found and number not in self.silent else (404, {})


@contextmanager
def serving(service: OsvService) -> Iterator[OsvService]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            is_batch = self.path.endswith("/querybatch")
            self._send(*(service.answer_batch(question["queries"]) if is_batch else service.answer(question)))

        def do_GET(self) -> None:
            self._send(*service.record(self.path.rpartition("/")[2]))

        def _send(self, status: int, body: dict) -> None:
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
