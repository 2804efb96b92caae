"""What README.md and docs/ say is true: commands run, links lead somewhere, names are those of the program."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import click
import pytest
import yaml
from fakes.git_source import GitSource
from prefect import Flow

from clientdesk import settings
from clientdesk.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
GUIDES = [page for page in PAGES if "decisions" not in page.parts]
# They set up or test the whole project; .ci/run does so itself, from a clean state.
RUN_BY_CI = {"make setup", "make demo"}
# Prefect's and pip's
OTHERS_OPTIONS = {"--type", "--no-prompt", "--all", "--pool", "--limit", "--params", "--no-deps", "--require-hashes"}
NOTHING_LISTENS = "http://127.0.0.1:9/"


def _blocks(page: Path) -> list[str]:
    return re.findall(r"^```(?:sh|console)\n(.*?)^```", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def _commands() -> list[tuple[str, str]]:
    lines = [
        (page.name, line.removeprefix("$ "))
        for page in GUIDES
        for block in _blocks(page)
        for line in block.replace("\\\n", " ").splitlines()
        if line and line not in RUN_BY_CI
    ]
    # Each once, wherever it stands.
    return list({command: (name, command) for name, command in lines}.values())


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A small repository with the command where `make setup` leaves it."""
    folder = tmp_path_factory.mktemp("documentation") / "checkout"
    source = GitSource(folder, bare=False)
    source.commit({"README.md": "# Shop\n", "shop.py": "def price(net):\n    return net * 119 / 100\n"})
    source.check_out()
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "clientdesk").symlink_to(Path(sys.executable).with_name("clientdesk"))
    return folder


def _environ(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLIENTDESK_", "PREFECT_"))}
    own = {"CLIENTDESK_HOME": str(home), "CLIENTDESK_OSV_URL": NOTHING_LISTENS, "CLIENTDESK_PACKAGE_INDEXES": "off"}
    return kept | own


def test_there_are_commands_to_run():
    commands = [command for _, command in _commands()]

    assert any(" onboard " in command for command in commands)
    assert any(" audit " in command for command in commands)
    assert any(command.endswith(" doctor") for command in commands)


@pytest.mark.parametrize(("page", "command"), _commands(), ids=lambda value: value[:60])
def test_a_documented_command_works(page, command, checkout):
    # Whoever reads along has a terminal to answer on; here the two decisions are agreed beforehand.
    agreed = f"{command} --yes" if " onboard " in command else command

    done = subprocess.run(
        ["bash", "-euc", agreed],
        cwd=checkout,
        env=_environ(checkout.parent / "home"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )

    assert done.returncode == 0, f"{page}: {command}\n{done.stdout}{done.stderr}"
    for written in re.findall(r"--out(?:put)? (\S+)", command):
        assert (checkout / written).exists(), f"{command} left no {written}"
    if " onboard " in command:
        assert {file.suffix for file in (checkout / "results").iterdir()} == {".pdf", ".eml"}
        assert "P-" in done.stdout


def test_what_is_not_run_here_is_run_by_ci():
    ci, makefile = (ROOT / ".ci/run").read_text(), (ROOT / "Makefile").read_text()
    needs = dict(re.findall(r"^([a-z]+):([^#\n=]*)", makefile, flags=re.MULTILINE))
    run = set(re.findall(r"\bmake ([a-z]+)", ci))
    while more := {need for target in run for need in needs.get(target, "").split() if need in needs} - run:
        run |= more

    assert {command.removeprefix("make ") for command in RUN_BY_CI} <= run


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_pictures_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text())

    missing = [
        target
        for target in targets
        if not re.match(r"https?://|mailto:|#", target) and not (page.parent / target.split("#")[0]).exists()
    ]

    assert missing == []


def test_every_guide_is_linked_from_the_readme():
    targets = re.findall(r"\]\(([^)\s]+)\)", (ROOT / "README.md").read_text())

    unlinked = [page.name for page in GUIDES[1:] if page.relative_to(ROOT).as_posix() not in targets]

    assert unlinked == []


def test_pictures_are_small_enough_to_load_at_once():
    sizes = {picture.name: picture.stat().st_size for picture in (ROOT / "docs/pictures").iterdir()}

    assert sizes
    assert {name for name, size in sizes.items() if size > 300_000} == set()


def test_the_variables_documented_are_those_that_are_read():
    documented = {name for page in GUIDES for name in re.findall(r"CLIENTDESK_[A-Z_]*[A-Z]", page.read_text())}
    deployed = set(re.findall(r"\$(CLIENTDESK_[A-Z_]+)", (ROOT / "prefect.yaml").read_text()))

    assert documented == settings._NAMES | deployed


def test_every_variable_stands_in_the_table_of_configuration():
    rows = set(re.findall(r"^\| `(CLIENTDESK_[A-Z_]+)` \|", (ROOT / "docs/configuration.md").read_text(), re.MULTILINE))

    assert rows == settings._NAMES


def test_every_table_of_agency_toml_is_described():
    agency = tomllib.loads((ROOT / "agency.toml").read_text())
    described = re.findall(r"^\| `\[([a-z_]+)", (ROOT / "docs/configuration.md").read_text(), re.MULTILINE)

    assert set(agency) | {"effort", "credentials", "people"} == set(described)


def _options(command: click.Command = cli) -> set[str]:
    """Of a command and of all below it, both spellings of a switch."""
    context = click.Context(command)
    own = {option for param in command.get_params(context) for option in (*param.opts, *param.secondary_opts)}
    below = command.commands.values() if type(command) is click.Group else ()
    if command is cli:
        below = [cli.get_command(context, name) for name in cli.list_commands(context)]
    return {option for option in own if option.startswith("--")}.union(*map(_options, below))


def test_every_option_named_exists():
    named = {option for page in GUIDES for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*(?![\w-])", page.read_text())}

    assert named - _options() - OTHERS_OPTIONS == set()


def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for page in GUIDES for name in re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), re.MULTILINE)}

    assert named
    assert named <= targets


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.match(r"[\w.-]+", requirement)[0] for requirement in declared}
    explained = re.findall(r"^\| `([\w.-]+)` \|", (ROOT / "docs/decisions/dependencies.md").read_text(), re.MULTILINE)

    assert sorted(names) == sorted(explained)


def test_decisions_are_numbered_without_gaps_and_twins():
    notes = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))

    assert [int(note.name[:4]) for note in notes] == list(range(1, len(notes) + 1))
    assert [note.read_text().split(".")[0] for note in notes] == [f"# {number}" for number in range(1, len(notes) + 1)]


def test_decisions_named_in_the_code_exist():
    named = {
        name
        for folder in ("src", "flows", "tasks")
        for source in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"docs/[\w/-]+\.(?:md|json)", source.read_text())
    }

    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def _deployments() -> list[dict[str, object]]:
    return yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]


@pytest.mark.parametrize("deployment", _deployments(), ids=lambda deployment: deployment["name"])
def test_a_deployment_leads_to_its_flow(deployment):
    module, _, name = deployment["entrypoint"].rpartition(".")
    flow = getattr(importlib.import_module(module), name)

    assert isinstance(flow, Flow)
    assert flow.name == deployment["name"]
    assert deployment["work_pool"]["name"] == "clientdesk"
    assert deployment["description"].strip()
    assert f"`{flow.name}/{deployment['name']}`" in (ROOT / "docs/prefect.md").read_text()


def test_every_flow_has_its_deployment():
    modules = {f"flows.{path.stem}" for path in (ROOT / "flows").glob("*.py") if path.stem != "__init__"}

    assert {str(each["entrypoint"]).rpartition(".")[0] for each in _deployments()} == modules


def test_deployments_name_the_version_of_prefect_that_is_installed():
    assert yaml.safe_load((ROOT / "prefect.yaml").read_text())["prefect-version"] == version("prefect")
