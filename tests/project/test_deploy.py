"""The files for service managers and containers: they parse, and name what exists."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import click
import pytest
import yaml
from prefect.settings import Settings

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


UNITS = sorted(file.name for file in DEPLOY.glob("clientdesk-*.service"))


@pytest.mark.parametrize("name", UNITS)
def test_unit_of_one_piece_starts_what_exists_by_settings_that_are_documented(name):
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str
    unit.read_string((DEPLOY / name).read_text())
    words = unit["Service"]["ExecStart"].split()

    if words[0].endswith("/clientdesk"):
        _must_be_a_command(words)
    else:
        assert words[1:3] == ["-m", "prefect"]
    assert unit["Service"]["Restart"] == "always"
    assert (DEPLOY / f"scaling-{Path(unit['Service']['EnvironmentFile']).name}").is_file()


@pytest.mark.parametrize("name", ["scaling-server.env", "scaling-worker.env"])
def test_every_setting_of_many_machines_is_one_and_is_explained(name):
    lines = [line for line in (DEPLOY / name).read_text().splitlines() if not line.startswith("#")]
    explained = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/scaling.md").read_text(), re.MULTILINE)
    prefects = {variable.upper() for variable in _prefects_variables()}
    ours = settings._NAMES | {"CLIENTDESK_CHECKOUT"}

    names = [line.partition("=")[0] for line in lines]

    assert set(names) <= set(explained)
    assert {each for each in names if each not in prefects | ours} == set()


def _prefects_variables() -> set[str]:
    from prefect.settings.legacy import _get_settings_fields  # noqa: PLC0415 (slow, and for this alone)
    from prefect_redis.cleanup_queue import RedisWorkerCleanupQueueSettings  # noqa: PLC0415 (likewise)
    from prefect_redis.client import RedisMessagingSettings  # noqa: PLC0415 (likewise)

    redis = (RedisMessagingSettings, RedisWorkerCleanupQueueSettings)
    plain = {f"{each.model_config['env_prefix']}{name}" for each in redis for name in each.model_fields}
    return plain | set(_get_settings_fields(Settings))


def test_nginx_passes_web_sockets_on():
    text = (DEPLOY / "nginx.conf").read_text()

    assert "proxy_set_header Upgrade $http_upgrade;" in text
    assert text.count("{") == text.count("}")
