"""The files for service managers and containers: they parse, and name what exists."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import click
import yaml

from clientdesk import settings
from clientdesk.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs/deploy"


def _unit() -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str
    unit.read_string((DEPLOY / "clientdesk.service").read_text())
    return unit


def _service() -> dict[str, object]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["clientdesk"]


def _must_be_a_command(words: list[str]) -> None:
    command, *options = words[1:]
    context = click.Context(cli)
    known = {option for param in cli.get_command(context, command).get_params(context) for option in param.opts}
    assert {option for option in options if option.startswith("--")} <= known


def test_unit_starts_and_checks_the_command():
    service = _unit()["Service"]

    _must_be_a_command(service["ExecStart"].split())
    assert "clientdesk up --check" in service["ExecStartPost"]
    assert service["KillMode"] == "mixed"


def test_unit_waits_longer_for_the_end_than_the_command_takes():
    from clientdesk.cli.team import _STOP_SECONDS  # noqa: PLC0415 (what is compared)

    assert int(_unit()["Service"]["TimeoutStopSec"]) > 2 * _STOP_SECONDS
    assert int(str(_service()["stop_grace_period"]).rstrip("s")) > 2 * _STOP_SECONDS


def test_compose_file_starts_and_checks_the_command():
    service = _service()

    _must_be_a_command(service["command"])
    _must_be_a_command(service["healthcheck"]["test"])
    assert service["init"] is True
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).resolve().is_file()


def test_pages_are_not_opened_to_the_network():
    assert all(str(port).startswith("127.0.0.1:") for port in _service()["ports"])


def test_volumes_named_are_declared():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())

    assert {str(volume).split(":")[0] for volume in _service()["volumes"]} <= set(compose["volumes"])


def test_variables_are_those_that_are_read():
    texts = "".join(file.read_text() for file in DEPLOY.iterdir())
    deployed = set(re.findall(r"\$(CLIENTDESK_[A-Z_]+)", (ROOT / "prefect.yaml").read_text()))

    assert set(re.findall(r"CLIENTDESK_[A-Z_]+", texts)) <= settings._NAMES | deployed
