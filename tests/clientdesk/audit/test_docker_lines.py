from __future__ import annotations

import pytest

from clientdesk.audit.docker_lines import is_contradicted


def test_probe_of_a_health_check_is_no_program_to_stop():
    text = "FROM a:1\nHEALTHCHECK --interval=5s \\\n  CMD curl -f http://localhost || exit 1\n"

    assert is_contradicted("DL3025", text, 2)
    assert is_contradicted("DL3025", text, 3)


def test_program_behind_a_shell_stays_a_fault():
    assert not is_contradicted("DL3025", "FROM a:1\nCMD npm start\n", 2)


def test_stage_of_the_same_file_needs_no_version():
    text = "ARG KIND=git\nFROM node:22 AS build_git\nFROM node:22 AS build_copy\nFROM build_${KIND} AS live\n"

    assert is_contradicted("DL3006", text, 4)


@pytest.mark.parametrize("base", ["node", "build_${KIND}", "$IMAGE"])
def test_image_from_elsewhere_needs_one(base):
    assert not is_contradicted("DL3006", f"FROM other:1 AS live\nFROM {base}\n", 2)


def test_names_without_values_are_no_secrets():
    text = 'FROM a:1\nENV A=1 \\\n  # the directory\n  LDAP_PASSWORD="" \\\n  PASSWORD_LOGIN=true TOKEN_FILE=/run/s\n'

    assert is_contradicted("DL3064", text, 2)


@pytest.mark.parametrize("line", ["ENV DB_PASSWORD=Sommer2019", "ARG NPM_TOKEN", "ENV A_TOKEN=x1y2 B_TOKEN=''"])
def test_value_stays_a_fault(line):
    assert not is_contradicted("DL3064", f"FROM a:1\n{line}\n", 2)


@pytest.mark.parametrize("line", [0, 1, 99])
def test_line_that_is_not_there_is_no_contradiction(line):
    assert not is_contradicted("DL3025", "", line)
    assert not is_contradicted("DL9999", "FROM a\n", line)
