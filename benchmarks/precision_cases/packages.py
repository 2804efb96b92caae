"""Packages with a weakness, far behind, withdrawn or given up, in every kind of lock file, and what is known of them.

The packages are made up: nothing here says anything of a real one. What is known stands in the tables below; a local copy
of OSV's form and indexes on the loopback address are made of it.
"""

# ruff: noqa: E501  lock files as their tools write them

from __future__ import annotations

import json
from collections.abc import Mapping

from precision_cases.case import Case

# The name of each, and the first version without its weakness.
WEAKNESSES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "PyPI": (("planted-web", "4.2.8"),),
    "npm": (("planted-router", "2.3.1"), ("@planted/deep", "1.0.5")),
    "RubyGems": (("planted_rack", "3.0.9.1"),),
    "Packagist": (("planted/mail", "6.4.14"),),
    "Go": (("example.com/planted/yaml", "1.2.8"),),
}
# By version: its day, and why it was withdrawn. The key "" says why the whole package was given up.
RELEASES: Mapping[str, Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "PyPI": {
        "planted-web": {"1.0": ("2019-03-01", ""), "4.2.7": ("2025-11-01", ""), "4.2.8": ("2025-12-01", "")},
        "planted-tool": {"2.0": ("2025-10-01", "breaks every page"), "2.0.1": ("2025-10-02", "")},
        "planted-rest": {"0.9": ("2025-12-20", ""), "": ("", "use planted-web")},
    },
    "npm": {
        "planted-router": {"1.0.0": ("2018-05-01", ""), "2.3.1": ("2026-01-10", "")},
        "@planted/tool": {"2.0.0": ("2025-10-01", "published by mistake"), "2.0.1": ("2025-10-02", "")},
        "planted-rest": {"3.0.0": ("2025-12-20", "moved to planted-router"), "": ("", "moved to planted-router")},
    },
    "RubyGems": {"planted_rack": {"1.6.0": ("2018-12-01", ""), "3.0.9.1": ("2025-12-15", "")}},
    "Packagist": {
        "planted/mail": {"2.0.0": ("2018-12-01", ""), "6.4.14": ("2025-12-15", "")},
        "planted/rest": {"1.0.0": ("2025-12-01", ""), "": ("", "planted/mail")},
    },
    "Go": {"example.com/planted/yaml": {"1.0.0": ("2019-12-01", ""), "1.2.8": ("2025-12-15", "")}},
}


def _requirements(name: str, version: str) -> dict[str, str]:
    return {"requirements.txt": f"{name}=={version}\n"}


def _poetry(name: str, version: str) -> dict[str, str]:
    return {
        "pyproject.toml": f'[tool.poetry]\nname = "shop"\n\n[tool.poetry.dependencies]\npython = "^3.12"\n{name} = "*"\n',
        "poetry.lock": f'[[package]]\nname = "{name}"\nversion = "{version}"\noptional = false\n\n[metadata]\nlock-version = "2.0"\n',
    }


def _uv(name: str, version: str) -> dict[str, str]:
    return {
        "pyproject.toml": f'[project]\nname = "shop"\nversion = "1"\ndependencies = ["{name}"]\n',
        "uv.lock": f'version = 1\n\n[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {{ registry = "https://example.com/simple" }}\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = {{ virtual = "." }}\ndependencies = [{{ name = "{name}" }}]\n\n[package.metadata]\nrequires-dist = [{{ name = "{name}" }}]\n',
    }


def _manifest(name: str) -> dict[str, str]:
    return {"package.json": json.dumps({"name": "shop", "dependencies": {name: "*"}})}


def _package_lock(name: str, version: str) -> dict[str, str]:
    packages = {"": {"dependencies": {name: "*"}}, f"node_modules/{name}": {"version": version}}
    return {**_manifest(name), "package-lock.json": json.dumps({"lockfileVersion": 3, "packages": packages}, indent=1)}


def _deep_lock(name: str, version: str) -> dict[str, str]:
    """Not named by the repository itself."""
    packages = {
        "": {"dependencies": {"other": "*"}},
        "node_modules/other": {"version": "1.0.0"},
        f"node_modules/other/node_modules/{name}": {"version": version},
    }
    return {
        **_manifest("other"),
        "package-lock.json": json.dumps({"lockfileVersion": 3, "packages": packages}, indent=1),
    }


def _yarn(name: str, version: str) -> dict[str, str]:
    return {**_manifest(name), "yarn.lock": f'# yarn lockfile v1\n\n\n"{name}@*":\n  version "{version}"\n'}


def _berry(name: str, version: str) -> dict[str, str]:
    return {
        **_manifest(name),
        "yarn.lock": f'__metadata:\n  version: 8\n\n"{name}@npm:*":\n  version: {version}\n  resolution: "{name}@npm:{version}"\n  languageName: node\n',
    }


def _pnpm(name: str, version: str) -> dict[str, str]:
    return {
        **_manifest(name),
        "pnpm-lock.yaml": f"lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      '{name}':\n        specifier: '*'\n        version: {version}\n\npackages:\n\n  '{name}@{version}':\n    resolution: {{integrity: sha512-x}}\n",
    }


def _gems(name: str, version: str) -> dict[str, str]:
    return {
        "Gemfile": f'gem "{name}"\n',
        "Gemfile.lock": f"GEM\n  remote: https://example.com/\n  specs:\n    {name} ({version})\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  {name}\n",
    }


def _composer(name: str, version: str) -> dict[str, str]:
    return {
        "composer.json": json.dumps({"require": {name: "*"}}),
        "composer.lock": json.dumps(
            {"packages": [{"name": name, "version": f"v{version}"}], "packages-dev": []}, indent=1
        ),
    }


def _go(name: str, version: str) -> dict[str, str]:
    return {"go.mod": f"module example.com/shop\n\ngo 1.25\n\nrequire {name} v{version}\n", "go.sum": ""}


def _weak(write: object, name: str, bad: str, good: str) -> Case:
    return Case("dependencies", "dependencies.vulnerable", write(name, bad), write(name, good))  # type: ignore[operator]  # writes a lock


def _old(rule: str, write: object, name: str, bad: str, good: str, instead: str = "") -> Case:
    return Case("freshness", f"freshness.{rule}", write(name, bad), write(instead or name, good))  # type: ignore[operator]  # writes a lock


CASES: list[Case] = [
    *(_weak(write, "planted-web", "4.2.7", "4.2.8") for write in (_requirements, _poetry, _uv)),
    *(_weak(write, "planted-router", "2.3.0", "2.3.1") for write in (_package_lock, _yarn, _berry, _pnpm)),
    *(_weak(write, "@planted/deep", "1.0.4", "1.0.5") for write in (_deep_lock, _package_lock, _yarn, _berry, _pnpm)),
    _weak(_gems, "planted_rack", "3.0.9", "3.0.9.1"),
    _weak(_gems, "planted_rack", "3.0.9.0", "3.0.10"),
    _weak(_composer, "planted/mail", "6.4.13", "6.4.14"),
    _weak(_go, "example.com/planted/yaml", "1.2.7", "1.2.8"),
    _weak(_requirements, "planted-web", "4.2.8rc1", "4.2.8.post1"),
    *(_old("behind", write, "planted-web", "1.0", "4.2.8") for write in (_requirements, _poetry, _uv)),
    *(_old("behind", write, "planted-router", "1.0.0", "2.3.1") for write in (_package_lock, _yarn, _berry, _pnpm)),
    _old("behind", _gems, "planted_rack", "1.6.0", "3.0.9.1"),
    _old("behind", _composer, "planted/mail", "2.0.0", "6.4.14"),
    _old("behind", _go, "example.com/planted/yaml", "1.0.0", "1.2.8"),
    _old("withdrawn", _requirements, "planted-tool", "2.0", "2.0.1"),
    _old("withdrawn", _package_lock, "@planted/tool", "2.0.0", "2.0.1"),
    _old("abandoned", _uv, "planted-rest", "0.9", "4.2.8", "planted-web"),
    _old("abandoned", _pnpm, "planted-rest", "3.0.0", "2.3.1", "planted-router"),
    _old("abandoned", _composer, "planted/rest", "1.0.0", "6.4.14", "planted/mail"),
]  # fmt: skip
