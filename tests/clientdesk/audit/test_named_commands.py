from __future__ import annotations

import json

import pytest
from fakes.git_source import Link
from fakes.repository import RepositoryFromText

from clientdesk.audit.named_commands import NamedCommands


def spelled(commands, files):
    return NamedCommands(RepositoryFromText(files)).spelled_out(commands)


def package(**scripts):
    return json.dumps({"scripts": scripts})


def test_package_script_is_followed_to_what_it_runs():
    files = {"package.json": package(coverage="cross-env A=1 npm run testonly", testonly="nyc jasmine")}

    assert "nyc jasmine" in spelled("npm run coverage", files)


def test_scripts_before_and_after_belong_to_it():
    files = {"package.json": package(prebuild="tsc", build="vite build", postbuild="jest")}

    assert {"tsc", "vite build", "jest"} <= set(spelled("yarn build", files).splitlines())


def test_a_star_names_every_script_that_begins_so():
    files = {"package.json": package(**{"check:a": "eslint .", "check:b": "vitest run"})}

    assert "vitest run" in spelled("run-p check:*", files)


def test_script_of_the_root_wins_over_one_below():
    files = {"package.json": package(verify="jest"), "packages/a/package.json": package(verify="echo none")}

    assert "jest" in spelled("pnpm verify", files)


def test_make_target_comes_with_what_it_needs():
    files = {
        "Makefile": "all: lint unit ## everything\nlint:\n\truff check .\nunit:\n\t@pytest -q\n\nclean:\n\trm -r a\n"
    }

    text = spelled("make all", files)

    assert "pytest -q" in text
    assert "ruff check ." in text
    assert "rm -r a" not in text


@pytest.mark.parametrize("path", ["ci/test.sh", ".ci/run", "bin/verify"])
def test_script_of_the_repository_is_read(path):
    assert "pytest -x" in spelled(f"bash ./{path} --quick", {path: "#!/usr/bin/env bash\npytest -x\n"})


def test_program_is_not_read_as_commands():
    assert "pytest" not in spelled("./bin/start", {"bin/start": "#!/usr/bin/env python\nimport pytest\n"})


@pytest.mark.parametrize(
    "files",
    [
        {"Rakefile": "require_relative 'config/application'\n", "config/application.rb": "x"},
        {"Rakefile": "RSpec::Core::RakeTask.new(:spec)\n"},
        {"Rakefile": "", "lib/tasks/all.rake": "task default: :spec\n"},
    ],
)
def test_rake_alone_runs_the_tests_where_its_files_say_so(files):
    assert "rake test" in spelled("bundle exec rake", files)


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("bundle exec rake", {"Rakefile": "task default: :build\n"}),
        ("bundle exec rake db:migrate", {"Rakefile": "", "config/application.rb": "x"}),
        ("bundle exec rake", {}),
    ],
)
def test_rake_that_runs_no_tests(command, files):
    assert "rake test" not in spelled(command, files)


def test_scripts_that_name_each_other_come_to_an_end():
    files = {"package.json": package(a="npm run b", b="npm run a"), "Makefile": "a: a\n\tmake a\n"}

    assert spelled("npm run a && make a", files)


def test_what_can_not_be_read_is_nothing():
    files = {"package.json": "{", "ci/a.sh": Link("/etc/passwd"), "ci/b.sh": b"\0", "Makefile": b"\0"}

    assert spelled("ci/a.sh; ci/b.sh; make a; npm run b", files).strip() == "ci/a.sh; ci/b.sh; make a; npm run b"


def test_names_that_stand_for_much_text_are_cut_off():
    files = {
        "package.json": package(
            **{f"a{n}": "npm run b:* " + "x" * 90_000 for n in range(50)},
            **{f"b:{n}": "npm run a*" + "y" * n for n in range(50)},
        )
    }

    assert len(spelled("run-s a*", files)) < 3_000_000
