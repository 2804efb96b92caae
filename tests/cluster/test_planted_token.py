"""A token that opens a private repository is looked for everywhere afterwards: processes, files, databases, logs."""

import base64
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
from cluster.runs import Run, intake
from fakes.git_http import only_for, repositories_under, served
from fakes.git_source import GitSource
from fakes.team import Team, a_team_at_work

from clientdesk.cli.team_home import PROJECT

pytestmark = [
    pytest.mark.services,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not os.environ.get("CLIENTDESK_TEST_CLUSTER"), reason="set CLIENTDESK_TEST_CLUSTER=yes"),
]

TOKEN = "ghp_planted/7d41+and=odd"
BLOCK = """
from prefect.blocks.system import Secret
import sys
Secret(value=sys.stdin.read()).save("acme-token")
"""


class Watch(threading.Thread):
    """Reads the arguments and variables of all processes below one, until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.seen, self.shown, self.is_over = pid, set(), [], threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            for process in psutil.Process(self.pid).children(recursive=True):
                try:
                    words = [*process.cmdline(), *process.environ().values()]
                except psutil.Error:
                    continue
                self.seen.add(process.pid)
                self.shown += [word for word in words if any(form in word.encode() for form in forms())]
            time.sleep(0.005)


def forms() -> list[bytes]:
    """The token as it is, in an address, and as a part of what is written in base 64."""
    plain = TOKEN.encode()
    inner = [base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)]
    return [plain, quote(TOKEN, safe="").encode(), base64.b64encode(plain), *inner]


def holding(folder: Path) -> list[str]:
    """Files in which the token is found, in any of its forms."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            found += [str(path.relative_to(folder)) for form in forms() if form in content]
    return found


def test_the_search_would_find_it(tmp_path):
    (tmp_path / "a").write_bytes(b"..." + base64.b64encode(b"user:" + TOKEN.encode() + b"!") + b"...")
    (tmp_path / "b").write_text(f"https://x:{quote(TOKEN, safe='')}@host/")

    assert sorted(set(holding(tmp_path))) == ["a", "b"]


def an_agency(folder: Path, host: str) -> Path:
    file = folder / "agency.toml"
    table = f'[credentials.acme]\nkind = "token"\nhost = "{host}"\nsecret = "prefect:acme-token"\nonly = ["acme/"]\n'
    file.write_text(f"{(PROJECT / 'agency.toml').read_text(encoding='utf-8')}\n{table}", encoding="utf-8")
    return file


def test_token_of_a_private_repository_is_nowhere_to_be_found(tmp_path):
    source = GitSource(tmp_path / "far" / "acme" / "shop")
    source.commit({"README.md": "# Shop\n", "shop.py": "x = 1\n"})
    used: list[str] = []
    desk = tmp_path / "desk"
    desk.mkdir()
    with served(only_for(TOKEN, repositories_under(tmp_path / "far"), asked=used)) as private:
        host = private.removeprefix("http://")
        with a_team_at_work(desk, CLIENTDESK_AGENCY=str(an_agency(tmp_path, host))) as team:
            home = team.server
            reached = {"PREFECT_API_URL": home.api, "PREFECT_API_AUTH_STRING": home.login()}
            subprocess.run(
                [sys.executable, "-c", BLOCK],
                input=TOKEN,
                text=True,
                check=True,
                capture_output=True,
                env={**os.environ, **reached, "PREFECT_HOME": str(tmp_path / "by-hand")},
            )
            watch = Watch(team.pid)
            watch.start()
            form = intake("Acme GmbH", "nora@acme.com", [f"{private}/acme/shop"])
            form["intake"]["repositories"][0]["credential"] = "acme"
            run = started(team, form)
            waits_with = run.is_waiting()
            wrong = started(team, with_another_credential(form))
            ended = wrong.is_over()
            watch.is_over.set()
            watch.join()
            said = f"{run.record}{wrong.record}{home.log('worker').read_text(encoding='utf-8')}{team.said}"

    assert waits_with.startswith("engineer")
    assert ended in {"COMPLETED", "FAILED"}
    assert set(used) == {TOKEN}
    assert len(watch.seen) > 10
    assert watch.shown == []
    assert TOKEN not in said
    assert holding(desk) == []
    assert any(path.suffix == ".db" for path in desk.rglob("*"))


def started(team: Team, form: dict[str, object]) -> Run:
    known = team.asked("GET", "/deployments/name/onboarding/onboarding")["id"]
    run = team.asked("POST", f"/deployments/{known}/create_flow_run", {"parameters": form})
    return Run(team, str(run["id"]))


def with_another_credential(form: dict[str, object]) -> dict[str, object]:
    """One that agency.toml does not name: the run says so."""
    call = dict(form["intake"], company="Other GmbH")
    return {"intake": call | {"repositories": [dict(call["repositories"][0], credential="nobody")]}}
