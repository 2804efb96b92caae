"""As much of Prefect's API as the team's command asks for, on loopback."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

from clientdesk.cli.team_home import TeamHome


class TeamServer:
    """What it knows; `states` collects what runs were set to, `events` what was heard and when."""

    def __init__(self) -> None:
        self.automations: dict[str, tuple[str, str]] = {}
        self.pool: dict[str, Any] | None = None
        self.blocks: dict[str, Any] = {}
        self.workers = ["ONLINE"]
        self.worker = "elsewhere"
        self.runs: list[dict[str, Any]] = []
        self.tasks: list[dict[str, Any]] = []
        self.states: dict[str, str] = {}
        self.messages: dict[str, list[str]] = {}
        self.events: list[dict[str, Any]] = []
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
        self.loses_events = False
        self.busy_for = 0  # so many requests are refused with nothing done

    def hears(self, event: str, resource: str) -> None:
        """An event comes in at `now`; whoever sent it may have another clock."""
        self.events.append({"event": event, "resource": resource, "received": self.now.isoformat()})

    def answer(self, method: str, path: str, body: Any) -> Any:  # noqa: C901, PLR0911, PLR0912 (a table of addresses)
        """None where there is no such thing."""
        parts = path.strip("/").split("/")
        match method, parts:
            case "GET", ["health"]:
                return True
            case "GET", ["work_pools", _]:
                return self.pool
            case "POST", ["work_pools"]:
                self.pool = {"concurrency_limit": None, **body}
                return self.pool
            case "PATCH", ["work_pools", _]:
                self.pool |= body
                return {}
            case "POST", ["work_pools", _, "workers", "filter"]:
                heard = self.now.isoformat()
                return [{"name": self.worker, "status": each, "last_heartbeat_time": heard} for each in self.workers]
            case "POST", ["deployments", "filter"]:
                return [{"name": "onboarding"}, {"name": "intro-call"}]
            case "POST", ["flow_runs", "count"]:
                return 3
            case "POST", ["flow_runs", "filter"]:
                inside = body["flow_runs"].get("parent_flow_run_id", {}).get("any_")
                return [run for run in self.runs if inside is None or run.get("parent") in inside]
            case "GET", ["flow_runs", wanted]:
                return next((run for run in self.runs if run["id"] == wanted), None)
            case "GET", ["flow_run_states", query]:
                told = self.messages.get(query.partition("=")[2], ())
                return [{"message": message} for message in told]
            case "POST", ["flow_runs" | "task_runs", run, "set_state"]:
                self.states[run] = body["state"]["type"]
                self.messages.setdefault(run, []).append(body["state"]["message"])
                return {}
            case "POST", ["task_runs", "filter"]:
                within = body["flow_runs"].get("id", {}).get("any_")
                return [task for task in self.tasks if within is None or task["flow_run_id"] in within]
            case "GET", ["task_runs", wanted]:
                return next((task for task in self.tasks if task["id"] == wanted), None)
            case "POST", ["events"]:
                for each in () if self.loses_events else body:
                    self.hears(each["event"], each["resource"]["prefect.resource.id"])
                return {}
            case "POST", ["events", "filter"]:
                (name,), (resource,) = body["filter"]["event"]["name"], body["filter"]["resource"]["id"]
                found = [each for each in self.events if (each["event"], each["resource"]) == (name, resource)]
                return {"events": found[-body["limit"] :]}
            case "POST", ["automations", "filter"]:
                kept = self.automations.items()
                return [{"id": key, "name": name, "description": told} for key, (name, told) in kept]
            case "DELETE", ["automations", key]:
                del self.automations[key]
                return {}
            case "POST", ["automations"]:
                self.automations[str(uuid4())] = (body["name"], body["description"])
                return {}
            case "GET", ["deployments", "name", *names]:
                return {"id": "/".join(names)}
            case "GET", ["block_types", "slug", "webhook", "block_documents", "name", name]:
                return self.blocks.get(name)
            case "DELETE", ["block_documents", name]:
                del self.blocks[name]
                return {}
        return {}


@contextmanager
def a_team(folder: Path) -> Iterator[tuple[TeamHome, TeamServer]]:
    """A home whose server answers, to its login alone."""
    known = TeamServer()
    right = ""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            login = b64decode(self.headers.get("Authorization", "Basic ").removeprefix("Basic ")).decode()
            if known.busy_for:
                known.busy_for -= 1
                self.send_error(503)
                return
            found = known.answer(self.command, self.path.removeprefix("/api"), json.loads(content or b"null"))
            self.send_response(401 if login != right else 404 if found is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        do_GET = do_POST = do_DELETE = do_PATCH = _answer  # noqa: N815 (the library's names)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    home = TeamHome(folder / "server", "127.0.0.1", server.server_port)
    home.prepare()
    right = home.login()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield home, known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
