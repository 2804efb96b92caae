from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from fakes.repository import RepositoryFromText

from clientdesk.adapters.analysers import python_files
from clientdesk.adapters.analysers.crew import WorkersFailed
from clientdesk.adapters.git_repository import GitRepository
from clientdesk.adapters.toolbox import Toolbox
from clientdesk.audit.repository import (
    ADVISORIES,
    OTHER_COMPLEXITY,
    PYTHON_COMPLEXITY,
    PYTHON_SECURITY,
    ToolFailed,
    ToolKey,
)

FILES = {"a.py": "def f(x):\n    assert x\n", "b.rb": "def b\nend\n"}


def test_every_key_has_its_report():
    repository, toolbox = RepositoryFromText(FILES), Toolbox()

    assert [one.name for one in toolbox(repository, PYTHON_COMPLEXITY).functions] == ["f"]
    assert [one.test_id for one in toolbox(repository, PYTHON_SECURITY).issues] == ["B101"]
    assert [one.name for one in toolbox(repository, OTHER_COMPLEXITY).functions] == ["b"]
    assert toolbox(repository, ADVISORIES).examined == ()


def test_radon_and_bandit_share_one_pass_also_when_asked_at_once(monkeypatch):
    passes = []
    real = python_files.results
    monkeypatch.setattr(python_files, "results", lambda *given: passes.append(1) or real(*given))
    repository, toolbox = RepositoryFromText(FILES), Toolbox()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda key: toolbox(repository, key), [PYTHON_COMPLEXITY, PYTHON_SECURITY]))

    assert passes == [1]


def test_unknown_tool_and_repository_without_bulk_fail():
    with pytest.raises(ToolFailed, match="no tool nonsense"):
        Toolbox()(RepositoryFromText({}), ToolKey("nonsense"))
    with pytest.raises(ToolFailed, match="in bulk"):
        Toolbox()(object(), PYTHON_COMPLEXITY)


def test_workers_that_do_not_start_fail_the_tool_and_are_tried_again(monkeypatch):
    def failing(*_):
        raise WorkersFailed("no room")

    repository, toolbox = RepositoryFromText(FILES), Toolbox()
    with monkeypatch.context() as broken:
        broken.setattr(python_files, "results", failing)
        with pytest.raises(ToolFailed, match="no room"):
            toolbox(repository, PYTHON_SECURITY)

    assert toolbox(repository, PYTHON_SECURITY).issues


def test_more_repositories_than_are_kept_are_all_answered():
    toolbox = Toolbox()

    for number in range(7):
        repository = RepositoryFromText({f"{number}.py": "x = 1\n"}, commit=str(number))
        assert [one.path for one in toolbox(repository, PYTHON_COMPLEXITY).files] == [f"{number}.py"]


def test_real_repository_is_read_without_its_links_and_settings(repository_of, tmp_path):
    source = repository_of({**FILES, ".bandit": "[bandit]\nskips: B101\n", "setup.cfg": "[radon]\nexclude = a.py\n"})
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone" / "repository.git").symlink_to(source.path)
    repository = GitRepository(tmp_path / "clone", address="x", ref="main", commit=source.head, tools=Toolbox(tmp_path))

    assert [one.test_id for one in repository.tool(PYTHON_SECURITY).issues] == ["B101"]
    assert len(repository.tool(PYTHON_COMPLEXITY).functions) == 1
    repository.close()
