from __future__ import annotations

from clientdesk.audit.formats.python_locks import pipfile_manifest, poetry, pylock, pyproject


def test_pyproject_reads_extras_groups_and_poetry():
    text = """
[project]
dependencies = ["flask>=2", "attrs==23.1.0"]
[project.optional-dependencies]
dev = ["tox"]
redis = ["redis"]
[dependency-groups]
lint = ["ruff", {include-group = "x"}]
[tool.poetry.group.test.dependencies]
pytest = "^8"
"""
    found = [(p.name, p.version, p.development) for p in pyproject("pyproject.toml", text)]

    assert found == [
        ("flask", "", False),
        ("attrs", "23.1.0", False),
        ("tox", "", True),
        ("redis", "", False),
        ("ruff", "", True),
        ("pytest", "", True),
    ]


def test_old_poetry_locks_name_a_category():
    text = '[[package]]\nname = "a"\nversion = "1"\ncategory = "dev"\n[[package]]\nname = "b"\nversion = "2"\n'

    assert [(p.name, p.development) for p in poetry("poetry.lock", text, ())] == [("a", True), ("b", None)]


def test_pylock_lists_packages():
    found = pylock("pylock.toml", '[[packages]]\nname = "Attrs"\nversion = "25.1.0"\n', ())

    assert [(p.name, p.version, p.line) for p in found] == [("attrs", "25.1.0", 1)]


def test_pipfile_tells_exact_versions():
    found = pipfile_manifest("Pipfile", '[packages]\na = "*"\nb = "==1.0"\n[dev-packages]\nc = {version = "==2"}\n')

    assert [(p.name, p.version, p.development) for p in found] == [
        ("a", "", False),
        ("b", "1.0", False),
        ("c", "2", True),
    ]
