"""Every file that a check reads, filled with what breaks parsers: it ends soon, and not by an error of its own."""

from __future__ import annotations

import time
from datetime import date

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.audit.registry import CHECKS
from clientdesk.audit.running import run_check

MONDAY = date(2026, 3, 2)
NAMES = (
    *("package.json", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "pnpm-workspace.yaml"),
    *("composer.json", "composer.lock", "go.mod", "go.sum", "Gemfile", "Gemfile.lock", "app.gemspec", ".ruby-version"),
    *("requirements.txt", "requirements/dev.in", "pyproject.toml", "poetry.lock", "uv.lock", "pylock.toml", "setup.py"),
    *("setup.cfg", "Pipfile", "Pipfile.lock", "tox.ini", "runtime.txt", ".python-version", ".nvmrc", ".tool-versions"),
    *(".github/workflows/ci.yml", ".gitlab-ci.yml", ".circleci/config.yml", ".travis.yml", "Jenkinsfile"),
    *("azure-pipelines.yml", "bitbucket-pipelines.yml", ".github/dependabot.yml", "renovate.json"),
    *(
        "Dockerfile",
        "docker-compose.yml",
        ".env",
        ".env.example",
        "config/master.key",
        "config/secrets.yml",
        "Procfile",
    ),
    *("README.md", "LICENSE", "CONTRIBUTING.md", "CODEOWNERS", ".gitignore", ".npmrc", "id_rsa", "credentials.json"),
    *(
        "app/settings.py",
        "app/main.py",
        "app/models/user.rb",
        "config/application.rb",
        "db/schema.rb",
        "db/structure.sql",
    ),
    *("src/index.js", "src/app.tsx", "main.go", "index.php", "App.java", "app/views/users/show.html.erb"),
)
ALIASES = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{'*' + chr(97 + n)}, *a]\n" for n in range(20))
MERGES = "a: &a {x: 1}\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} {{<<: [*{chr(97 + n)}]}}\n" for n in range(20))
LONG = 100_000
CONTENTS = {
    "deep_json": '{"dependencies":' * 50_000,
    "deep_lists": "[" * 100_000,
    "deep_closed": '{"packages":' * 5_000 + "{}" + "}" * 5_000,
    "deep_toml": "a." * 50_000 + "b = 1\n",
    "long_key": "a" * 300_000,
    "inline_toml": "a = " + "{b = " * 3_000 + "1" + "}" * 3_000,
    "many_tables": "".join(f"[[package]]\nname = 'p{n}'\nversion = '1'\n" for n in range(500)),
    "aliases": ALIASES,
    "merges": MERGES,
    "self_alias": "a: &a [*a]\njobs: &j {build: *j, steps: *a}\n",
    "wrong_shapes": '{"dependencies": [1, null, {"a": []}], "packages": "x", "scripts": 3, "engines": [], "jobs": 7}',
    "wrong_yaml": "jobs:\n  - 1\non: 3\nsteps: {a: b}\nservices: [1, 2]\n1: 2\n? [a]\n: b\n",
    "spaces": " " * LONG,
    "newlines": "\n" * LONG,
    "quotes": "\"'" * (LONG // 2),
    "brackets": "([{" * (LONG // 3),
    "words": "a" * LONG,
    "names": "require group gem uses: FROM run: secret_key_base = " * (LONG // 50),
    "nul": "a\0b\n" * 1_000,
    "not_utf8": b"\xff\xfe\xc3\x28\xed\xa0\x80 = \x80\n" * 1_000,
    "marks": "\u202e\u2066\ufeff\u2028\u0085\x0b\x0c\x1c" * 1_000,
    "empty": "",
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_checks_survive(kind):
    repository = RepositoryFromText(dict.fromkeys(NAMES, CONTENTS[kind]))

    for check in CHECKS:
        began = time.process_time()
        result = run_check(check, repository, MONDAY, time.perf_counter, seconds=60)

        assert "error of its own" not in result.reason, check.id
        assert "took longer" not in result.reason, check.id
        assert time.process_time() - began < 10, check.id


@pytest.mark.parametrize(
    "path", ["a/" * 2_000 + "b.py", "/" * 4_000, "é" * 2_000 + ".rb", " \n\t\x1b[31m.js", "~" * 4_000]
)
def test_checks_survive_names_that_nobody_gives(path):
    repository = RepositoryFromText({path: "x = 1\n"})

    for check in CHECKS:
        result = run_check(check, repository, MONDAY, time.perf_counter, seconds=60)

        assert "error of its own" not in result.reason, check.id
