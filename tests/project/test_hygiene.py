"""What may not stand in the project: registry hosts, paths of one machine, locks without hashes."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_HOSTS = re.compile(
    "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", "yarn" + r"pkg\.com"))
)
_PATHS = re.compile("|".join(("/wo" + "rk/", "/ro" + r"ot/\.", re.escape(str(ROOT)) + "/")))


def _texts():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            yield name, path.read_bytes().decode(errors="replace")


@pytest.mark.parametrize("pattern", [_HOSTS, _PATHS], ids=["registry hosts", "paths of one machine"])
def test_nothing_of_one_place_stands_in_the_project(pattern):
    found = [f"{name}: {match[0]}" for name, text in _texts() for match in pattern.finditer(text)]

    assert found == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_requirement_has_its_hashes(lock):
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(), flags=re.IGNORECASE)
    requirements = [entry for entry in entries if "==" in entry.split("\n")[0]]

    assert len(requirements) > 50
    assert [entry.split()[0] for entry in requirements if "--hash=sha256:" not in entry] == []


def test_the_set_for_tests_agrees_with_the_set_for_users():
    def pins(lock):
        return set(re.findall(r"^([\w.-]+==[^ ;\\]+)", (ROOT / lock).read_text(), flags=re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
