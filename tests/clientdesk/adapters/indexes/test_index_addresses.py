from __future__ import annotations

import os
import stat

import pytest

from clientdesk.adapters.indexes import index_addresses
from clientdesk.adapters.indexes.index_addresses import indexes, pip_settings


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without settings of pip and npm, and without npm."""
    for name in os.environ:
        if name.lower().startswith(("pip_", "npm_config_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(index_addresses.shutil, "which", lambda _name: None)
    return monkeypatch


def test_the_index_of_pip_is_the_one_it_is_set_up_with(bare):
    bare.setenv("PIP_INDEX_URL", "https://mirror.example.com/simple/")

    assert indexes()["PyPI"].address == "https://mirror.example.com/simple"


def test_a_file_of_pips_settings_counts(bare, tmp_path):
    (tmp_path / "config/pip").mkdir(parents=True)
    (tmp_path / "config/pip/pip.conf").write_text("[install]\nindex-url = https://files.example.com/simple\n")

    assert indexes()["PyPI"].address == "https://files.example.com/simple"


def test_pip_without_an_index_is_not_asked(bare):
    bare.setenv("PIP_NO_INDEX", "1")

    assert (indexes()["PyPI"].address, indexes()["PyPI"].problem) == ("", "pip is set up to use no index")


@pytest.mark.parametrize("address", ["file:///opt/simple", "nonsense"])
def test_an_index_in_a_folder_is_not_asked(bare, address):
    bare.setenv("PIP_INDEX_URL", address)

    assert "can't be asked over the network" in indexes()["PyPI"].problem


def test_the_environment_counts_more_than_a_section_and_a_section_more_than_all():
    lines = ["global.index-url='https://a'", ":env:.index-url='https://c'", "install.index-url='https://b'", "noise"]

    assert pip_settings(lines) == {"index-url": "https://c"}
    assert pip_settings(lines[::2]) == {"index-url": "https://b"}


def test_the_index_of_gems_is_the_first_of_its_sources_on_the_network(bare, tmp_path):
    assert "RubyGems is not installed" in indexes()["RubyGems"].problem
    program = tmp_path / "gem"
    program.write_text("#!/bin/sh\necho '*** CURRENT SOURCES ***'\necho\necho https://gems.example.com/\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    bare.setattr(index_addresses.shutil, "which", lambda name: str(program) if name == "gem" else None)

    assert indexes()["RubyGems"].address == "https://gems.example.com"


def test_without_npm_its_index_is_not_guessed(bare):
    assert "npm is not installed" in indexes()["npm"].problem
    bare.setenv("NPM_CONFIG_REGISTRY", "https://npm.example.com/")
    assert indexes()["npm"].address == "https://npm.example.com"


def test_npm_is_asked_in_an_empty_folder(bare, tmp_path):
    program = tmp_path / "npm"
    program.write_text('#!/bin/sh\nls -a > "$HOME/listing"\necho warning\necho https://npm.example.com/path/\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    bare.setattr(index_addresses.shutil, "which", lambda name: str(program) if name == "npm" else None)

    assert indexes()["npm"].address == "https://npm.example.com/path"
    assert set((tmp_path / "listing").read_text().split()) <= {".", "..", "output", "errors"}


def program(folder, name, says):
    file = folder / name
    file.write_text(f"#!/bin/sh\n{says}\n")
    file.chmod(0o755)
    return str(file)


def test_index_of_composer_is_the_one_it_is_set_up_with(bare, tmp_path):
    says = "echo '[repositories.packagist.org.type] composer'; echo '[repositories.packagist.org.url] https?://php.example.com'"
    own = program(tmp_path, "composer", says)
    bare.setattr(index_addresses.shutil, "which", lambda name: own if name == "composer" else None)

    assert indexes()["Packagist"].address == "https://php.example.com"


def test_proxy_of_go_is_the_first_of_its_list_on_the_network(bare, tmp_path):
    own = program(tmp_path, "go", "echo 'off,https://go.example.com|direct'")
    bare.setattr(index_addresses.shutil, "which", lambda name: own if name == "go" else None)

    assert indexes()["Go"].address == "https://go.example.com"


def test_without_its_program_an_ecosystem_is_not_looked_up_and_says_so(bare):
    bare.delenv("GOPROXY", raising=False)

    assert {kind: indexes()[kind].problem for kind in ("Packagist", "Go")} == {
        "Packagist": "no index is configured, and Composer is not installed to name one",
        "Go": "no index is configured, and Go is not installed to name one",
    }


def test_address_that_the_agency_names_counts_more_than_a_programs(bare):
    bare.setenv("GOPROXY", "https://proxy.example.com,direct")

    assert indexes()["Go"].address == "https://proxy.example.com"
    assert indexes({"Go": "https://own.example.com/", "Packagist": ""})["Go"].address == "https://own.example.com"
