from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from fakes.repository import RepositoryFromText

from clientdesk.audit import manifests
from clientdesk.audit.manifests import inventory, packages

UV_LOCK = """version = 1

[[package]]
name = "blinker"
version = "1.9.0"

[[package]]
name = "flask"
version = "3.1.0"
source = { registry = "https://pypi.example" }
dependencies = [{ name = "blinker" }]

[[package]]
name = "pytest"
version = "8.3.0"

[[package]]
name = "shop"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "flask" }]

[package.dev-dependencies]
dev = [{ name = "pytest" }]
"""


def found(files):
    return [(p.name, p.version, p.direct, p.development) for p in packages(RepositoryFromText(files))]


def test_uv_lock_tells_direct_from_transitive_and_shipped_from_development():
    listed = found({"uv.lock": UV_LOCK, "pyproject.toml": "[project]\ndependencies = ['flask']"})

    assert listed == [
        ("blinker", "1.9.0", False, False),
        ("flask", "3.1.0", True, False),
        ("pytest", "8.3.0", True, True),
    ]


def test_a_package_is_found_at_its_line():
    lines = {p.name: p.line for p in packages(RepositoryFromText({"uv.lock": UV_LOCK}))}

    assert lines == {"blinker": 3, "flask": 7, "pytest": 13}


def test_requirements_follow_includes_and_constraints():
    files = {
        "requirements.txt": "-r requirements/web.txt\n-c limits.txt\nrequests\n",
        "requirements/web.txt": "Django==4.2.1  # the web\n",
        "limits.txt": "requests==2.31.0\nurllib3==2.0.0\n",
    }

    assert found(files) == [("django", "4.2.1", None, None), ("requests", "2.31.0", True, None)]


def test_hashes_markers_extras_and_continued_lines_are_read():
    text = """
celery[redis]==5.3.0 ; python_version < "3.13" \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
    # via -r requirements.in
vine==5.0.0 \\
    --hash=sha256:cccc
    # via
    #   celery
    #   kombu
-e .
git+https://example.com/x.git#egg=y
"""

    assert found({"requirements.txt": text}) == [("celery", "5.3.0", True, None), ("vine", "5.0.0", False, None)]


def test_files_that_include_each_other_are_read_once_each():
    files = {"requirements.txt": "-r requirements-dev.txt\na==1", "requirements-dev.txt": "-r requirements.txt\nb==2"}

    assert [name for name, *_ in found(files)] == ["a", "b"]


def test_poetry_lock_takes_what_is_direct_from_pyproject():
    files = {
        "pyproject.toml": "[tool.poetry.dependencies]\npython='^3.11'\nDjango='^4.2'\n",
        "poetry.lock": '[[package]]\nname="django"\nversion="4.2.1"\ngroups=["main"]\n'
        '[[package]]\nname="mypy"\nversion="1.0"\ngroups=["dev"]\n',
    }

    assert found(files) == [("django", "4.2.1", True, False), ("mypy", "1.0", False, True)]


def test_pipfile_lock_has_pins_in_two_sections():
    lock = '{"default": {"Flask": {"version": "==2.0"}}, "develop": {"tox": {"version": "==4.1"}}}'

    assert found({"Pipfile.lock": lock}) == [("flask", "2.0", None, False), ("tox", "4.1", None, True)]


def test_a_declared_package_without_a_lock_is_listed_without_a_version():
    assert found({"pyproject.toml": "[project]\ndependencies = ['flask>=2']"}) == [("flask", "", True, False)]


def test_setup_py_is_read_and_never_run():
    assert found({"setup.py": "setup(install_requires=['six==1.16'])\nraise SystemExit"}) == [
        ("six", "1.16", True, False)
    ]


def test_a_computed_setup_py_is_named_as_unread():
    unread = inventory(RepositoryFromText({"setup.py": "setup(install_requires=open('r').read())"})).unread

    assert [file.path for file in unread] == ["setup.py"]


def test_a_broken_lockfile_is_named_as_unread():
    unread = inventory(RepositoryFromText({"uv.lock": "[[package", "poetry.lock": "a=" + "[" * 100_000})).unread

    assert [file.path for file in unread] == ["poetry.lock", "uv.lock"]


def test_a_lockfile_of_a_wrong_shape_reads_as_empty():
    assert found({"uv.lock": "package = 3", "Pipfile.lock": "[1]", "poetry.lock": "[[package]]\nname = 7\n"}) == []


def test_dependency_files_of_tests_and_examples_are_passed_over_and_named():
    files = {"tests/fixtures/requirements.txt": "django==1.0", "examples/a/uv.lock": UV_LOCK}

    listed = inventory(RepositoryFromText(files))

    assert (listed.packages, listed.passed_over) == ((), ("examples/a/uv.lock", "tests/fixtures/requirements.txt"))


def test_many_who_ask_at_once_share_one_reading(monkeypatch):
    repository, readings = RepositoryFromText({"requirements.txt": "flask==3.0.0\n"}), []
    read = manifests._inventory
    monkeypatch.setattr(manifests, "_inventory", lambda one: readings.append(one) or read(one))

    with ThreadPoolExecutor(8) as threads:
        inventories = list(threads.map(lambda _: inventory(repository), range(8)))

    assert readings == [repository]
    assert all(one is inventories[0] for one in inventories)
