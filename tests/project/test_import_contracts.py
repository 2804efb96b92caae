"""Each import contract holds, and each one fails when somebody breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BREACHES = {
    "layers": ("src/clientdesk/domain/money.py", "import clientdesk.audit.result"),
    "rooms": ("src/clientdesk/utils.py", "ANYTHING = 1"),
    "engine": ("src/clientdesk/steps/intake.py", "import prefect"),
    "pure": ("src/clientdesk/audit/scoring.py", "import subprocess"),
    "checks": ("src/clientdesk/audit/checks/security.py", "import clientdesk.audit.checks.complexity"),
    "flows": ("flows/intro_call.py", "import clientdesk.wiring"),
    "steps": ("src/clientdesk/steps/intake.py", "import clientdesk.adapters.pdf"),
}
NAMES = {
    "layers": "Calls go downwards only",
    "rooms": "Every module of the package is in one of its rooms",
    "engine": "Prefect only in flows, tasks and the command that starts them",
    "pure": "Rules, checks and documents touch nothing outside",
    "checks": "Checks do not import each other",
    "flows": "Flows import neither adapters nor wiring",
    "steps": "Steps know the ports, not what is behind them",
}


def _lint(folder, contract):
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--contract", contract]
    environ = {**os.environ, "PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture
def copy_of_the_code(tmp_path):
    for part in ("src", "flows", "tasks"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_of_the_contract_is_seen(contract, copy_of_the_code):
    path, line = BREACHES[contract]
    with (copy_of_the_code / path).open("a") as source:
        source.write(f"\n{line}\n")

    result = _lint(copy_of_the_code, contract)

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{NAMES[contract]} BROKEN" in result.stdout or "not listed as layers" in result.stdout


def test_every_contract_has_its_breach():
    declared = [
        line.split('"')[1] for line in (ROOT / "pyproject.toml").read_text().splitlines() if line.startswith("id = ")
    ]

    assert sorted(declared) == sorted(BREACHES)
